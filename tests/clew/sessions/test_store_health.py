"""How a store stands is known to within a write, and said once."""

from collections.abc import MutableMapping
from typing import Any

import pytest

from clew.sessions.bounds import STORE_FLICKER_S, STORE_REMINDER_S
from clew.sessions.faults import Busy, NeedsOperator
from clew.sessions.records import Acknowledged
from clew.sessions.store_health import StoreHealth
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, start
from tests.kit.hosting import ADA, GAME, HERE, Life, open_game
from tests.kit.tally import Add

FULL = Busy("the disk is full", advice="make room")
DAMAGED = NeedsOperator("the file is damaged", "restore a backup")


@pytest.fixture
def health(clock: HandClock) -> StoreHealth:
    return StoreHealth(clock.monotonic)


async def test_a_store_that_fails_is_failing_since_its_first_failure_until_it_writes(
    health: StoreHealth, clock: HandClock
) -> None:
    for _ in range(3):
        health.failed(FULL)
        await clock.advance(2)

    assert (health.fault, health.broken, health.failing_s) == (FULL, None, 6)
    assert (health.serves(7), health.serves(6)) == (True, False)
    health.wrote()
    assert (health.fault, health.failing_s, health.serves(0.1)) == (None, 0, True)


async def test_a_store_that_needs_an_operator_serves_not_even_for_a_moment(health: StoreHealth) -> None:
    waiting = start(health.wait_broken())

    health.failed(FULL)
    health.failed(DAMAGED)

    assert await waiting is DAMAGED
    assert not health.serves(60)


async def test_a_fault_is_logged_once_with_what_to_do_however_often_it_is_met(
    health: StoreHealth, clock: HandClock, logged: list[MutableMapping[str, Any]]
) -> None:
    for _ in range(100):
        health.failed(FULL)
        await clock.advance(1)
    health.wrote()

    assert [(entry["event"], entry["log_level"]) for entry in logged] == [
        ("store_failing", "warning"),
        ("store_works_again", "info"),
    ]
    assert logged[0]["what_to_do"] == "make room"
    assert (logged[1]["after_s"], logged[1]["failures"]) == (100, 100)


async def test_one_that_says_it_in_other_words_each_time_is_logged_once(
    health: StoreHealth, clock: HandClock, logged: list[MutableMapping[str, Any]]
) -> None:
    for _ in range(10):
        for doing in ("INSERT", "UPDATE", "DELETE"):
            health.failed(Busy(f"cannot execute {doing} in a read-only transaction", advice="promote this server"))
            await clock.advance(0.3)
    health.failed(Busy("cannot connect", advice="start it"))

    assert [(entry["event"], entry["what_to_do"]) for entry in logged] == [
        ("store_failing", "promote this server"),
        ("store_failing", "start it"),
    ]


async def test_one_that_lasts_is_reminded_of_and_one_that_flickers_is_not_told_each_time(
    health: StoreHealth, clock: HandClock, logged: list[MutableMapping[str, Any]]
) -> None:
    for _ in range(50):
        health.failed(FULL)
        health.wrote()
    assert [entry["event"] for entry in logged] == ["store_failing", "store_works_again"]

    await clock.advance(STORE_REMINDER_S)
    health.failed(DAMAGED)
    await clock.advance(STORE_REMINDER_S)
    health.failed(DAMAGED)

    assert [entry["event"] for entry in logged[2:]] == ["store_broken"] * 2
    assert logged[-1]["failing_s"] == STORE_REMINDER_S


async def test_one_that_flickered_and_then_stays_is_told_anew(
    health: StoreHealth, clock: HandClock, logged: list[MutableMapping[str, Any]]
) -> None:
    health.failed(FULL)
    health.wrote()
    for _ in range(20):
        health.failed(FULL)
        await clock.advance(1)
    health.wrote()

    assert [entry["event"] for entry in logged] == ["store_failing", "store_works_again"] * 2
    assert (logged[2]["failing_s"], logged[3]["after_s"]) == (STORE_FLICKER_S, 20)


async def test_a_command_to_a_broken_store_is_refused_at_once_and_taken_once_it_is_mended(
    life: Life, clock: HandClock
) -> None:
    await open_game(life.host)
    life.store.broken = True

    with pytest.raises(NeedsOperator) as refused:
        await life.host.post(GAME, Add(ADA, HERE, 1), player_id=ADA, command_id="c1")
    assert refused.value.retry_after_s > 1
    assert life.host.store_health.broken is not None
    assert (await life.host.look(GAME)).seq == 4
    await clock.advance(1)

    life.store.broken = False
    await clock.advance(1)  # a beat has been written
    assert await life.host.post(GAME, Add(ADA, HERE, 1), player_id=ADA, command_id="c1") == Acknowledged(6), (
        "behind the time that is given back"
    )
    assert life.host.store_health.fault is None


async def test_commands_to_a_session_in_trouble_are_refused_at_once_too(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    life.store.troubles.append(Trouble.LOST)
    life.store.cut_after_commit = True
    in_trouble = start(life.host.post(GAME, Add(ADA, HERE, 1), player_id=ADA, command_id="c1"))
    await clock.advance(0.1)
    life.store.broken = True
    await clock.advance(2)

    with pytest.raises(NeedsOperator):
        await life.host.post(GAME, Add(ADA, HERE, 1), player_id=ADA, command_id="c2")
    with pytest.raises(NeedsOperator):
        await in_trouble

    life.store.broken = life.store.down = False
    await clock.advance(3)
    assert await life.host.post(GAME, Add(ADA, HERE, 1), player_id=ADA, command_id="c1") == Acknowledged(6), (
        "behind the time that is given back"
    )


async def test_all_that_wait_for_a_store_hear_that_it_is_broken(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    life.store.down = True
    waiting = [start(life.host.post(GAME, Add(ADA, HERE, 1))) for _ in range(3)]
    await clock.advance(0.2)

    life.store.broken = True
    await clock.advance(1)

    assert all(isinstance(post.exception(), NeedsOperator) for post in waiting)


async def test_a_store_that_is_away_for_long_leaves_two_lines(
    life: Life, clock: HandClock, logged: list[MutableMapping[str, Any]]
) -> None:
    await open_game(life.host)
    life.store.down = True
    post = start(life.host.post(GAME, Add(ADA, HERE, 1)))

    await clock.advance(60)
    assert isinstance(post.exception(), Busy)
    life.store.down = False
    await clock.advance(2)

    assert [entry["event"] for entry in logged if entry["log_level"] != "debug"] == [
        "store_failing",
        "store_works_again",
    ]
