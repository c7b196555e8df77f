"""Whoever is asked finds the node that answers, through stale news, lost messages and owners that come and go."""

from collections.abc import Awaitable, Callable

import pytest

from clew.sessions.bounds import CRASHES_MAX, ROUTE_PAUSE_LAST_S, ROUTE_TRY_S, ROUTE_WAIT_S
from clew.sessions.faults import Busy, Crashed, JoinCodeTaken, NoSuchSession, Quarantined
from clew.sessions.ids import GameId
from clew.sessions.records import Acknowledged, Refused
from clew.testing.faults.bus_line import is_take
from clew.testing.faults.damage import spoil, store_as_newer
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import loop_passes, start
from tests.kit.fleet import GATEWAY, ONE, Fleet
from tests.kit.hosting import ADA, BEN, GAME, HERE, TALLY, open_game
from tests.kit.tally import Add, Break, Call, Opened


async def _fault(fleet: Fleet, asking: Awaitable[object]) -> BaseException | None:
    async def ask() -> object:
        return await asking

    task = start(ask())
    await fleet.until(task.done)
    return task.exception()


async def test_a_gateway_asks_the_owner_and_gives_its_answers(fleet: Fleet) -> None:
    (owner,), gateway = await fleet.begin_all("a"), await fleet.begin("g", roles=GATEWAY)
    await open_game(owner.host)

    accepted = await gateway.ask(GAME, ONE, ADA, "c1")
    refused = await gateway.ask(GAME, Add(BEN, HERE, -1), BEN, "c2")
    seen = await gateway.see(GAME)

    assert accepted == Acknowledged(5)
    assert isinstance(refused, Refused) and refused.code == "too_much"
    assert seen == await owner.host.look(GAME)
    assert gateway.held == 0


async def test_who_knows_the_owner_does_not_ask_the_store_again(fleet: Fleet) -> None:
    owner, other = await fleet.begin_all("a", "b")
    await open_game(owner.host)
    await other.ask(GAME, ONE)
    other.line.refused = {"holding", "load", "rows"}

    assert await other.ask(GAME, ONE) == Acknowledged(6)


