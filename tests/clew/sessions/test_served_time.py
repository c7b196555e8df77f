"""A round's time is time in which its players could be heard: whatever the clock, the store or the machine did."""

import pytest

from clew.sessions.bounds import LEASE_MS, SLEEP_AFTER_S
from clew.sessions.records import Acknowledged
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, start
from clew.testing.memory.store import MemoryStore
from tests.kit.fleet import Fleet, FleetNode
from tests.kit.hosting import ADA, GAME, HERE, Life, living, open_game, resume
from tests.kit.tally import ROUND_MS, Add, Delayed, EndRound, Lengthen

ROUND_S = ROUND_MS / 1000
ONE = Add(ADA, HERE, 1)
AWAY_S = 40.0
SHORT_S = 1.0
LONG_S = 1.25
"""Of a round of 5 s, the shortest there is: a second and 5 %."""


async def _round(life: Life) -> int:
    return (await life.host.look(GAME)).state.round


async def _credits(life: Life) -> list[tuple[str, int]]:
    journal = await life.host.journal(GAME, 0, 500)
    return [(entry.event.why, entry.event.ms) for entry in journal if isinstance(entry.event, Delayed)]


async def _lasts_until(life: Life, clock: HandClock, seconds: float) -> float:
    """How much longer the first round lasts, at most so long."""
    for step in range(round(seconds * 10)):
        if await _round(life) != 1:
            return step / 10
        await clock.advance(0.1)
    return seconds


# --- the store ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("away_s", [AWAY_S, AWAY_S + 0.3, AWAY_S + 0.9])
@pytest.mark.parametrize("away_from_s", [0.3, 15.0, 15.9, 29.1, 29.5, 29.95])
@pytest.mark.parametrize("is_played", [True, False])
async def test_a_store_that_is_away_across_the_deadline_costs_nobody_a_round(
    life: Life, clock: HandClock, away_from_s: float, away_s: float, is_played: bool
) -> None:
    await open_game(life.host)
    await clock.advance(away_from_s)
    life.store.down = True
    await clock.advance(away_s - 5)
    posting = start(life.host.post(GAME, ONE)) if is_played else None
    await clock.advance(5)
    assert await _round(life) == 1

    life.store.down = False
    left_s = await _lasts_until(life, clock, 60)

    assert ROUND_S - SHORT_S <= away_from_s + left_s <= ROUND_S + LONG_S
    given = await _credits(life)
    assert {why for why, _ in given} == {"store_away"}
    assert away_s - SHORT_S <= sum(ms for _, ms in given) / 1000 <= away_s + LONG_S
    assert posting is None or isinstance(await posting, Acknowledged)


@pytest.mark.parametrize("hung_from_s", [10.0, 10.6, 29.5])
@pytest.mark.parametrize("hung_s", [1.2, 1.9, 8.0])
async def test_a_store_that_answers_nobody_is_away_though_it_refuses_nothing(
    life: Life, clock: HandClock, hung_from_s: float, hung_s: float
) -> None:
    await open_game(life.host)
    await clock.advance(hung_from_s)
    life.store.hung = True
    await clock.advance(hung_s)

    life.store.let_go()
    left_s = await _lasts_until(life, clock, 60)

    assert ROUND_S - SHORT_S <= hung_from_s + left_s <= ROUND_S + LONG_S


async def test_a_store_that_can_be_read_and_not_written_is_away_since_it_was_last_written(
    life: Life, clock: HandClock
) -> None:
    await open_game(life.host)
    await clock.advance(10.05)
    life.store.read_only = True
    await clock.advance(AWAY_S)

    life.store.read_only = False
    left_s = await _lasts_until(life, clock, 60)

    assert ROUND_S - SHORT_S <= 10.05 + left_s <= ROUND_S + LONG_S
    [(why, ms)] = await _credits(life)
    assert why == "store_away"
    assert ms >= AWAY_S * 1000, "what shows that it can be read is no proof that it was written"


@pytest.mark.parametrize("pause_s", [2.3, 7.1])
async def test_a_store_that_goes_away_again_and_again_in_one_round_makes_it_no_longer(
    life: Life, clock: HandClock, pause_s: float
) -> None:
    await open_game(life.host)
    for _ in range(3):
        await clock.advance(pause_s)
        life.store.down = True
        await clock.advance(3.4)
        life.store.down = False

    left_s = await _lasts_until(life, clock, 60)

    assert ROUND_S - SHORT_S <= 3 * pause_s + left_s <= ROUND_S * 1.05 + 1


