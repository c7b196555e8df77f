"""All sessions of a store tried out: each once, the closed ones by a sample, and the store is as it was."""

from dataclasses import replace

import pytest

from clew.operators.upgrade_check import Report, Tally, try_all
from clew.sessions.bounds import LEAF_PAGE_MAX
from clew.sessions.ids import GameId, Owner
from clew.sessions.records import Mark, StoredPage, StoredStatus, Verdict
from clew.sessions.session.bodies import write_snapshot
from clew.testing.hand_clock import HandClock
from clew.testing.memory.listings import MemoryListings
from clew.testing.memory.store import MemoryStore, memory_store
from minotaur.play.kind import KIND
from minotaur.play.operated import OperatedMinotaur
from minotaur.rules.settings import classic
from tests.kit.store_records import NOW, loaded, made, new_session, part, register, snapshot
from tests.play.driving import Table
from tests.play.stored import CODEC, new_table, played, written

GAMES = {KIND: OperatedMinotaur()}


@pytest.fixture
def store() -> MemoryStore:
    return memory_store(HandClock(NOW))


async def check(store: MemoryStore, closed: int = 10) -> Report:
    return await try_all(GAMES, store, closed, lambda _done, _total: None)


async def keep(store: MemoryStore, owner: Owner, *games: str, course: str = "begun", now: int = NOW) -> None:
    """Games that were begun, or played to their end, or are lobbies still."""
    for game in games:
        table = Table.laid(classic(2), game=game)
        table.now = now
        if course != "lobby":
            table.start(1)
        if course == "over":
            table.play_out()
            table.now = now
        await store.journal.create([new_table(table, owner, f"code-{game}")])


async def test_the_sessions_are_counted_by_their_state_version(store: MemoryStore) -> None:
    owner = await register(store)
    await keep(store, owner, "g1", "g2")
    await keep(store, owner, "g3", course="lobby")
    await keep(store, owner, "g4", course="over")
    await made(store, "g5", owner, shot=snapshot("{}", "active", version=CODEC.state_version))
    await made(store, "g6", owner, shot=snapshot("{}", "active", version=CODEC.state_version + 1))
    await made(store, "g7", owner)
    await store.ownership.quarantine(GameId("g7"), owner, "broken", NOW)

    report = await check(store)

    version = CODEC.state_version
    assert report.tallies == (
        Tally(KIND, version, is_open=True, fine=3, failing=0, unreadable=1, newer=0),
        Tally(KIND, version, is_open=False, fine=1, failing=0, unreadable=0, newer=0),
        Tally(KIND, version + 1, is_open=True, fine=0, failing=0, unreadable=0, newer=1),
    )
    assert [(finding.game_id, finding.verdict) for finding in report.findings] == [
        ("g5", "unreadable"),
        ("g6", "newer"),
    ]
    assert (report.closed, report.quarantined, report.fine) == (1, 1, False)


async def test_an_empty_store_is_fine(store: MemoryStore) -> None:
    report = await check(store)

    assert report.fine
    assert report.tallies == ()


async def test_those_out_of_service_alone_do_not_stand_in_the_way(store: MemoryStore) -> None:
    owner = await register(store)
    await made(store, "g1", owner)
    await store.ownership.quarantine(GameId("g1"), owner, "broken", NOW)

    report = await check(store)

    assert (report.fine, report.quarantined) == (True, 1)


async def test_the_progress_ends_with_all_of_them_done(store: MemoryStore) -> None:
    owner = await register(store)
    await keep(store, owner, "g1", "g2", course="lobby")
    await keep(store, owner, *(f"h{number}" for number in range(5)), course="over")
    told = list[tuple[int, int]]()

    await try_all(GAMES, store, 3, lambda done, total: told.append((done, total)))

    assert told == [(number, 5) for number in range(1, 6)]


async def test_more_than_a_page_of_sessions_are_all_tried(store: MemoryStore) -> None:
    owner = await register(store)
    for number in range(LEAF_PAGE_MAX + 1):
        await store.journal.create([new_session(f"g{number}", owner)])

    report = await check(store)

    assert report.tallies[0].unreadable == LEAF_PAGE_MAX + 1


async def test_the_sample_of_closed_ones_is_spread_over_all_the_time_there_is(store: MemoryStore) -> None:
    owner = await register(store)
    for number in range(100):
        await store.journal.create(
            [new_session(f"g{number}", owner, now=NOW + number, shot=snapshot("{}", "canceled"))]
        )

    report = await check(store, closed=5)

    assert [finding.game_id for finding in report.findings] == ["g0", "g24", "g49", "g74", "g99"]
    assert report.closed == 100
    assert (await check(store, closed=0)).tallies == ()
    assert len((await check(store, closed=1)).findings) == 1
    assert len((await check(store, closed=1_000)).findings) == 100


async def test_each_closed_status_has_its_share_and_one_at_least(store: MemoryStore) -> None:
    owner = await register(store)
    for number in range(50):
        status: StoredStatus = "canceled" if number == 7 else "concluded"
        await store.journal.create([new_session(f"g{number}", owner, now=NOW + number, shot=snapshot("{}", status))])

    report = await check(store, closed=10)

    statuses = [finding.game_status for finding in report.findings]
    assert (statuses.count("concluded"), statuses.count("canceled")) == (9, 1)


async def test_many_that_were_closed_in_one_moment_are_still_as_many_as_were_asked_for(store: MemoryStore) -> None:
    owner = await register(store)
    for number in range(30):
        at = NOW if number < 29 else NOW + 1_000_000
        await store.journal.create([new_session(f"g{number}", owner, now=at, shot=snapshot("{}", "canceled"))])

    report = await check(store, closed=10)

    games = {finding.game_id for finding in report.findings}
    assert len(games) == len(report.findings) == 10
    assert {"g0", "g29"} <= games


class Lively(MemoryListings):
    """One of its lobbies is begun by a node as soon as somebody has seen it."""

    def __init__(self, store: MemoryStore, table: Table) -> None:
        super().__init__(store.kept)
        self._store = store
        self._table = table

    async def leaf(self, status: StoredStatus, after: Mark, limit: int) -> StoredPage:
        page = await super().leaf(status, after, limit)
        if self._table.match.status == "lobby":
            self._table.start(1)
            stored = await loaded(self._store, self._table.match.game_id)
            entries = [entry.body.decode() for entry in written(self._table.journal[stored.seq :])]
            shot = write_snapshot(CODEC, played(self._table.journal))
            assert await self._store.journal.commit([part(stored, *entries, shot=shot)]) == [Verdict.COMMITTED]
        return page


async def test_a_lobby_that_is_begun_meanwhile_is_tried_once() -> None:
    table = Table.laid(classic(2), game="g1")
    plain = memory_store(HandClock(NOW))
    store = replace(plain, listings=Lively(plain, table))
    await store.journal.create([new_table(table, await register(store), "code-1")])

    report = await check(store)

    assert (await loaded(store, "g1")).game_status == "active"
    assert (report.fine, report.tallies[0].fine) == (True, 1)
