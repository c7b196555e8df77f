"""Bugs in the game: the session they are in suffers, and no other."""

from collections.abc import MutableMapping
from typing import Any, Literal

import pytest

from clew.sessions.bounds import CRASHES_MAX
from clew.sessions.faults import Crashed, Quarantined
from clew.sessions.ids import GameId, UserId
from clew.sessions.ports.game import Cause
from clew.sessions.records import Acknowledged
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, loop_passes, start
from clew.testing.memory.store import MemoryStore
from tests.kit.hosting import ADA, BEN, GAME, HERE, TALLY, Life, Told, living, open_game, resume
from tests.kit.tally import ROUND_MS, Add, Break, Command, Opened, Sit, Tally, TallyMachine

ONE = Add(ADA, HERE, 1)
Where = Literal["decide", "evolve", "encode"]


@pytest.mark.parametrize("where", ["decide", "evolve", "encode"])
async def test_a_command_that_crashes_is_not_applied_and_the_session_goes_on(
    life: Life, clock: HandClock, where: Where
) -> None:
    await open_game(life.host)
    told = Told()
    await life.host.watch(GAME, told)

    with pytest.raises(Crashed):
        await life.host.post(GAME, Break(where))
    after = start(life.host.post(GAME, ONE))
    await clock.advance(0.2)

    assert await after == Acknowledged(5)
    assert told.seqs == [5]


