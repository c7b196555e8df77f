"""The ways that a node seldom goes: what it says of sessions that it can't run, and what it does alone."""

from dataclasses import replace
from typing import Any, cast

import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from clew.sessions import routing
from clew.sessions.bounds import DEADLINE_SLICE, USERS_EVERY_S
from clew.sessions.cluster.messages import Answered, Ask, Failed, encoder, replies
from clew.sessions.faults import Busy, Crashed, Moved, NeedsOperator, NotRunning, Quarantined
from clew.sessions.games import games_of
from clew.sessions.ids import GameId, Owner, UserId
from clew.sessions.metrics import Metrics
from clew.sessions.node import claiming
from clew.sessions.policy import Forgettable, Policy
from clew.sessions.ports.users import Forgotten, Idle
from clew.sessions.records import Acknowledged, Answer
from clew.sessions.routing import Router
from clew.sessions.store_health import StoreHealth
from clew.testing.faults.damage import spoil
from clew.testing.faults.store import Trouble
from clew.testing.hand_clock import HandClock, loop_passes, start
from clew.testing.hosts.life import host_of
from clew.testing.memory.store import MemoryStore
from tests.kit.fleet import GATEWAY, ONE, Fleet
from tests.kit.hosting import GAME, TALLY, Life, living, open_game, tally
from tests.kit.tally import Call, Delayed

# --- a node that is alone ----------------------------------------------------------------------------------------


def router(store: MemoryStore, clock: HandClock, life: Life) -> Router:
    return Router(cast("Any", life.host), store.ownership, clock, Metrics(CollectorRegistry()), None)


def never_there(_: Owner) -> bytes:
    raise AssertionError("alone nobody else is asked")


def never_said(_: bytes) -> Answer:
    raise AssertionError("alone nobody else answers")


async def test_alone_all_is_asked_and_made_here(memory: MemoryStore, clock: HandClock, life: Life) -> None:
    alone = router(memory, clock, life)

    async def make() -> None:
        await open_game(life.host)

    async def ask() -> Answer:
        return await life.host.post(GAME, ONE)

    await alone.make(TALLY, make, lambda: b"", lambda _: None)

    assert await alone.ask(GAME, ask, never_there, never_said) == Acknowledged(5)


async def test_alone_a_fault_of_the_only_node_is_the_answer(memory: MemoryStore, clock: HandClock, life: Life) -> None:
    alone = router(memory, clock, life)
    await life.stop()

    async def ask() -> Answer:
        return await life.host.post(GAME, ONE)

    with pytest.raises(NotRunning):
        await alone.ask(GAME, ask, never_there, never_said)


async def test_alone_a_node_drains_by_keeping_what_it_has(life: Life) -> None:
    await open_game(life.host)

    assert await life.host.drain() == 0
    assert await life.host.post(GAME, ONE) == Acknowledged(5)


async def test_before_it_runs_a_host_has_no_name_cares_for_nothing_and_knows_nobody(
    memory: MemoryStore, clock: HandClock
) -> None:
    host = host_of(games_of(tally()), memory, clock)

    with pytest.raises(NotRunning):
        _ = host.owner
    assert not host.takes_care
    assert not host.has_elsewhere
    with pytest.raises(Busy):
        host.is_watched(GAME)


async def test_who_is_ready_and_alone_takes_care_of_all(memory: MemoryStore, clock: HandClock) -> None:
    async with living(memory, clock) as life:
        assert not life.host.takes_care
        await life.host.resume_active_sessions(lambda _: None)
        assert life.host.takes_care


async def test_a_session_is_watched_while_anybody_watches_it(life: Life) -> None:
    assert not life.host.is_watched(GAME)
    await open_game(life.host)
    assert not life.host.is_watched(GAME)

    watch = await life.host.watch(GAME, lambda _: None)
    assert life.host.is_watched(GAME)
    watch.close()

    assert not life.host.is_watched(GAME)


# --- a journal asked for by who does not hold it -----------------------------------------------------------------


async def test_a_journal_is_read_wherever_it_is_asked_for_and_of_nothing_there_is_none(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)

    assert await second.host.journal(GAME, 0, 100) == await first.host.journal(GAME, 0, 100) != []
    assert await second.host.journal(GameId("never"), 0, 100) == []


