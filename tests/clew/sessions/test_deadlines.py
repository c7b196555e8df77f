"""Time is a command: rounds end when they should, once, and the loop is never held up."""

import gc
import weakref
from typing import Any, cast

import pytest

from clew.sessions.bounds import DEADLINE_SLICE
from clew.sessions.games import games_of
from clew.sessions.ids import GameId, Millis
from clew.sessions.records import Accepted, Acknowledged, Refused
from clew.sessions.time.deadlines import Deadlines
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, loop_passes, start
from clew.testing.hosts.life import host_of
from clew.testing.memory.store import MemoryStore
from tests.kit.hosting import ADA, GAME, HERE, Life, Told, open_game, tally
from tests.kit.tally import Add, Call, Command, EndRound, Event, Tally, TallyMachine


class Bell:
    def __init__(self, clock: HandClock) -> None:
        self.rings_at: Millis | None = None
        self.clock = clock
        self.rung: list[Millis] = []

    def ring(self) -> None:
        self.rung.append(self.clock.now())


async def test_a_round_ends_when_its_time_has_come_and_not_before(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    told = Told()
    await life.host.watch(GAME, told)

    await clock.advance(29.999)
    assert told.seqs == []
    await clock.advance(0.001)

    assert told.seqs == [5]
    assert (await life.host.look(GAME)).state.round == 2


async def test_rounds_follow_each_other_without_anyone_asking(life: Life, clock: HandClock) -> None:
    await open_game(life.host)

    await clock.advance(301)

    assert (await life.host.look(GAME)).state.round == 11


async def test_a_round_that_was_ended_by_hand_is_not_ended_again(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    await clock.advance(20)
    await life.host.post(GAME, EndRound(1))

    await clock.advance(29)
    assert (await life.host.look(GAME)).state.round == 2
    await clock.advance(1)

    assert (await life.host.look(GAME)).state.round == 3


async def test_a_closed_session_has_no_deadline(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    await life.host.post(GAME, Call())

    await clock.advance(100)

    assert len(await life.host.journal(GAME, 0, 100)) == 5


async def test_a_thousand_rounds_ending_at_once_all_end(life: Life, clock: HandClock) -> None:
    games = [GameId(f"g{number}") for number in range(200)]
    for game in games:
        await open_game(life.host, game)

    await clock.advance(30)
    await clock.advance(0.001)

    assert {(await life.host.look(game)).state.round for game in games} == {2}


async def test_players_are_served_between_slices_of_deadlines(clock: HandClock) -> None:
    deadlines = Deadlines(clock)
    bells = [Bell(clock) for _ in range(3 * DEADLINE_SLICE)]
    for bell in bells:
        deadlines.arm(bell, clock.now() + 1_000)
    rung = list[int]()

    await clock.advance(0.999)
    clock.call_later(0.001, lambda: rung.append(sum(len(bell.rung) for bell in bells)))
    await clock.advance(0.001)

    assert rung == [DEADLINE_SLICE]
    assert all(len(bell.rung) == 1 for bell in bells)


async def test_an_arrangement_replaces_the_one_before(clock: HandClock) -> None:
    deadlines = Deadlines(clock)
    bell, began = Bell(clock), clock.now()
    for at in (5_000, 9_000, 2_000, 3_000):
        deadlines.arm(bell, began + at)

    await clock.advance(20)

    assert bell.rung == [began + 3_000]


async def test_what_is_disarmed_does_not_ring(clock: HandClock) -> None:
    deadlines = Deadlines(clock)
    bell = Bell(clock)
    deadlines.arm(bell, clock.now() + 1_000)
    deadlines.arm(bell, None)

    await clock.advance(5)

    assert bell.rung == []


def armed_and_disarmed(deadlines: Deadlines, clock: HandClock, count: int) -> list[weakref.ref[Bell]]:
    bells = [Bell(clock) for _ in range(count)]
    for at in (clock.now() + 3_600_000, None):
        for bell in bells:
            deadlines.arm(bell, at)
    return [weakref.ref(bell) for bell in bells]


async def test_of_many_that_are_not_to_be_rung_any_more_few_are_held_until_their_time(clock: HandClock) -> None:
    deadlines = Deadlines(clock)

    held = armed_and_disarmed(deadlines, clock, 1_000)
    gc.collect()

    assert len(deadlines) == 0
    assert sum(bell() is not None for bell in held) <= 2 * DEADLINE_SLICE


async def test_arrangements_that_were_replaced_do_not_pile_up(clock: HandClock) -> None:
    deadlines = Deadlines(clock)
    bell, began = Bell(clock), clock.now()
    for number in range(10_000):
        deadlines.arm(bell, began + 100_000 + number)

    assert len(deadlines) == 1
    assert len(cast("Any", deadlines)._heap) < 100
    await clock.advance(120)
    assert bell.rung == [began + 109_999]


class Stubborn(TallyMachine):
    """Does not end its rounds, and counts how often it was asked to."""

    def __init__(self, answer: Accepted[Event] | Refused) -> None:
        self.asked = 0
        self._answer = answer

    def decide(self, state: Tally, command: Command, now: Millis) -> Accepted[Event] | Refused:
        if isinstance(command, EndRound):
            self.asked += 1
            assert self.asked < 100, "asked without a pause"
            return self._answer
        return super().decide(state, command, now)


@pytest.mark.parametrize("answer", [Refused("too_early", "This round goes on."), Accepted(())])
async def test_a_deadline_that_comes_to_nothing_comes_again_after_a_pause(
    memory: MemoryStore, clock: HandClock, answer: Accepted[Event] | Refused
) -> None:
    machine = Stubborn(answer)
    host = host_of(games_of(tally(machine=machine)), memory, clock)
    async with host.running():
        await open_game(host)

        await clock.advance(30)
        assert machine.asked == 1
        await clock.advance(5)

        assert machine.asked == 6
        assert await host.post(GAME, Add(ADA, HERE, 1)) == Acknowledged(5)


async def test_a_game_that_ends_with_what_waited_for_its_deadlines_turn_has_no_deadline(
    life: Life, clock: HandClock
) -> None:
    await open_game(life.host)
    await clock.advance(29.5)
    life.store.troubles.append(Trouble.STUCK)
    posted = [start(life.host.post(GAME, Add(ADA, HERE, 1)))]
    await loop_passes()
    posted.append(start(life.host.post(GAME, Call())))
    await clock.advance(0.6)

    life.store.unstick()
    await clock.advance(0.1)

    assert [await each for each in posted] == [Acknowledged(5), Acknowledged(6)]
    seen = await life.host.look(GAME)
    assert (seen.state.status, seen.state.round) == ("concluded", 1)


@pytest.mark.parametrize("passes", [0, 1, 5])
async def test_the_last_plan_before_the_deadline_counts(life: Life, clock: HandClock, passes: int) -> None:
    await open_game(life.host)
    await clock.advance(29.999)

    answer = await life.host.post(GAME, Add(ADA, HERE, 1))
    await loop_passes(passes)
    await clock.advance(0.001)

    assert answer == Acknowledged(5)
    seen = await life.host.look(GAME)
    assert (seen.state.round, seen.state.total) == (2, 1)
