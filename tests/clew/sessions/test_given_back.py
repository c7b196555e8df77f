"""What many sessions are owed at once is given back without the giving's becoming the next that they are owed."""

from typing import NamedTuple

import pytest

from clew.sessions.bounds import GIVE_BACK_BATCH
from clew.sessions.ids import GameId
from clew.testing.hand_clock import HandClock
from tests.kit.hosting import Life, open_game
from tests.kit.tally import ROUND_MS, Delayed, RoundBegan

ROUND_S = ROUND_MS / 1000
LONG_S = ROUND_S * 0.05 + 1
MANY = 300
PART_S = 0.005
"""What each part of a commit costs: one with a part of every session takes longer than the store may that is there."""
GIVEN_MAX = 8
"""How often one session is given back time in one round, where it was thirty times and never came to an end."""
HUNG_S = 2.0


class _Round(NamedTuple):
    """One session's round as its journal has it."""

    lasted_s: float
    given_s: list[float]


async def _many(life: Life, clock: HandClock, apart_s: float = 0.0) -> list[GameId]:
    games = [GameId(f"g{number}") for number in range(MANY)]
    for game_id in games:
        await open_game(life.host, game_id)
        await clock.advance(apart_s)
    life.store.clock = clock
    return games


async def _hang(life: Life, clock: HandClock) -> None:
    life.store.hung = True
    await clock.advance(HUNG_S)
    life.store.let_go()


async def _first_round(life: Life, game_id: GameId) -> _Round:
    given_s, began_at = list[float](), 0
    for entry in await life.host.journal(game_id, 0, 500):
        if isinstance(entry.event, Delayed):
            given_s.append(entry.event.ms / 1000)
        elif isinstance(entry.event, RoundBegan) and entry.event.round == 2:
            return _Round((entry.recorded_at - began_at) / 1000, given_s)
        elif isinstance(entry.event, RoundBegan):
            began_at = entry.recorded_at
    raise AssertionError("it does not end")


async def test_an_outage_is_given_back_once_to_each_though_all_of_them_at_once_would_be_the_next(
    life: Life, clock: HandClock
) -> None:
    games = await _many(life, clock)
    life.store.slow_part_s = PART_S
    await clock.advance(5)
    before = len(life.store.commits)

    await _hang(life, clock)
    await clock.advance(10)

    parts = [len(commit) for commit in life.store.commits[before:]]
    assert sum(parts) == MANY
    assert max(parts) <= GIVE_BACK_BATCH
    await clock.advance(ROUND_S)
    rounds = [await _first_round(life, game_id) for game_id in games]
    assert all(len(played.given_s) == 1 for played in rounds)
    assert all(0 <= played.lasted_s - HUNG_S - ROUND_S <= LONG_S for played in rounds)


async def test_what_all_deadlines_that_have_come_wait_for_is_given_back_and_no_more(
    life: Life, clock: HandClock
) -> None:
    games = await _many(life, clock)
    life.store.slow_part_s = PART_S
    await clock.advance(ROUND_S - 1)

    await _hang(life, clock)
    await clock.advance(2 * ROUND_S)

    rounds = [await _first_round(life, game_id) for game_id in games]
    assert max(len(played.given_s) for played in rounds) <= GIVEN_MAX
    assert all(0 <= played.lasted_s - sum(played.given_s) - ROUND_S <= LONG_S for played in rounds)


@pytest.mark.parametrize(("slow_s", "apart_s"), [(0.8, 0.0), (1.1, 0.0), (0.8, 0.1)])
async def test_a_store_that_is_slow_for_good_is_given_back_a_few_times_and_rounds_end(
    life: Life, clock: HandClock, slow_s: float, apart_s: float
) -> None:
    games = await _many(life, clock, apart_s)
    life.store.slow_s = slow_s

    await clock.advance(6 * ROUND_S)

    rounds = [await _first_round(life, game_id) for game_id in games]
    assert max(len(played.given_s) for played in rounds) <= GIVEN_MAX
    assert all(played.lasted_s - sum(played.given_s) >= ROUND_S - 1 for played in rounds)


async def test_a_clock_that_is_set_back_while_it_goes_on_puts_no_deadline_off(life: Life, clock: HandClock) -> None:
    games = await _many(life, clock)
    for _ in range(3):
        await _hang(life, clock)
        await clock.advance(1)

    clock.leap(-600_000)
    await clock.advance(1)

    journals = [await life.host.journal(game_id, 0, 500) for game_id in games]
    assert all(
        any(isinstance(entry.event, Delayed) and entry.event.ms == -600_000 for entry in journal)
        for journal in journals
    )
