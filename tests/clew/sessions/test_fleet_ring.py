"""Who listens to whose lifeline: the one who came first hears of those who came later, once, and acts at once."""

import asyncio

from tests.kit.fleet import Fleet


async def test_whoever_came_first_hears_at_once_of_the_death_of_who_came_later(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(second, 3)

    await second.kill()
    took_s = await fleet.until(lambda: first.held == len(games))

    assert took_s < 0.2


async def test_a_death_is_acted_on_by_who_noticed_it_though_the_bus_loses_the_news(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(second, 3)
    first.bus.loses_message = lambda _channel, _feed: True

    await second.kill()
    took_s = await fleet.until(lambda: first.held == len(games))

    assert took_s < 0.2


async def test_a_successor_is_listened_to_once_however_often_the_list_of_nodes_is_read(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")

    await fleet.pass_s(5)

    listening = [task.get_name() for task in asyncio.all_tasks() if task.get_name().startswith("listens to")]
    assert sorted(listening) == sorted([f"listens to {first.owner}", f"listens to {second.owner}"])


async def test_who_comes_in_between_is_listened_to_from_then_on(fleet: Fleet) -> None:
    first, last = await fleet.begin_all("a", "c")
    (between,) = await fleet.begin_all("b")
    games = await fleet.open_games(between, 3)

    await between.kill()
    took_s = await fleet.until(lambda: first.held + last.held == len(games))

    assert took_s < 0.2


async def test_a_death_is_noticed_by_one_node_whoever_came_and_went_before(fleet: Fleet) -> None:
    nodes = await fleet.begin_all("a", "c")
    nodes += await fleet.begin_all("b")

    await nodes.pop(1).kill()
    await fleet.pass_s(1.1)

    assert sum(node.counted("clew_node_deaths_seen_total") for node in nodes) == 1
