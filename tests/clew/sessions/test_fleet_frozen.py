"""A node that can't say that it lives says nothing at all, until it could, or lives again and holds nothing."""

import pytest

from clew.sessions.bounds import LEASE_TRUST_S
from clew.sessions.cluster.messages import Ask, Failed, encoder, replies
from clew.sessions.faults import Busy, Moved, NotRunning
from clew.sessions.ids import GameId
from clew.sessions.records import Acknowledged
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import loop_passes, start
from tests.kit.fleet import ONE, Fleet, FleetNode
from tests.kit.hosting import ADA, GAME, TALLY, open_game, resume, tally_reads
from tests.kit.tally import Delayed, Nod

JUST_LESS_S = LEASE_TRUST_S - 1.1
"""After the last renewal, which was a second ago at most."""


async def _ask_directly(fleet: Fleet, node: FleetNode, within_s: float = 100.0) -> object:
    """What a node says that is asked, though nobody should ask it any more."""
    question = encoder.encode(Ask(GAME, fleet.errands.question(lambda host: host.look(GAME))))
    return replies.decode(await fleet.run(fleet.bus.request(node.owner, question, within_s)))


async def test_a_node_that_cannot_renew_tells_nobody_anything(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    node.line.refused = {"renew"}

    await fleet.pass_s(JUST_LESS_S)
    assert await fleet.run(node.host.post(GAME, ONE)) == Acknowledged(6), "behind the time until here, given back"
    await fleet.pass_s(LEASE_TRUST_S - JUST_LESS_S)

    for asking in (node.host.post(GAME, ONE), node.host.look(GAME), node.host.watch(GAME, lambda _: None)):
        with pytest.raises(Moved):
            await asking
    with pytest.raises(Moved):
        await node.host.create(TALLY, GameId("other"), "X", [])
    assert not node.host.held(GAME)
    assert not node.host.takes_in
    assert await _ask_directly(fleet, node) == Failed("moved")


async def test_trust_is_counted_from_when_the_renewal_was_asked_for(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    node.line.troubles["renew"].append(Trouble.HELD_BACK)
    renewed = node.line.called["renew"]
    await fleet.until(lambda: node.line.called["renew"] > renewed)
    await fleet.pass_s(LEASE_TRUST_S - 1.2)
    node.line.refused = {"renew"}  # the next, which comes at once after one that took so long
    node.line.unstick()
    await loop_passes()
    assert node.host.held(GAME)

    await fleet.pass_s(1.3)

    assert not node.host.held(GAME)


async def test_a_node_thaws_when_it_could_renew(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    node.cut_store()
    await fleet.pass_s(LEASE_TRUST_S + 1)
    assert not node.host.held(GAME)

    node.mend_store()
    await fleet.pass_s(1)

    assert node.owner == "a.1"
    assert await node.host.post(GAME, ONE) == Acknowledged(6)
    assert node.held == 1


async def test_a_result_that_comes_late_is_not_told_before_the_node_found_out(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    told = await fleet.watch(node, GAME)
    node.line.troubles["commit"].append(Trouble.HELD_BACK)
    posting = start(node.host.post(GAME, ONE, player_id=ADA, command_id="c1"))
    await loop_passes()
    node.cut_store()
    await fleet.pass_s(LEASE_TRUST_S + 1)

    node.line.unstick()
    await fleet.pass_s(2)
    assert not posting.done() and told.seqs == []
    node.mend_store()
    await fleet.pass_s(2)

    assert await posting == Acknowledged(5)
    assert told.seqs == [5, 6], "and then the time that was lost is given back"


async def test_commands_that_wait_when_it_freezes_are_answered_when_it_thaws(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    node.line.troubles["commit"].append(Trouble.HELD_BACK)
    posting = [start(node.host.post(GAME, ONE, player_id=ADA, command_id=f"c{number}")) for number in range(3)]
    nodding = start(node.host.post(GAME, Nod()))
    await loop_passes()
    node.cut_store()
    await fleet.pass_s(LEASE_TRUST_S + 1)
    node.line.unstick()
    await fleet.pass_s(1)
    assert not any(each.done() for each in [*posting, nodding])

    node.mend_store()
    await fleet.pass_s(2)

    assert [await each for each in posting] == [Acknowledged(5), Acknowledged(7), Acknowledged(8)]
    assert isinstance(await nodding, Acknowledged)


async def test_a_node_that_was_claimed_from_while_it_was_silent_trusts_nothing_it_remembers(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    games = await fleet.open_games(first, 3)
    told = [await fleet.watch(first, game) for game in games]
    first.cut_store()
    second.line.refused = {"claim"}
    await fleet.pass_s(5.5)
    await fleet.store.ownership.claim(second.owner, tally_reads(1), 2)

    first.mend_store()
    await fleet.pass_s(1.1)
    second.line.refused = set()

    assert first.owner == "a.2"
    assert [each.ended for each in told] == [["moved"]] * 3
    assert [first.host.held(game) is not None for game in games] == [False, False, True]
    assert isinstance(await fleet.run(second.ask(games[2], ONE)), Acknowledged)
    assert isinstance(await fleet.run(first.ask(games[0], ONE)), Acknowledged)


async def test_a_renewal_that_took_too_long_does_not_thaw_by_itself(fleet: Fleet) -> None:
    """It was asked for in time, but the store did it after the lease had run out."""
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    told = await fleet.watch(first, GAME)
    await fleet.pass_s(0.5)
    first.line.troubles["renew"].append(Trouble.STUCK)
    await fleet.pass_s(2.5)
    await fleet.until(lambda: second.held == 1)
    await second.host.post(GAME, ONE)

    first.line.unstick()
    await loop_passes()
    reply = await _ask_directly(fleet, first)
    await fleet.pass_s(2)

    assert isinstance(reply, Failed) and reply.kind == "moved"

    assert (told.seqs, told.ended, first.held) == ([], ["moved"], 0)


async def test_a_node_that_was_declared_dead_drops_all_and_lives_again(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    told = await fleet.watch(first, GAME)
    first.cut_store()
    await fleet.until(lambda: second.held == 1)
    assert await second.ask(GAME, ONE) == Acknowledged(6)
    await fleet.store.nodes.declare_dead(first.owner)

    first.mend_store()
    await fleet.pass_s(1.5)

    assert first.owner == "a.2"
    assert (first.held, told.seqs, told.ended) == (0, [], ["moved"])
    assert not first.host.replaced.is_set()
    assert await fleet.run(first.ask(GAME, ONE)) == Acknowledged(7)
    assert first.held == 0


async def test_a_life_that_was_lost_is_followed_by_one_that_takes_over_and_is_given_sessions(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    first.cut_store()
    await fleet.until(lambda: second.held == 1)
    await fleet.store.nodes.declare_dead(first.owner)
    first.mend_store()
    await fleet.pass_s(2.5)
    assert first.owner == "a.2"

    assert await second.leave() == 1

    assert first.held == 1
    assert await fleet.run(first.ask(GAME, ONE)) == Acknowledged(6)
    assert first.came("memory") == 1


async def test_a_draining_life_is_followed_by_one_that_drains(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await fleet.run(first.host.drain())
    await fleet.store.nodes.declare_dead(first.owner)
    await fleet.pass_s(2.5)

    assert first.owner == "a.2"
    assert not first.host.takes_in
    assert [row.draining for row in await fleet.store.nodes.rows() if row.alive] == [True, False]
    assert second.host.takes_in


@pytest.mark.parametrize("faults", [1, 2, 3])
async def test_a_store_that_fails_while_a_node_lives_again_delays_that(fleet: Fleet, faults: int) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    await fleet.store.nodes.declare_dead(node.owner)
    node.line.troubles["rows"].extend([Trouble.BUSY] * faults)
    node.line.troubles["register"].extend([Trouble.BUSY] * faults)

    await fleet.pass_s(15)

    assert not node.host.replaced.is_set()
    assert [row.owner for row in await fleet.store.nodes.rows() if row.alive] == [node.owner]
    assert await fleet.run(node.ask(GAME, ONE)) == Acknowledged(6)


async def test_a_store_that_fails_right_after_the_registration_leaves_one_life(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    await fleet.store.nodes.declare_dead(node.owner)
    node.line.troubles["rows"].extend([None, Trouble.BUSY])  # type: ignore[list-item] - the first look is fine

    await fleet.pass_s(15)

    assert not node.host.replaced.is_set()
    assert await fleet.run(node.ask(GAME, ONE)) == Acknowledged(6)
    await fleet.pass_s(10)
    assert node.owner == "a.3"
    assert await fleet.run(node.ask(GAME, ONE)) == Acknowledged(7)


async def test_a_process_that_took_the_name_ends_this_one(fleet: Fleet) -> None:
    (first,) = await fleet.begin_all("a")
    await open_game(first.host)

    twin = await fleet.begin("a")
    await fleet.pass_s(2)

    assert first.host.replaced.is_set()
    with pytest.raises(NotRunning):
        await first.host.look(GAME)
    assert await fleet.run(twin.ask(GAME, ONE)) == Acknowledged(6)
    await first.kill()


async def test_after_an_outage_of_the_store_everybody_goes_on_with_what_they_held(fleet: Fleet) -> None:
    nodes = list[FleetNode]()
    for name in ("a", "b", "c"):
        nodes += await fleet.begin_all(name)
        await fleet.pass_s(0.23)
    games = [(await fleet.open_games(node, 3, 3 * number)) for number, node in enumerate(nodes)]
    for node in nodes:
        node.cut_store()
    await fleet.pass_s(12)

    for node in nodes:
        node.mend_store()
    await fleet.pass_s(5)

    assert [node.held for node in nodes] == [3, 3, 3]
    for node, its in zip(nodes, games, strict=True):
        assert {await fleet.owner_of(game) for game in its} == {node.owner}
        assert await node.host.post(its[0], ONE) == Acknowledged(6)
        credited = [entry.event for entry in await fleet.journal(its[0]) if isinstance(entry.event, Delayed)]
        assert [credit.why for credit in credited] == ["store_away"]
        assert 12_000 <= credited[0].ms <= 14_100


# --- pauses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("backwards", [False, True])
async def test_who_wakes_up_after_its_sessions_were_taken_says_nothing_stale(fleet: Fleet, backwards: bool) -> None:
    first, second, third = await fleet.begin_all("a", "b", "c")
    await open_game(first.host)
    told = await fleet.watch(first, GAME)
    first.pause()
    asked_meanwhile = start(_ask_directly(fleet, first))
    await fleet.until(lambda: second.held + third.held == 1)
    assert await fleet.run(third.ask(GAME, ONE)) == Acknowledged(6)
    await fleet.pass_s(40)

    await first.go_on(backwards=backwards)
    await fleet.pass_s(2)

    assert await asked_meanwhile == Failed("moved")
    assert (told.seqs, told.ended) == ([], ["moved"])
    assert first.held == 0
    assert (await fleet.run(first.see(GAME))).state.total == 1


@pytest.mark.parametrize("trouble", [None, Trouble.HELD_BACK, Trouble.LANDED, Trouble.LOST])
@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("passes", [0, 1, 2, 3, 5])
async def test_a_commit_under_way_when_a_node_is_paused_is_told_truly_or_not_at_all(
    fleet: Fleet, trouble: Trouble | None, backwards: bool, passes: int
) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    told = await fleet.watch(first, GAME)
    if trouble is not None:
        first.line.troubles["commit"].append(trouble)
    posting = start(first.host.post(GAME, ONE, player_id=ADA, command_id="c1"))
    await loop_passes(passes)
    first.pause()
    await fleet.until(lambda: second.held == 1)
    answer = await second.host.post(GAME, ONE, player_id=ADA, command_id="c1")
    assert isinstance(answer, Acknowledged)

    await first.go_on(backwards=backwards)
    first.line.unstick()
    await fleet.pass_s(3)

    assert posting.done()
    if posting.exception() is None:
        assert await posting == answer
    else:
        assert isinstance(posting.exception(), Moved | Busy)
    assert told.seqs in ([], [5])
    assert told.ended == ["moved"]
    assert (await second.host.look(GAME)).state.total == 1


@pytest.mark.parametrize("backwards", [False, True])
async def test_a_pause_shorter_than_the_trust_costs_nobody_anything(fleet: Fleet, backwards: bool) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    told = await fleet.watch(first, GAME)
    first.pause()
    asking = start(second.ask(GAME, ONE, ADA, "c1"))
    await fleet.pass_s(2.5)

    await first.go_on(backwards=backwards)
    await fleet.until(asking.done)

    assert await asking == Acknowledged(6)
    assert (await fleet.owner_of(GAME), told.seqs) == ("a.1", [5, 6]), "only its time is given back"


@pytest.mark.parametrize("backwards", [False, True])
async def test_after_a_pause_longer_than_the_trust_it_renews_before_it_speaks(fleet: Fleet, backwards: bool) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    node.pause()
    await fleet.pass_s(20)
    node.line.refused = {"renew"}

    await node.go_on(backwards=backwards)
    assert await _ask_directly(fleet, node) == Failed("moved")
    node.line.refused = set()
    await fleet.pass_s(1.1)

    assert node.owner == "a.1"
    assert isinstance(await node.host.post(GAME, ONE), Acknowledged)
    assert sum(entry.event.ms for entry in await fleet.journal(GAME) if isinstance(entry.event, Delayed)) >= 20_000


async def test_a_paused_node_that_wakes_up_in_the_middle_of_its_start_takes_nothing_that_is_anothers(
    fleet: Fleet,
) -> None:
    (first,) = await fleet.begin_all("a")
    games = await fleet.open_games(first, 3)
    await first.kill()
    late = await fleet.begin("b", ready=False)
    late.line.troubles["claim"].append(Trouble.HELD_BACK)
    starting = start(resume(late.host))
    await loop_passes()
    late.pause()
    await fleet.pass_s(6)
    third = await fleet.begin("c")
    assert third.held == 3
    for game in games:
        await third.ask(game, ONE)

    await late.go_on()
    late.line.unstick()
    await fleet.pass_s(3)

    assert starting.done()
    assert (await fleet.run(late.see(games[0]))).state.total == 1
    assert late.held == 0
    starting.exception()
