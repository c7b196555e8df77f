"""A node dies: the others take what it held, at once or when its lease has run out, and nothing accepted is lost."""

from collections import Counter

import pytest
from structlog.testing import capture_logs

from clew.sessions.bounds import FORGET_LOOK_BEATS, LEASE_MS
from clew.sessions.ids import GameId
from clew.sessions.records import Acknowledged, Refused
from clew.stores.bounds import ENDED_LISTED_MS
from clew.testing.faults.damage import store_as_newer
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import loop_passes, start
from tests.kit.fleet import GATEWAY, ONE, Fleet
from tests.kit.hosting import ADA, BEN, GAME, HERE, open_game
from tests.kit.tally import Add, Delayed


async def test_a_killed_nodes_session_answers_again_at_once(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    await open_game(first.host)
    began_s = fleet.clock.monotonic()

    await first.kill()
    answers = [await fleet.run(node.ask(GAME, ONE)) for node in (second, third)]

    assert answers == [Acknowledged(6), Acknowledged(7)]
    assert fleet.clock.monotonic() - began_s < 0.2
    assert await fleet.owner_of(GAME) in (second.owner, third.owner)


async def test_a_command_on_its_way_to_a_node_that_dies_is_answered_by_its_heir(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.faults.troubles.append(Trouble.STUCK)
    asking = start(second.ask(GAME, ONE, ADA, "c1"))
    await loop_passes()
    assert first.handler.asked == 1

    await first.kill()
    took_s = await fleet.until(asking.done)

    assert await asking == Acknowledged(6)
    assert took_s < 0.2


async def test_without_lifelines_a_dead_nodes_sessions_answer_when_its_lease_has_run_out(slow_fleet: Fleet) -> None:
    fleet = slow_fleet
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)

    await first.kill()
    asking = start(second.ask(GAME, ONE))
    took_s = await fleet.until(asking.done)

    assert await asking == Acknowledged(6)
    assert LEASE_MS / 1000 - 1.2 <= took_s <= LEASE_MS / 1000 + 1


async def test_all_survivors_take_a_share(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    games = await fleet.open_games(first, 250)

    await first.kill()
    await fleet.until(lambda: second.held + third.held == 250)

    owners = Counter([await fleet.owner_of(game) for game in games])
    assert set(owners) == {second.owner, third.owner}
    assert min(owners.values()) >= 50
    assert second.came("claim") + third.came("claim") == 250


@pytest.mark.parametrize("away_s", [0.0, 7.0])
async def test_the_time_without_an_owner_is_credited(slow_fleet: Fleet, away_s: float) -> None:
    fleet = slow_fleet
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    await fleet.pass_s(10)
    second.cut_store()

    await first.kill()
    await fleet.pass_s(away_s)
    second.mend_store()
    gap_s = away_s + await fleet.until(lambda: second.held == 1)

    credited = [entry.event.ms for entry in await fleet.journal(GAME) if isinstance(entry.event, Delayed)]
    assert len(credited) == 1
    assert gap_s <= credited[0] / 1000 + 0.001 <= gap_s + 1.001
    seen = await second.host.look(GAME)
    assert seen.state.ends_at is not None
    await fleet.pass_s((seen.state.ends_at - fleet.clock.now()) / 1000 - 0.001)
    assert (await second.host.look(GAME)).state.round == 1
    await fleet.pass_s(0.001)
    assert (await second.host.look(GAME)).state.round == 2


async def test_what_a_dead_node_had_accepted_is_answered_the_same_by_its_heirs(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    await open_game(first.host)
    accepted = await third.ask(GAME, ONE, ADA, "c1")
    refused = await third.ask(GAME, Add(BEN, HERE, -1), BEN, "c2")
    assert isinstance(refused, Refused)

    await first.kill()
    once = [await fleet.run(second.ask(GAME, ONE, ADA, "c1")), await fleet.run(third.ask(GAME, ONE, BEN, "c2"))]
    heir, other = (second, third) if second.held else (third, second)
    await heir.kill()
    twice = [await fleet.run(other.ask(GAME, ONE, ADA, "c1")), await fleet.run(other.ask(GAME, ONE, BEN, "c2"))]

    assert once == twice == [accepted, refused]
    assert (await other.host.look(GAME)).state.total == 1


@pytest.mark.parametrize("trouble", [Trouble.LANDED, Trouble.LOST, Trouble.LATE, Trouble.HELD_BACK, Trouble.STUCK])
@pytest.mark.parametrize("passes", [0, 1, 3, 10])
async def test_a_command_in_hand_when_its_owner_dies_takes_effect_once(
    fleet: Fleet, trouble: Trouble, passes: int
) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.faults.troubles.append(trouble)
    asking = start(second.ask(GAME, ONE, ADA, "c1"))
    await loop_passes(passes)

    await first.kill()
    await fleet.until(asking.done)
    await first.faults.arrive()

    assert isinstance(await asking, Acknowledged)
    assert await asking == await fleet.run(second.ask(GAME, ONE, ADA, "c1"))
    assert (await second.host.look(GAME)).state.total == 1


async def test_two_that_die_at_one_moment_are_both_inherited(fleet: Fleet) -> None:
    first, second, third, fourth = await fleet.begin_all("a", "b", "c", "d")
    games = await fleet.open_games(first, 5) + await fleet.open_games(second, 5, 5)

    await first.kill()
    await second.kill()
    took_s = await fleet.until(lambda: third.held + fourth.held == 10)

    assert took_s <= LEASE_MS / 1000 + 1
    for game in games:
        assert await fleet.run(third.ask(game, ONE)) == Acknowledged(6)


async def test_all_die_and_the_first_that_comes_back_goes_on_with_everything(fleet: Fleet) -> None:
    nodes = await fleet.begin_all("a", "b")
    games = [await fleet.open_games(node, 3, 3 * number) for number, node in enumerate(nodes)]
    for node in nodes:
        await node.kill()

    back = await fleet.begin("a")
    await fleet.until(lambda: back.held == 6)

    for game in games[0] + games[1]:
        assert isinstance(await fleet.run(back.ask(game, ONE)), Acknowledged)


async def test_a_node_back_under_its_name_takes_its_old_sessions_at_once(slow_fleet: Fleet) -> None:
    fleet = slow_fleet
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    await first.kill()

    back = await fleet.begin("a")

    assert back.held + second.held == 1
    assert await fleet.run(second.ask(GAME, ONE)) == Acknowledged(6)


async def test_a_gateway_takes_over_nothing(fleet: Fleet) -> None:
    first, gateway = await fleet.begin_all("a"), await fleet.begin("g", roles=GATEWAY)
    await open_game(first[0].host)

    await first[0].kill()
    await fleet.pass_s(8)

    assert gateway.held == 0
    assert await fleet.owner_of(GAME) == "a.1"


async def test_a_node_that_is_not_ready_takes_over_nothing(fleet: Fleet) -> None:
    (first,) = await fleet.begin_all("a")
    booting = await fleet.begin("b", ready=False)
    await open_game(first.host)

    await first.kill()
    await fleet.pass_s(8)

    assert booting.held == 0


async def test_a_state_newer_than_a_node_knows_is_left_for_those_that_do(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    game = GameId("newer")
    await open_game(first.host, game)
    store_as_newer(fleet.store, game)

    await first.kill()
    await fleet.pass_s(8)

    assert await fleet.owner_of(GAME) == second.owner
    assert (await fleet.stored(game)).owner == "a.1"
    assert (await fleet.stored(game)).game_status == "active"


async def test_those_who_live_forget_the_dead_whatever_their_names_were(fleet: Fleet) -> None:
    """As a cluster does that names its nodes anew with each start."""
    await fleet.begin("stays")
    for number in range(3):
        pod = await fleet.begin(f"pod-{number}")
        await (pod.stop() if number % 2 else pod.kill())

    fleet.clock.leap(ENDED_LISTED_MS)
    await fleet.pass_s(FORGET_LOOK_BEATS + 2)

    assert await fleet.store.nodes.forget(100) == 0, "nothing was left to forget"
    assert [row.owner for row in await fleet.store.nodes.rows()] == ["stays.1"]


async def test_after_an_outage_of_the_store_nobody_is_forgotten_who_could_not_say_that_it_lives(fleet: Fleet) -> None:
    nodes = await fleet.begin_all("a", "b", "c")
    for node in nodes:
        node.cut_store()
    await fleet.pass_s(FORGET_LOOK_BEATS + 0.5)
    fleet.clock.leap(2 * ENDED_LISTED_MS)

    for node in nodes:
        node.mend_store()
    await fleet.pass_s(FORGET_LOOK_BEATS + 2)

    assert [node.owner for node in nodes] == ["a.1", "b.1", "c.1"]


async def test_a_bug_in_a_nodes_rounds_ends_neither_its_life_nor_its_sessions(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)

    second.faults.broken_calls = {"rows"}
    with capture_logs() as lines:
        await fleet.pass_s(3)
    assert [line["what"] for line in lines if line["event"] == "tending_broke"] == ["round"] * 3
    assert second.counted("clew_store_faults_total", fault="round") == 3
    second.faults.broken_calls = set()
    await first.kill()

    assert await fleet.run(second.ask(GAME, ONE)) == Acknowledged(6)