@pytest.mark.parametrize("slow_s", [0.7, 0.8, 1.2])
async def test_a_store_that_is_slow_for_good_ends_rounds_all_the_same(
    life: Life, clock: HandClock, slow_s: float
) -> None:
    await open_game(life.host)
    life.store.slow_s = slow_s
    life.store.clock = clock

    left_s = await _lasts_until(life, clock, 600)

    assert ROUND_S - SHORT_S <= left_s < 20 * ROUND_S


async def test_a_store_that_hangs_is_away_though_it_refuses_nothing(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    await clock.advance(10)
    life.store.troubles.append(Trouble.STUCK)
    posting = start(life.host.post(GAME, ONE))
    await clock.advance(8)

    life.store.unstick()
    left_s = await _lasts_until(life, clock, 60)

    assert isinstance(await posting, Acknowledged)
    assert ROUND_S - 1 <= 10 + left_s <= ROUND_S * 1.05 + 1
    assert [why for why, _ in await _credits(life)] == ["store_away"]


async def test_a_plan_that_was_sent_all_the_while_is_taken_in_the_round_it_was_made_for(
    life: Life, clock: HandClock
) -> None:
    await open_game(life.host)
    await clock.advance(29.9)
    life.store.down = True
    await clock.advance(35)
    sending = start(life.host.post(GAME, EndRound(1)))

    life.store.down = False
    await clock.advance(2)

    assert isinstance(await sending, Acknowledged), "it was refused: its round was over"
    assert await _round(life) == 2


async def test_a_store_that_stutters_gives_back_what_adds_up(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    for _ in range(6):
        life.store.down = True
        await clock.advance(1.2)
        life.store.down = False
        await clock.advance(2)

    left_s = await _lasts_until(life, clock, 60)

    assert 6 * 2 + left_s >= ROUND_S - 1


async def test_what_was_lost_in_an_earlier_round_is_not_given_to_the_next(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    for number in range(1, 7):
        life.store.troubles.append(Trouble.BUSY)
        ending = start(life.host.post(GAME, EndRound(number)))
        await clock.advance(1)
        assert isinstance(await ending, Acknowledged)

    assert await _credits(life) == []


async def test_a_healthy_node_gives_nothing_back(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    for _ in range(50):
        await life.host.post(GAME, ONE)
        await clock.advance(1.7)

    assert await _credits(life) == []


# --- clocks ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step_s", [-600, -20, -2, 2, 20, 3_600])
async def test_a_clock_that_is_set_changes_no_round(life: Life, clock: HandClock, step_s: int) -> None:
    await open_game(life.host)
    await clock.advance(10)

    clock.leap(step_s * 1000)
    await clock.advance(0.3)
    [credit] = await _credits(life)
    left_s = await _lasts_until(life, clock, 700)

    assert credit == ("clock_step", step_s * 1000)
    assert ROUND_S - 0.2 <= 10.3 + left_s <= ROUND_S + 0.2


async def test_a_clock_that_jumps_before_1970_and_back_ends_neither_the_node_nor_the_round(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    before = fleet.clock.now()

    fleet.clock.leap(-2 * before)
    await fleet.pass_s(15)
    assert (await node.host.look(GAME)).state.round == 1
    fleet.clock.leap(2 * before)
    await fleet.pass_s(10)

    assert not node.host.replaced.is_set()
    assert (await node.host.look(GAME)).state.round == 1
    await fleet.pass_s(7)
    assert (await node.host.look(GAME)).state.round == 2


async def test_a_clock_that_creeps_is_put_right_once_it_counts(life: Life, clock: HandClock) -> None:
    await open_game(life.host)
    for _ in range(20):
        clock.leap(90)
        await clock.advance(0.5)

    left_s = await _lasts_until(life, clock, 60)

    assert ROUND_S - 1 <= 10 + left_s <= ROUND_S + 1


async def test_a_round_begun_by_a_clock_an_hour_ahead_lasts_no_hour_once_it_is_right(
    memory: MemoryStore, clock: HandClock
) -> None:
    clock.leap(3_600_000)
    async with living(memory, clock) as life:
        await open_game(life.host)
        await clock.advance(5)
    clock.leap(-3_600_000)

    async with living(memory, clock) as life:
        await resume(life.host)
        left_s = await _lasts_until(life, clock, 100)

    assert left_s <= ROUND_S + 1


# --- sleepers ----------------------------------------------------------------------------------------------------


FAR_MS = 900_000


async def _asleep(fleet: Fleet, node: FleetNode) -> float:
    """A long round, and its game out of memory; gives when it began."""
    began_s = fleet.clock.monotonic()
    await open_game(node.host)
    await node.host.post(GAME, Lengthen(FAR_MS))
    await fleet.pass_s(SLEEP_AFTER_S + 2)
    assert node.held == 0
    return began_s


async def _over_after_s(fleet: Fleet, began_s: float) -> float:
    while not any(getattr(entry.event, "round", 1) == 2 for entry in await fleet.journal(GAME)):
        await fleet.pass_s(1)
        assert fleet.clock.monotonic() - began_s < 3_000, "it hangs"
    return fleet.clock.monotonic() - began_s


@pytest.mark.parametrize("step_s", [-600, 700])
async def test_a_sleeping_game_is_not_moved_by_a_clock_that_is_set(fleet: Fleet, step_s: int) -> None:
    (node,) = await fleet.begin_all("a")
    began_s = await _asleep(fleet, node)

    fleet.clock.leap(step_s * 1000)
    lasted_s = await _over_after_s(fleet, began_s)

    assert ROUND_S + FAR_MS / 1000 - 1 <= lasted_s <= ROUND_S + FAR_MS / 1000 + 15


async def test_a_sleeping_game_is_given_back_what_was_lost_while_it_slept(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    began_s = await _asleep(fleet, node)

    node.cut_store()
    await fleet.pass_s(60)
    node.mend_store()
    lasted_s = await _over_after_s(fleet, began_s)

    assert ROUND_S + FAR_MS / 1000 + 59 <= lasted_s <= ROUND_S + FAR_MS / 1000 + 70


# --- many nodes --------------------------------------------------------------------------------------------------


async def _causes(fleet: Fleet) -> list[str]:
    return [entry.event.why for entry in await fleet.journal(GAME) if isinstance(entry.event, Delayed)]


async def _paused(fleet: Fleet, node: FleetNode, seconds: float) -> None:
    node.pause()
    await fleet.pass_s(seconds)
    await node.go_on()


async def test_a_node_that_stood_still_gives_back_its_pause(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    await fleet.pass_s(25)

    await _paused(fleet, node, 45)
    await fleet.pass_s(3)

    assert (await node.host.look(GAME)).state.round == 1
    assert "paused" in await _causes(fleet)
    await fleet.pass_s(5)
    assert (await node.host.look(GAME)).state.round == 2


async def test_a_game_of_a_dead_node_moved_and_one_of_its_own_was_restarted(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    await first.kill()
    await fleet.pass_s(LEASE_MS / 1000 + 2)
    assert await _causes(fleet) == ["moved"]
    await second.kill()

    await fleet.begin("b")

    assert await _causes(fleet) == ["moved", "restart"]


async def test_an_outage_longer_than_the_lease_is_given_back_whole_whoever_claims(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    await fleet.pass_s(10)
    first.cut_store()
    second.cut_store()
    await fleet.pass_s(20)

    second.mend_store()
    await fleet.until(lambda: second.held == 1)
    first.mend_store()
    await fleet.pass_s(3)

    given = [entry.event for entry in await fleet.journal(GAME) if isinstance(entry.event, Delayed)]
    assert [credit.why for credit in given] == ["moved"]
    assert given[0].ms >= 20_000


async def test_deadlines_fire_nothing_while_a_node_is_frozen(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    told = await fleet.watch(node, GAME)
    node.line.refused = {"renew"}
    before = len(await fleet.journal(GAME))

    await fleet.pass_s(40)
    assert (len(await fleet.journal(GAME)), told.seqs) == (before, [])
    node.line.refused = set()
    await fleet.pass_s(1)

    assert told.seqs == [5]
    assert (await node.host.look(GAME)).state.round == 1, "its players could not be heard"
    assert isinstance((await fleet.journal(GAME))[4].event, Delayed)
    await fleet.pass_s(30)
    assert (await node.host.look(GAME)).state.round == 2