async def test_a_journal_with_an_entry_that_cannot_be_read_is_quarantined_and_with_a_newer_one_waits(
    fleet: Fleet,
) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    entries = fleet.store.kept.rows[GAME].entries
    whole = entries[1]

    for body, fault in ((b"spoiled", Quarantined), (whole.body.replace(b'"v":1', b'"v":9'), Busy)):
        entries[1] = type(whole)(whole.seq, whole.epoch, whole.recorded_at, body)
        with pytest.raises(fault):
            await node.host.journal(GAME, 0, 100)
    entries[1] = whole


# --- sessions that can't be read ---------------------------------------------------------------------------------


async def test_who_reaches_for_a_session_of_the_dead_that_cannot_be_read_is_told_so(slow_fleet: Fleet) -> None:
    first, second = await slow_fleet.begin_all("a", "b")
    games = await slow_fleet.open_games(first, 2)
    spoil(slow_fleet.store, games[0])
    owner = first.owner
    await first.kill()
    await slow_fleet.store.nodes.declare_dead(owner)

    with pytest.raises(Quarantined):
        await slow_fleet.run(second.host.post(games[0], ONE))

    assert isinstance(await slow_fleet.run(second.host.post(games[1], ONE)), Acknowledged)


async def test_a_closed_session_that_cannot_be_read_is_said_and_left_as_it_is(fleet: Fleet) -> None:
    first, second = await fleet.begin_all("a", "b")
    await open_game(first.host)
    await first.host.post(GAME, Call())
    spoil(fleet.store, GAME)

    with capture_logs() as lines, pytest.raises(Quarantined):
        await second.host.look(GAME)

    assert [line["game_id"] for line in lines if line["event"] == "closed_session_unreadable"] == [GAME]
    assert (await fleet.stored(GAME)).game_status == "concluded"