async def test_who_gave_a_session_away_says_where_it_went(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    await open_game(first.host)
    await third.ask(GAME, ONE)
    third.line.refused = {"holding"}
    await first.give(second, GAME)
    before_s = fleet.clock.monotonic()

    assert await fleet.run(third.ask(GAME, ONE)) == Acknowledged(6)
    assert fleet.clock.monotonic() == before_s
    assert second.handler.asked == 1


async def test_a_wrong_memory_is_put_right_by_the_store(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    await open_game(first.host)
    await third.ask(GAME, ONE)
    await first.give(second, GAME)
    await fleet.pass_s(10)
    assert await fleet.run(third.ask(GAME, ONE)) == Acknowledged(6)
    await second.give(first, GAME)
    await fleet.pass_s(10)

    assert await fleet.run(third.ask(GAME, ONE)) == Acknowledged(7)


async def test_without_any_news_the_heir_is_found_by_the_store(slow_fleet: Fleet) -> None:
    fleet = slow_fleet
    first, second, third = await fleet.begin_all("a", "b", "c")
    await open_game(first.host)
    await third.ask(GAME, ONE)
    for node in (second, third):
        node.bus.loses_message = lambda _channel, _feed: True

    await first.kill()
    asking = start(third.ask(GAME, ONE))
    took_s = await fleet.until(asking.done)

    assert await asking == Acknowledged(7)
    assert took_s <= 5 + 1 + ROUTE_PAUSE_LAST_S


async def test_a_paused_owner_is_asked_again_until_it_goes_on(fleet: Fleet) -> None:
    owner, other = await fleet.begin_all("a", "b")
    await open_game(owner.host)
    owner.pause()
    asking = start(other.ask(GAME, ONE, ADA, "c1"))
    await fleet.pass_s(ROUTE_TRY_S + 0.5)

    await owner.go_on()
    await fleet.until(asking.done)

    assert await asking == Acknowledged(6), "behind the time of the pause, given back"
    assert (await owner.host.look(GAME)).state.total == 1


async def test_a_paused_owner_is_left_for_its_heir(fleet: Fleet) -> None:
    owner, other = await fleet.begin_all("a", "b")
    await open_game(owner.host)
    owner.pause()

    assert await fleet.run(other.ask(GAME, ONE, ADA, "c1")) == Acknowledged(6)
    await owner.go_on()
    await fleet.pass_s(3)

    assert (await other.host.look(GAME)).state.total == 1


@pytest.mark.parametrize("trouble", [Trouble.LANDED, Trouble.LOST])
async def test_a_fence_of_unknown_outcome_is_no_players_concern(fleet: Fleet, trouble: Trouble) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.bus.loses_request = is_take
    second.line.troubles["refence"].append(trouble)
    await first.give(second, GAME)

    answers = [await fleet.run(node.ask(GAME, ONE)) for node in (second, first)]

    assert answers == [Acknowledged(5), Acknowledged(6)]


async def test_an_owner_between_two_lives_is_waited_for(fleet: Fleet) -> None:
    owner, gateway = (await fleet.begin_all("a"))[0], await fleet.begin("g", roles=GATEWAY)
    await fleet.pass_s(1.1)
    await open_game(owner.host)
    owner.line.troubles["register"].append(Trouble.STUCK)
    await fleet.store.nodes.declare_dead(owner.owner)
    await fleet.until(lambda: owner.line.called["register"] == 2)
    asking = start(gateway.ask(GAME, ONE))
    own = start(owner.ask(GAME, ONE))
    await fleet.pass_s(2)
    assert not asking.done() and not own.done()

    owner.line.unstick()
    await fleet.until(lambda: asking.done() and own.done())

    assert {await asking, await own} == {Acknowledged(6), Acknowledged(7)}
    assert owner.owner == "a.2"


async def test_an_owner_that_lost_the_bus_alone_goes_on_and_is_found_when_it_is_back(fleet: Fleet) -> None:
    owner, other = await fleet.begin_all("a", "b")
    await open_game(owner.host)
    await owner.bus.cut()
    asking = start(other.ask(GAME, ONE))
    await fleet.pass_s(3)
    assert not asking.done()
    assert await fleet.run(owner.ask(GAME, ONE)) == Acknowledged(5)

    await owner.bus.mend()
    await fleet.until(asking.done)

    assert await asking == Acknowledged(6)


async def test_an_owner_cut_from_store_and_bus_is_inherited_and_comes_back_as_another(fleet: Fleet) -> None:
    owner, other = await fleet.begin_all("a", "b")
    await open_game(owner.host)
    told = await fleet.watch(owner, GAME)
    owner.cut_store()
    await owner.bus.cut()

    assert await fleet.run(other.ask(GAME, ONE)) == Acknowledged(6)
    owner.mend_store()
    await owner.bus.mend()
    await fleet.pass_s(3)

    assert await fleet.run(owner.ask(GAME, ONE)) == Acknowledged(7)
    assert (owner.owner, told.seqs, told.ended) == ("a.2", [], ["moved"])


async def test_a_closed_session_is_read_anywhere_without_being_taken(fleet: Fleet) -> None:
    owner, other = await fleet.begin_all("a", "b")
    gateway = await fleet.begin("g", roles=GATEWAY)
    await open_game(owner.host)
    await owner.host.post(GAME, Call())
    await owner.kill()

    for node in (other, gateway):
        assert (await fleet.run(node.see(GAME))).state.status == "concluded"
        refused = await fleet.run(node.ask(GAME, ONE))
        assert isinstance(refused, Refused) and refused.code == "game_over"
    assert await fleet.owner_of(GAME) == "a.1"


async def test_a_session_that_is_out_of_service_is_told_everywhere(fleet: Fleet) -> None:
    owner, other = await fleet.begin_all("a", "b")
    await open_game(owner.host)
    await other.ask(GAME, ONE)
    for _ in range(CRASHES_MAX):
        assert isinstance(await _fault(fleet, other.ask(GAME, Break("decide"))), Crashed)
        await fleet.pass_s(3)

    for node in (owner, other):
        fault = await _fault(fleet, node.ask(GAME, ONE))
        assert isinstance(fault, Quarantined) and fault.reason.startswith("crashes: 5 ")


async def test_a_session_that_can_not_be_read_is_put_aside_and_told_everywhere(fleet: Fleet) -> None:
    owner, other, third = await fleet.begin_all("a", "b", "c")
    await open_game(owner.host)
    spoil(fleet.store, GAME)
    await owner.kill()

    for node in (other, third):
        fault = await _fault(fleet, node.ask(GAME, ONE))
        assert isinstance(fault, Quarantined)
    assert (await fleet.stored(GAME)).game_status == "quarantined"
    assert other.alive and third.alive


async def test_what_never_was_is_told_at_once(fleet: Fleet) -> None:
    (node,), gateway = await fleet.begin_all("a"), await fleet.begin("g", roles=GATEWAY)
    before_s = fleet.clock.monotonic()

    for asked in (node, gateway):
        assert isinstance(await _fault(fleet, asked.ask(GameId("never"), ONE)), NoSuchSession)

    assert fleet.clock.monotonic() == before_s


async def test_a_crash_at_the_owner_is_told_as_one(fleet: Fleet) -> None:
    owner, other = await fleet.begin_all("a", "b")
    await open_game(owner.host)

    fault = await _fault(fleet, other.ask(GAME, Break("decide")))

    assert isinstance(fault, Crashed)
    assert await fleet.run(other.ask(GAME, ONE)) == Acknowledged(5)


@pytest.mark.parametrize("ready", [False, True])
async def test_without_any_host_a_command_is_busy_in_bounded_time(fleet: Fleet, ready: bool) -> None:
    (owner,), gateway = await fleet.begin_all("a"), await fleet.begin("g", roles=GATEWAY, ready=ready)
    await open_game(owner.host)
    await gateway.ask(GAME, ONE)
    await owner.kill()
    began_s = fleet.clock.monotonic()

    asked: list[Callable[[], Awaitable[object]]] = [
        lambda: gateway.ask(GAME, ONE),
        lambda: gateway.see(GAME),
        lambda: gateway.make(GameId("new")),
    ]
    for ask in asked:
        began_s = fleet.clock.monotonic()
        assert isinstance(await _fault(fleet, ask()), Busy)
        assert ROUTE_WAIT_S <= fleet.clock.monotonic() - began_s <= ROUTE_WAIT_S + ROUTE_TRY_S + 0.5


async def test_a_state_newer_than_any_node_knows_is_left_alone(fleet: Fleet) -> None:
    old, other = await fleet.begin_all("a", "b")
    await open_game(other.host)
    store_as_newer(fleet.store, GAME)
    await other.kill()

    await fleet.pass_s(3)

    fault = await _fault(fleet, old.ask(GAME, ONE))

    assert "waits for a node that can play it: state version 2 is newer than 1" in str(fault)
    assert isinstance(fault, Busy)
    assert old.held == 0
    assert (await fleet.stored(GAME)).game_status == "active"


# --- making ------------------------------------------------------------------------------------------------------


async def test_a_gateway_has_sessions_made_by_the_least_loaded_host(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    gateway = await fleet.begin("g", roles=GATEWAY)
    await fleet.open_games(first, 3, 10)
    await fleet.pass_s(1.1)

    await gateway.make(GAME)

    assert await fleet.owner_of(GAME) == second.owner
    assert await gateway.ask(GAME, ONE) == Refused("not_begun", "The game has not begun.")


@pytest.mark.parametrize("way", ["killed", "draining", "paused"])
async def test_a_host_that_can_not_make_it_any_more_is_passed_over(fleet: Fleet, way: str) -> None:
    first, second = await fleet.begin_all("a", "b")
    gateway = await fleet.begin("g", roles=GATEWAY)
    await fleet.open_games(second, 3, 10)
    await fleet.pass_s(1.1)
    gateway.line.troubles["rows"].extend([Trouble.BUSY] * 3)
    if way == "killed":
        await first.kill()
    elif way == "draining":
        await fleet.run(first.host.drain())
    else:
        first.pause()

    await fleet.run(gateway.make(GAME))

    assert await fleet.owner_of(GAME) == second.owner


async def test_a_code_that_is_taken_is_told_to_who_asked(fleet: Fleet) -> None:
    (first,), gateway = await fleet.begin_all("a"), await fleet.begin("g", roles=GATEWAY)
    await fleet.pass_s(1.1)
    await first.host.create(TALLY, GameId("other"), f"code-{GAME}", [Opened(9)])

    assert isinstance(await _fault(fleet, gateway.make(GAME)), JoinCodeTaken)


async def test_a_session_whose_making_is_answered_late_is_held_once(fleet: Fleet) -> None:
    """Meanwhile the beats noticed that the store counts one more, and read it."""
    (node,) = await fleet.begin_all("a")
    node.line.troubles["create"].append(Trouble.HELD_BACK)
    making = start(node.host.create(TALLY, GAME, "X", [Opened(9)]))
    await fleet.until(lambda: node.held == 1)

    node.line.unstick()
    await fleet.until(making.done)

    assert making.exception() is None
    assert node.held == 1
    await fleet.pass_s(3)
    assert await node.host.post(GAME, Call()) == Acknowledged(2)


async def test_news_of_a_session_wakes_whoever_waits_for_it(slow_fleet: Fleet) -> None:
    fleet = slow_fleet
    first, second, third = await fleet.begin_all("a", "b", "c")
    await open_game(first.host)
    await third.ask(GAME, ONE)
    third.line.refused = {"claim"}
    await first.kill()
    asking = [start(third.ask(GAME, ONE)) for _ in range(3)]
    await fleet.until(lambda: second.held == 1)
    since_s = fleet.clock.monotonic()

    await loop_passes(60)

    assert all(each.done() for each in asking)
    assert fleet.clock.monotonic() == since_s