async def test_commands_beside_the_one_that_crashes_are_not_its_victims(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    life.store.troubles.append(Trouble.STUCK)
    first = start(life.host.post(GAME, ONE))
    await loop_passes()
    posted = [start(life.host.post(GAME, command)) for command in (ONE, Break("evolve"), ONE)]
    await loop_passes()

    life.store.unstick()
    await clock.advance(0.2)

    assert [await first, await posted[0], await posted[2]] == [Acknowledged(5), Acknowledged(6), Acknowledged(7)]
    with pytest.raises(Crashed):
        await posted[1]


@pytest.mark.parametrize("trouble", [Trouble.LOST, Trouble.LANDED])
async def test_a_crash_behind_a_commit_of_unknown_outcome_loses_nothing(
    life: Life, clock: HandClock, trouble: Trouble
) -> None:
    await open_game(life.host)
    life.store.troubles.extend([Trouble.STUCK, trouble])
    posted = [start(life.host.post(GAME, ONE))]
    await loop_passes()
    posted += [start(life.host.post(GAME, command)) for command in (ONE, Break("decide"), ONE)]
    await loop_passes()

    life.store.unstick()
    await clock.advance(1)

    assert [await posted[n] for n in (0, 1, 3)] == [Acknowledged(5), Acknowledged(6), Acknowledged(7)]
    with pytest.raises(Crashed):
        await posted[2]


async def test_a_restart_waits_longer_each_time(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    pauses_ms = list[int]()
    for _ in range(CRASHES_MAX - 1):
        with pytest.raises(Crashed):
            await life.host.post(GAME, Break("decide"))
        began_ms = clock.now()
        waiting = start(life.host.post(GAME, ONE))
        while not waiting.done():
            await clock.advance(0.05)
        pauses_ms.append(clock.now() - began_ms)

    assert pauses_ms == [100, 200, 400, 800]


async def test_too_many_crashes_quarantine_a_session_and_others_play_on(
    life: Life, memory: MemoryStore, clock: HandClock
) -> None:
    other = GameId("other")
    await open_game(life.host)
    await open_game(life.host, other)
    told = Told()
    await life.host.watch(GAME, told, told.ended.append)

    await _crash(life, clock, CRASHES_MAX)

    with pytest.raises(Quarantined, match="crashes: 5 within 60 s, the last: ArithmeticError"):
        await life.host.post(GAME, ONE)
    with pytest.raises(Quarantined):
        await life.host.look(GAME)
    assert told.ended == ["quarantined"]
    assert await life.host.post(other, ONE) == Acknowledged(5)
    stored = await memory.journal.load(GAME)
    assert stored is not None and (stored.game_status, stored.seq) == ("quarantined", 4)
    found = await life.host.find(f"code-{GAME}")
    assert found is not None and found.game_status == "quarantined"


async def test_who_waits_when_a_session_is_quarantined_is_told_so(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    await _crash(life, clock, CRASHES_MAX - 1)
    await clock.advance(2)
    posted = [start(life.host.post(GAME, command)) for command in (Break("decide"), ONE)]
    await clock.advance(1)

    with pytest.raises(Crashed):
        await posted[0]
    with pytest.raises(Quarantined):
        await posted[1]


async def test_crashes_far_apart_are_forgiven(life: Life, clock: HandClock) -> None:
    await open_game(life.host)

    for _ in range(2 * CRASHES_MAX):
        await _crash(life, clock, 1)
        await clock.advance(20)

    assert isinstance(await life.host.post(GAME, ONE), Acknowledged)


async def test_a_deadline_that_crashes_quarantines_its_session(life: Life, clock: HandClock) -> None:
    other = GameId("other")
    await open_game(life.host)
    await open_game(life.host, other)
    await life.host.post(GAME, Break("deadline"))

    await clock.advance(40)

    with pytest.raises(Quarantined):
        await life.host.look(GAME)
    assert (await life.host.look(other)).state.round == 2


def cannot_credit(_machine: TallyMachine, _state: Tally, _ms: int, _why: Cause) -> Command | None:
    raise ArithmeticError("time can't be given back")


async def test_a_game_that_cannot_give_time_back_is_put_aside_and_others_play_on(
    life: Life, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = GameId("other")
    await open_game(life.host)
    await life.host.create(TALLY, other, "code", (Opened(1_000),))
    monkeypatch.setattr(TallyMachine, "credit", cannot_credit)

    life.store.down = True
    await clock.advance(5)
    life.store.down = False
    await clock.advance(ROUND_MS / 1000)

    with pytest.raises(Quarantined, match="time can't be given back"):
        await life.host.look(GAME)
    assert isinstance(await life.host.post(other, Sit(ADA, UserId("ada"))), Acknowledged)


async def test_a_deadline_that_crashes_behind_a_command_of_unknown_outcome_takes_nobody_along(
    life: Life, clock: HandClock
) -> None:
    await open_game(life.host)
    await life.host.post(GAME, Break("deadline"))
    await clock.advance(29.5)
    life.store.troubles.extend([Trouble.STUCK, Trouble.LOST])
    first = start(life.host.post(GAME, ONE))
    await clock.advance(0.6)
    second = start(life.host.post(GAME, ONE))
    await loop_passes()

    life.store.unstick()
    await clock.advance(0.1)

    assert [await first, await second] == [Acknowledged(6), Acknowledged(7)]


async def test_a_quarantine_waits_for_the_store(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    await _crash(life, clock, CRASHES_MAX - 1)
    await clock.advance(2)
    crash = start(life.host.post(GAME, Break("decide")))
    life.store.down = True
    with pytest.raises(Crashed):
        await crash
    waiting = start(life.host.post(GAME, ONE))
    await clock.advance(3)
    assert not waiting.done()

    life.store.down = False
    await clock.advance(2)

    with pytest.raises(Quarantined):
        await waiting


async def test_a_quarantined_session_is_left_alone_by_the_next_life(memory: MemoryStore, clock: HandClock) -> None:
    async with living(memory, clock) as life:
        await open_game(life.host)
        await _crash(life, clock, CRASHES_MAX)
        await life.stop()

    async with living(memory, clock) as life:
        resumed = await resume(life.host)

        assert (resumed.sessions, resumed.quarantined) == (0, ())
        with pytest.raises(Quarantined):
            await life.host.post(GAME, ONE)


async def test_a_part_that_breaks_the_store_hurts_only_its_own_session(life: Life, clock: HandClock) -> None:
    others = [GameId(f"g{number}") for number in range(5)]
    for game in (GAME, *others):
        await open_game(life.host, game)
    life.store.poison = GAME
    life.store.troubles.append(Trouble.STUCK)
    first = start(life.host.post(others[0], ONE))
    await loop_passes()

    posted = [start(life.host.post(game, ONE)) for game in (*others[1:], GAME)]
    await loop_passes()
    life.store.unstick()
    await clock.advance(0)

    assert [await post for post in (first, *posted[:-1])] == [Acknowledged(5)] * 5
    with pytest.raises(Crashed):
        await posted[-1]
    await clock.advance(40)
    with pytest.raises(Quarantined, match="told to break"):
        await life.host.look(GAME)
    assert (await life.host.look(others[0])).state.round == 2


async def test_a_part_that_broke_the_store_is_forgiven_when_it_no_longer_does(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    life.store.poison = GAME
    with pytest.raises(Crashed):
        await life.host.post(GAME, ONE, player_id=ADA, command_id="c1")
    life.store.poison = None

    again = start(life.host.post(GAME, ONE, player_id=ADA, command_id="c1"))
    await clock.advance(0.2)

    assert await again == Acknowledged(5)


async def test_a_bug_in_a_closed_session_is_told_to_its_caller_only(life: Life) -> None:
    await open_game(life.host, limit=1)
    await life.host.post(GAME, ONE)

    for _ in range(2 * CRASHES_MAX):
        with pytest.raises(Crashed):
            await life.host.post(GAME, Break("decide"))

    assert (await life.host.look(GAME)).state.status == "concluded"


async def _crash(life: Life, clock: HandClock, times: int) -> None:
    for _ in range(times):
        crash = start(life.host.post(GAME, Break("decide"), player_id=BEN, command_id="broken"))
        while not crash.done():
            await clock.advance(0.1)
        assert isinstance(crash.exception(), Crashed)
    await clock.advance(0)


def cannot_describe(_machine: TallyMachine, _state: Tally) -> str:
    raise ZeroDivisionError("a second bug")


async def test_a_crash_is_logged_with_the_state_it_came_from(
    life: Life, clock: HandClock, logged: list[MutableMapping[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_game(life.host)
    with pytest.raises(Crashed):
        await life.host.post(GAME, Break("decide"))
    await clock.advance(0.2)

    monkeypatch.setattr(TallyMachine, "describe", cannot_describe)
    with pytest.raises(Crashed):
        await life.host.post(GAME, Break("decide"))
    await clock.advance(0.3)

    states = [entry["state"] for entry in logged if entry["event"] == "session_crashed"]
    assert states[0].startswith("round 1, 0 of ")
    assert states[1] == "can't be described: ZeroDivisionError('a second bug')"
    assert await life.host.post(GAME, ONE) == Acknowledged(5)