async def test_what_is_put_aside_one_by_one_holds_up_no_start(
    memory: MemoryStore, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    games = [GameId(f"g{number}") for number in range(3)]
    async with living(memory, clock) as life:
        for game in games:
            await open_game(life.host, game)
        await life.stop()
    for game in games:
        row = memory.kept.rows[game]
        row.stored = replace(row.stored, state=b"spoiled")
    monkeypatch.setattr(claiming, "CLAIM_BATCH", 1)

    async with living(memory, clock, "node-b") as life:
        resumed = await life.host.resume_active_sessions(lambda _: None)
        assert (resumed.sessions, len(resumed.quarantined)) == (0, 1)
        await clock.advance(0.1)

    for game in games:
        stored = await memory.journal.load(game)
        assert stored is not None and stored.game_status == "quarantined"


# --- what breaks -------------------------------------------------------------------------------------------------


async def test_a_creation_that_breaks_the_store_is_a_crash_and_the_next_is_made(life: Life) -> None:
    life.store.broken_calls = {"create"}
    with pytest.raises(Crashed):
        await open_game(life.host)

    life.store.broken_calls = set()
    await open_game(life.host)

    assert await life.host.post(GAME, ONE) == Acknowledged(5)


async def test_a_store_that_breaks_whoever_asks_it_patiently_is_logged_once_and_asked_again(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    await open_game(node.host)
    session: Any = await node.host.reach(GAME)

    with capture_logs() as lines:
        node.faults.broken_calls = {"load"}
        session.doubt()
        await fleet.pass_s(5)
        node.faults.broken_calls = set()

    assert len([line for line in lines if line["event"] == "store_broke"]) == 1
    assert await fleet.run(node.ask(GAME, ONE)) == Acknowledged(5)


async def test_who_waits_for_a_broken_store_hears_of_it_and_not_of_one_that_may_pass() -> None:
    health = StoreHealth(lambda: 0.0)
    waiting = start(health.wait_broken())
    await loop_passes()

    health.failed(Busy("it is away"))
    await loop_passes()
    assert not waiting.done()
    broken = NeedsOperator("no room", "make some")
    health.failed(broken)

    assert await waiting is broken


async def test_time_that_was_lost_is_given_back_to_many_in_slices(fleet: Fleet) -> None:
    (node,) = await fleet.begin_all("a")
    games = await fleet.open_games(node, 3 * DEADLINE_SLICE)

    node.pause()
    await fleet.pass_s(3)
    await node.go_on()
    await fleet.pass_s(1)

    given = [
        [entry.event.why for entry in await fleet.journal(game) if isinstance(entry.event, Delayed)] for game in games
    ]
    assert given == [["paused"]] * len(games)


# --- asking others -----------------------------------------------------------------------------------------------


async def test_who_holds_no_sessions_sends_away_who_asks_it_for_one(fleet: Fleet) -> None:
    await fleet.begin_all("a")
    gateway = await fleet.begin("g", roles=GATEWAY)

    question = encoder.encode(Ask(GAME, fleet.errands.question(lambda host: host.look(GAME))))
    answer = replies.decode(await fleet.run(fleet.bus.request(gateway.owner, question, 1)))

    assert answer == Failed("moved")
    assert not isinstance(answer, Answered)


async def test_of_so_many_owners_the_one_not_asked_for_longest_is_forgotten(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routing, "ROUTES_MAX", 2)
    owner, other = await fleet.begin_all("a", "b")
    games = await fleet.open_games(owner, 3)
    for game in (games[0], games[1], games[0], games[2]):
        await other.ask(game, ONE)
    asked = other.line.called["holding"]

    await other.ask(games[0], ONE)
    assert other.line.called["holding"] == asked
    await other.ask(games[1], ONE)

    assert other.line.called["holding"] == asked + 1


async def test_the_store_says_who_may_answer_for_a_session(fleet: Fleet) -> None:
    owner, other = await fleet.begin_all("a", "b")
    await open_game(owner.host)
    asked = other.router

    assert [await asked.confirms(GAME, who.owner) for who in (owner, other)] == [True, False]
    assert not await asked.confirms(GameId("never"), owner.owner)
    await owner.host.post(GAME, Call())
    assert await asked.confirms(GAME, other.owner), "what is closed is read by anybody"


async def test_an_owner_that_is_doubted_is_asked_of_the_store(fleet: Fleet) -> None:
    owner, other = await fleet.begin_all("a", "b")
    await open_game(owner.host)
    await other.ask(GAME, ONE)
    asked = other.line.called["holding"]

    other.router.doubt(GAME)
    await other.ask(GAME, ONE)

    assert other.line.called["holding"] == asked + 1


async def test_a_session_that_others_claimed_first_is_elsewhere(slow_fleet: Fleet) -> None:
    first, second, third = await slow_fleet.begin_all("a", "b", "c")
    await open_game(first.host)
    owner = first.owner
    await first.kill()
    await slow_fleet.store.nodes.declare_dead(owner)
    second.line.troubles["claim"].append(Trouble.STUCK)
    asking = start(second.host.post(GAME, ONE))
    await loop_passes()
    assert isinstance(await slow_fleet.run(third.host.post(GAME, ONE)), Acknowledged)

    second.line.unstick()
    await slow_fleet.until(asking.done)

    with pytest.raises(Moved):
        await asking


# --- what one does for all ---------------------------------------------------------------------------------------


class Broken:
    """Users, on a day when looking at them breaks."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.looks = 0

    async def forget_idle(self, idle: Idle, after: UserId | None, limit: int) -> Forgotten:
        self.looks += 1
        if self.looks == 1:
            raise ArithmeticError("told to break")
        return await self._store.users.forget_idle(idle, after, limit)


async def test_a_bug_in_what_one_node_does_for_all_is_logged_and_it_looks_again(fleet: Fleet) -> None:
    users = Broken(fleet.store)
    (node,) = await fleet.begin_all("a", policy=Policy(forgettable=Forgettable(cast("Any", users), 1, 1)))

    with capture_logs() as lines:
        await fleet.pass_s(2 * USERS_EVERY_S)

    assert users.looks >= 2
    assert [line["work"] for line in lines if line["event"] == "caretaking_broke"] == ["forget"]
    assert node.counted("clew_store_faults_total", fault="forget") == 1
