"""A compacted game moves like any other: as entries, which older releases read too."""

import io
from pathlib import Path

import msgspec
import pytest

from clew.sessions.faults import Unreadable
from clew.sessions.ids import GameId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.records import Compacted, StoredEntry
from clew.stores.folder import DataFolder
from clew.stores.moving.format import MovedCounts
from clew.stores.moving.moving import export_session_to, export_to, import_from
from clew.stores.postgres.store import PostgresStore, open_postgres
from clew.stores.sqlite.store import SqliteStore, open_data
from clew.testing.hand_clock import HandClock
from tests.kit.data import FILE_NAME, data_in
from tests.kit.postgres import new_database
from tests.kit.sqlite_file import change
from tests.kit.store_records import NOW, loaded, made, part, register, snapshot

GAME = GameId("over")
EXPORTED = NOW + 60_000


async def leave_compacted(store: SqliteStore | PostgresStore) -> list[StoredEntry]:
    """A game that is over and compacted, beside one that goes on."""
    owner = await register(store)
    await made(store, "over", owner, '{"a":"é"}')
    await store.journal.commit([part(await loaded(store, "over"), *(f"[{number}]" for number in range(1_100)))])
    await store.journal.commit(
        [part(await loaded(store, "over"), "[2]", now=NOW + 9, shot=snapshot("{}", "concluded"))]
    )
    await made(store, "open", owner)
    journal = list(await store.journal.entries(GAME, 0, 10_000))
    assert isinstance(await store.archives.compact(GAME), Compacted)
    return journal


async def is_as_it_was(store: SqliteStore | PostgresStore, journal: list[StoredEntry]) -> None:
    assert await store.journal.entries(GAME, 0, 10_000) == journal
    assert await store.archives.compactable(FIRST_KIND, EXPORTED, 10) == [GAME], "it may be compacted anew"
    assert isinstance(await store.archives.compact(GAME), Compacted)
    assert await store.journal.entries(GAME, 0, 10_000) == journal


async def test_compacted_games_move_both_ways_and_are_compacted_anew(tmp_path: Path) -> None:
    with open_data(data_in(tmp_path / "one"), HandClock(NOW)) as store:
        journal = await leave_compacted(store)

    async with new_database() as url:
        moved = await move(data_in(tmp_path / "one"), url)
        async with open_postgres(url, HandClock(EXPORTED)) as there:
            await is_as_it_was(there, journal)
        moved_back = await move(url, data_in(tmp_path / "two"))

    with open_data(data_in(tmp_path / "two"), HandClock(EXPORTED)) as back:
        await is_as_it_was(back, journal)
    assert moved == moved_back
    assert (moved.sessions, moved.entries) == (2, len(journal) + 1)


async def test_an_export_is_the_same_before_and_after(tmp_path: Path) -> None:
    with open_data(data_in(tmp_path), HandClock(NOW)) as store:
        await leave_compacted(store)
    compacted = await exported(tmp_path)
    await move(data_in(tmp_path), data_in(tmp_path / "two"))

    as_entries = await exported(tmp_path / "two")

    kinds = {msgspec.json.decode(line)["type"] for line in compacted.splitlines()}
    assert kinds == {"minotaur-export", "session", "entry", "end"}
    assert entry_lines(compacted) == entry_lines(as_entries)


async def test_a_journal_that_cannot_be_read_moves_as_it_is_and_holds_up_no_other(tmp_path: Path) -> None:
    with open_data(data_in(tmp_path / "one"), HandClock(NOW)) as store:
        await leave_compacted(store)
    change(tmp_path / "one" / FILE_NAME, "UPDATE game_archives SET body = substr(body, 1, 40)")

    async with new_database() as url:
        moved = await move(data_in(tmp_path / "one"), url)
        async with open_postgres(url, HandClock(EXPORTED)) as there:
            await cannot_be_read(there)
            assert (await there.journal.entries(GameId("open"), 0, 10))[0].seq == 1
        moved_back = await move(url, data_in(tmp_path / "two"))

    with open_data(data_in(tmp_path / "two"), HandClock(EXPORTED)) as back:
        await cannot_be_read(back)
    assert moved == moved_back
    assert (moved.sessions, moved.entries, moved.records) == (2, 1, 1)


async def test_a_game_whose_journal_cannot_be_read_goes_into_a_bug_report(tmp_path: Path) -> None:
    with open_data(data_in(tmp_path / "one"), HandClock(NOW)) as store:
        await leave_compacted(store)
    change(tmp_path / "one" / FILE_NAME, "UPDATE game_archives SET entries = 4")
    file = io.BytesIO()

    moved = await export_session_to(file, "minotaur", data_in(tmp_path / "one"), GAME, EXPORTED)

    assert (moved.sessions, moved.entries, moved.records) == (1, 0, 1)
    file.seek(0)
    assert await import_from(file, data_in(tmp_path / "two")) == moved
    with open_data(data_in(tmp_path / "two"), HandClock(EXPORTED)) as back:
        await cannot_be_read(back)


async def cannot_be_read(store: SqliteStore | PostgresStore) -> None:
    with pytest.raises(Unreadable, match="journal: its record is damaged"):
        await store.journal.entries(GAME, 0, 10)


def entry_lines(export: bytes) -> list[bytes]:
    return [line for line in export.splitlines() if b'"type":"entry"' in line]


async def exported(source: Path) -> bytes:
    file = io.BytesIO()
    await export_to(file, "minotaur", data_in(source), EXPORTED)
    return file.getvalue()


async def move(source: DataFolder | str, target: DataFolder | str) -> MovedCounts:
    file = io.BytesIO()
    written = await export_to(file, "minotaur", source, EXPORTED)
    file.seek(0)
    read = await import_from(file, target)
    assert read == written
    return read
