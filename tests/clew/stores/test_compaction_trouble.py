"""Compaction where the database holds what it should not, or fails half way: nothing of a journal is ever lost."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from clew.sessions.faults import Unreadable
from clew.sessions.ids import GameId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.records import LeftAsEntries
from clew.stores.postgres.store import PostgresStore, open_postgres
from clew.stores.sqlite.store import SqliteStore, open_data
from clew.testing.hand_clock import HandClock
from tests.kit import sqlite_file
from tests.kit.data import FILE_NAME, data_in
from tests.kit.postgres import new_database, run
from tests.kit.store_records import NOW, loaded, made, part, register, snapshot

GAME = GameId("g1")
IN_THE_WAY = "INSERT INTO game_archives (game_id, entries, format, compacted_at, body) VALUES ('g1', 1, 1, 1, {blob})"


class Opened:
    """A store with a closed session, and a way past it into its database."""

    def __init__(
        self, store: SqliteStore | PostgresStore, ask: Callable[[str], Awaitable[list[tuple[Any, ...]]]]
    ) -> None:
        self.store = store
        self.ask = ask

    async def counted(self) -> tuple[int, int, str]:
        """Rows of the journal, records, and how the session's row says that it is kept."""
        ((entries,),) = await self.ask("SELECT count(*) FROM game_events WHERE game_id = 'g1'")
        ((records,),) = await self.ask("SELECT count(*) FROM game_archives")
        ((kept,),) = await self.ask("SELECT journal_kept FROM game_session_summaries WHERE game_id = 'g1'")
        return entries, records, kept


@pytest.fixture(params=["sqlite", "postgres"])
async def opened(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Opened]:
    async with _OPEN[request.param](tmp_path) as found:
        row = await made(found.store, "g1", await register(found.store), "[1]", "[2]", "[3]")
        await found.store.journal.commit([part(row, "[4]", shot=snapshot("{}", "concluded"))])
        yield found


@asynccontextmanager
async def _open_sqlite(folder: Path) -> AsyncGenerator[Opened]:
    async def ask(statement: str) -> list[tuple[Any, ...]]:
        if statement.startswith("SELECT"):
            return sqlite_file.ask(folder / FILE_NAME, statement)
        sqlite_file.change(folder / FILE_NAME, statement.format(blob="x'00'"))
        return []

    with open_data(data_in(folder), HandClock(NOW)) as store:
        yield Opened(store, ask)


@asynccontextmanager
async def _open_postgres(_: Path) -> AsyncGenerator[Opened]:
    async with new_database() as url, open_postgres(url, HandClock(NOW)) as store:
        yield Opened(store, lambda statement: run(url, statement.format(blob="'x'")))


_OPEN = {"sqlite": _open_sqlite, "postgres": _open_postgres}


async def test_a_journal_with_a_gap_stays_as_it_is_and_does_not_come_again(opened: Opened) -> None:
    await opened.ask("DELETE FROM game_events WHERE seq = 2")

    assert await opened.store.archives.compactable(FIRST_KIND, NOW + 1, 10) == [GAME]
    assert await opened.store.archives.compact(GAME) == LeftAsEntries("the journal has no entry 2")

    assert await opened.store.archives.compactable(FIRST_KIND, NOW + 1, 10) == []
    assert await opened.store.archives.compact(GAME) is None
    assert await opened.counted() == (3, 0, "odd")
    assert [entry.seq for entry in await opened.store.journal.entries(GAME, 0, 10)] == [1, 3, 4]


async def test_a_journal_without_entries_stays_as_it_is(opened: Opened) -> None:
    await opened.ask("DELETE FROM game_events")

    assert await opened.store.archives.compact(GAME) == LeftAsEntries("the journal has no entry 1")
    assert await opened.counted() == (0, 0, "odd")


async def test_what_fails_half_way_leaves_everything_as_it_was(opened: Opened) -> None:
    before = await opened.store.journal.load(GAME)
    await opened.ask(IN_THE_WAY)

    with pytest.raises(Exception, match=r"(?i)unique"):
        await opened.store.archives.compact(GAME)

    assert await opened.counted() == (4, 1, "entries")
    await opened.ask("DELETE FROM game_archives")
    assert await opened.store.journal.load(GAME) == before
    assert [entry.body for entry in await opened.store.journal.entries(GAME, 0, 10)] == [b"[1]", b"[2]", b"[3]", b"[4]"]


async def test_entries_that_vanish_meanwhile_are_noticed_and_nothing_is_replaced(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    _meanwhile(opened, monkeypatch, "DELETE FROM game_events WHERE seq = 2")

    with pytest.raises(AssertionError, match="changed though its session is closed"):
        await opened.store.archives.compact(GAME)

    assert await opened.counted() == (3, 0, "entries")


async def test_a_session_that_grew_meanwhile_is_left_alone(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    _meanwhile(opened, monkeypatch, "UPDATE game_session_summaries SET seq = 5, snapshot_seq = 5")

    assert await opened.store.archives.compact(GAME) is None

    assert await opened.counted() == (4, 0, "entries")


async def test_a_damaged_record_is_a_fault_and_no_empty_journal(opened: Opened) -> None:
    await opened.store.archives.compact(GAME)
    assert await opened.counted() == (0, 1, "archive")
    await opened.ask("UPDATE game_archives SET body = substr(body, 1, 50)")

    with pytest.raises(Unreadable, match="damaged"):
        await opened.store.journal.entries(GAME, 0, 10)

    with pytest.raises(Unreadable, match="damaged"):
        await opened.store.archives.expand(GAME)
    assert await opened.counted() == (0, 1, "archive")
    assert (await loaded(opened.store, "g1")).seq == 4


def _meanwhile(opened: Opened, monkeypatch: pytest.MonkeyPatch, statement: str) -> None:
    """Have this done between the reading of a journal and its replacement."""

    async def first_that(work: Callable[..., Any], *args: Any) -> Any:
        await opened.ask(statement)
        return work(*args)

    monkeypatch.setattr("asyncio.to_thread", first_that)
