"""Results of what came to its end are kept: once, by one node for all, in the order of the ends, whatever is killed."""

from dataclasses import replace
from typing import Final

from clew.people.rating import rate
from clew.sessions.bounds import RECKON_BATCH, RECKON_EVERY_S
from clew.sessions.ids import GameId, UserId
from clew.sessions.policy import Policy
from clew.sessions.records import SignIn, UserRecord
from clew.testing.faults.store import Trouble
from tests.kit.fleet import Fleet, FleetNode
from tests.kit.hosting import TALLY
from tests.kit.tally import Call

RATED: Final = Policy(rate=rate)


async def over(fleet: Fleet, node: FleetNode, count: int, first: int = 0) -> list[GameId]:
    """Games that ended just now, one after the other."""
    games = await fleet.open_games(node, count, first)
    for game in games:
        await fleet.run(node.ask(game, Call()))
        await fleet.pass_s(0.01)
    return games


async def known(fleet: Fleet, *users: str) -> None:
    for user in users:
        sign_in = SignIn(user.encode(), UserId(user), 10**15)
        await fleet.store.users.add_user(UserRecord(UserId(user), user.title(), 1), sign_in)


def reckoned(*nodes: FleetNode) -> float:
    return sum(node.counted("clew_reckoned_total", kind=TALLY) for node in nodes)


async def test_what_ended_is_reckoned_soon_and_once(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a", policy=RATED)
    games = await over(fleet, node, 3)
    await fleet.open_games(node, 1, 10)

    await fleet.pass_s(5 * RECKON_EVERY_S)

    assert reckoned(node) == 3
    assert [await fleet.store.results.of_session(game) is not None for game in games] == [True] * 3
    assert await fleet.store.results.of_session(GameId("g10")) is None


async def test_a_long_list_is_worked_off_a_batch_at_a_time(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await over(fleet, node, RECKON_BATCH + 3)
    await node.kill()
    (later,) = await fleet.begin_all("b", policy=RATED)

    await fleet.until(lambda: reckoned(later) > 0)
    await fleet.pass_s(0.5)
    first = reckoned(later)
    await fleet.pass_s(2 * RECKON_EVERY_S)

    assert (first, reckoned(later)) == (RECKON_BATCH, RECKON_BATCH + 3)


async def test_people_are_rated_in_the_order_in_which_their_games_ended(fleet: Fleet) -> None:
    await known(fleet, "ada", "ben")
    (node,) = await fleet.begin_all("a", policy=RATED)
    games = await over(fleet, node, 3)

    await fleet.pass_s(5 * RECKON_EVERY_S)

    ada = await fleet.store.results.of_user(UserId("ada"), 10)
    assert [each.game_id for each in reversed(ada)] == games
    assert [each.rating_before for each in reversed(ada)][1:] == [each.rating_after for each in reversed(ada)][:-1]
    strengths = await fleet.store.results.strengths(TALLY, [UserId("ada"), UserId("ben")])
    ada_now, ben_now = strengths[UserId("ada")], strengths[UserId("ben")]
    assert (ada_now.results, ben_now.results) == (3, 3)
    assert ada_now.rating.mu > 25 > ben_now.rating.mu


async def test_of_several_nodes_the_first_by_name_does_it_and_the_next_after_its_death(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b", policy=RATED)
    await over(fleet, second, 2)
    await fleet.pass_s(3 * RECKON_EVERY_S)
    before = (reckoned(first), second.line.called["unreckoned"])
    await first.kill()
    await over(fleet, second, 2, 10)

    await fleet.pass_s(5 * RECKON_EVERY_S)

    assert before == (2, 0)
    assert reckoned(second) == 2


async def test_a_node_killed_in_the_middle_leaves_nothing_undone_or_done_twice(fleet: Fleet) -> None:
    await known(fleet, "ada", "ben")
    first, second = await fleet.begin_all("a", "b", policy=RATED)
    first.line.troubles["reckon"].extend([Trouble.HELD_BACK])
    await over(fleet, second, 3)
    await fleet.until(lambda: first.line.called["reckon"] > 0)

    await first.kill()
    await fleet.pass_s(10 * RECKON_EVERY_S)

    (tally,) = await fleet.store.results.tallies(UserId("ada"))
    assert (tally.played, tally.won, tally.rated) == (3, 3, 3)


async def test_where_it_is_not_known_whether_it_was_written_it_is_written_once(fleet: Fleet) -> None:
    await known(fleet, "ada", "ben")
    (node,) = await fleet.begin_all("a", policy=RATED)
    node.line.troubles["reckon"].extend([Trouble.LANDED, Trouble.LOST])
    await over(fleet, node, 3)

    await fleet.pass_s(6 * RECKON_EVERY_S)

    (tally,) = await fleet.store.results.tallies(UserId("ben"))
    assert (tally.played, tally.won) == (3, 0)
    assert node.counted("clew_store_faults_total", fault="reckon") == 2


async def test_one_that_can_not_be_reckoned_holds_up_no_other_and_is_named_once(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a", policy=RATED)
    (broken,) = await over(fleet, node, 1)
    row = fleet.store.kept.rows[broken]
    row.stored = replace(row.stored, state=b"{}")
    await over(fleet, node, 2, 10)

    await fleet.pass_s(10 * RECKON_EVERY_S)

    assert reckoned(node) == 2
    assert node.counted("clew_not_reckoned_total", kind=TALLY) == 1
    assert await fleet.store.results.of_session(broken) is None


async def test_without_the_setting_nothing_is_reckoned(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await over(fleet, node, 1)

    await fleet.pass_s(10 * RECKON_EVERY_S)

    assert node.line.called["unreckoned"] == 0
