"""A node that joined gets its share: slowly, only in quiet times, and nothing goes back and forth."""

from clew.sessions.bounds import REBALANCE_BATCH, REBALANCE_CALM_BEATS, REBALANCE_MIN
from clew.sessions.records import Acknowledged
from tests.kit.fleet import ONE, Fleet


async def test_a_node_that_joined_is_given_its_share_a_batch_a_beat(fleet: Fleet) -> None:
    (first,) = await fleet.begin_all("a", rebalance=True)
    games = await fleet.open_games(first, 160)
    (second,) = await fleet.begin_all("b", rebalance=True)

    await fleet.pass_s(REBALANCE_CALM_BEATS - 1)
    assert second.held == 0
    await fleet.until(lambda: second.held > 0)
    assert second.held <= REBALANCE_BATCH
    await fleet.pass_s(20)

    assert (first.held, second.held) == (80, 80)
    assert {(await fleet.stored(game)).epoch for game in games} == {1, 2}
    assert second.came("memory") == 80
    for game in games[::20]:
        assert isinstance(await fleet.run(second.ask(game, ONE)), Acknowledged)


async def test_once_even_nothing_moves_any_more(fleet: Fleet) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c", rebalance=True)
    games = await fleet.open_games(first, 90) + await fleet.open_games(second, 60, 100)
    await fleet.pass_s(25)
    settled = [await fleet.owner_of(game) for game in games]

    await fleet.pass_s(25)

    assert [await fleet.owner_of(game) for game in games] == settled
    assert max(node.held for node in (first, second, third)) <= 50 + REBALANCE_MIN
    assert {(await fleet.stored(game)).epoch for game in games} == {1, 2}


async def test_small_differences_are_left_alone(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b", rebalance=True)
    await fleet.open_games(first, 2 * REBALANCE_MIN - 2)

    await fleet.pass_s(20)

    assert second.held == 0
    assert first.held == 2 * REBALANCE_MIN - 2


async def test_two_that_have_too_much_do_not_drown_the_one_that_has_nothing(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b", rebalance=True)
    await fleet.open_games(first, 100)
    await fleet.open_games(second, 100, 100)
    (third,) = await fleet.begin_all("c", rebalance=True)

    most = 0
    for _ in range(20):
        await fleet.pass_s(1)
        most = max(most, third.held)

    assert most <= 67 + REBALANCE_MIN
    assert min(node.held for node in (first, second, third)) >= 67 - REBALANCE_MIN


async def test_it_can_be_turned_off(fleet: Fleet) -> None:
    (first,) = await fleet.begin_all("a")
    await fleet.open_games(first, 100)
    (second,) = await fleet.begin_all("b", rebalance=True)

    await fleet.pass_s(20)

    assert (first.held, second.held) == (100, 0)


async def test_nothing_moves_while_two_releases_live(fleet: Fleet) -> None:
    (first,) = await fleet.begin_all("a", rebalance=True)
    await fleet.open_games(first, 100)
    newer = await fleet.begin("b", "1.1.0", rebalance=True)

    await fleet.pass_s(20)

    assert (first.held, newer.held) == (100, 0)


async def test_nothing_moves_while_nodes_come_and_go(fleet: Fleet) -> None:
    (first,) = await fleet.begin_all("a", rebalance=True)
    await fleet.open_games(first, 100)

    for number in range(5):
        passing = await fleet.begin(f"passing-{number}", rebalance=True)
        await fleet.pass_s(REBALANCE_CALM_BEATS - 1.5)
        assert await passing.leave() == 0

    assert first.held == 100


async def test_a_draining_node_gives_by_draining_alone(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b", rebalance=True)
    await fleet.open_games(first, 100)
    await fleet.pass_s(4)

    assert await first.leave() == 100

    assert second.held == 100
    assert second.came("memory") == 100


async def test_a_drain_that_begins_during_a_balancing_moves_each_session_once(fleet: Fleet) -> None:
    (first,) = await fleet.begin_all("a", rebalance=True)
    games = await fleet.open_games(first, 100)
    (second,) = await fleet.begin_all("b", rebalance=True)
    await fleet.until(lambda: second.held > 0)

    await first.leave()

    assert second.held == 100
    assert {(await fleet.stored(game)).epoch for game in games} == {2}


async def test_what_is_above_its_share_by_less_than_a_fifth_stays(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b", rebalance=True)
    await fleet.open_games(first, 148)
    await fleet.open_games(second, 102, 200)

    await fleet.pass_s(3 * REBALANCE_CALM_BEATS)

    assert (first.held, second.held) == (148, 102)


async def test_one_beat_gives_to_one_node(fleet: Fleet) -> None:
    (first,) = await fleet.begin_all("a", rebalance=True)
    await fleet.open_games(first, 160)
    second, third = await fleet.begin_all("b", "c", rebalance=True)

    await fleet.until(lambda: second.held + third.held > 0)
    await fleet.pass_s(0.2)

    assert second.held + third.held == REBALANCE_BATCH
    assert 0 in (second.held, third.held)
