"""The file under a store is taken away, replaced or damaged while it is open: from then on nothing is promised."""

import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path

import pytest

from clew.sessions.faults import NeedsOperator, OutcomeUnknown
from clew.sessions.records import Verdict
from clew.stores.sqlite.store import SqliteStore, open_data
from clew.testing.hand_clock import HandClock
from tests.kit.data import FILE_NAME, data_in
from tests.kit.store_records import made, part, register

PAGE = 4096
WAL = f"{FILE_NAME}-wal"


@pytest.fixture
def store(tmp_path: Path) -> Generator[SqliteStore]:
    with open_data(data_in(tmp_path), HandClock()) as opened:
        yield opened


def removed(folder: Path) -> None:
    (folder / FILE_NAME).unlink()


def moved(folder: Path) -> None:
    (folder / FILE_NAME).rename(folder / "elsewhere.db")


def replaced_by_a_copy(folder: Path) -> None:
    (folder / "copy").write_bytes((folder / FILE_NAME).read_bytes())
    (folder / "copy").replace(folder / FILE_NAME)


def emptied(folder: Path) -> None:
    (folder / FILE_NAME).write_bytes(b"")


def wal_removed(folder: Path) -> None:
    (folder / WAL).unlink()


def shm_removed(folder: Path) -> None:
    (folder / f"{FILE_NAME}-shm").unlink()


def folder_moved(folder: Path) -> None:
    folder.rename(folder.with_name("folder-elsewhere"))


@pytest.mark.parametrize(
    "happen", [removed, moved, replaced_by_a_copy, emptied, wal_removed, shm_removed, folder_moved]
)
async def test_nothing_is_promised_on_a_file_that_is_not_there_any_more(
    tmp_path: Path, happen: Callable[[Path], None]
) -> None:
    folder = tmp_path / "data"
    with open_data(data_in(folder), HandClock()) as store:
        row = await made(store, "g1", await register(store))
        assert await store.journal.commit([part(row, "[2]")]) == [Verdict.COMMITTED]

        happen(folder)

        with pytest.raises(NeedsOperator, match="is not the file that was opened") as refused:
            await store.journal.commit([part(row, "[3]", after=2)])
        assert "move the very files back" in refused.value.advice
        assert store.health.broken is not None


async def test_a_file_that_was_moved_back_is_the_same_and_play_goes_on(store: SqliteStore, tmp_path: Path) -> None:
    row = await made(store, "g1", await register(store))
    moved(tmp_path)
    with pytest.raises(NeedsOperator):
        await store.journal.commit([part(row, "[2]")])

    (tmp_path / "elsewhere.db").rename(tmp_path / FILE_NAME)

    assert await store.journal.commit([part(row, "[2]")]) == [Verdict.COMMITTED]
    assert store.health.fault is None


async def test_a_file_that_goes_while_a_commit_is_written_leaves_its_outcome_unknown(
    store: SqliteStore, tmp_path: Path
) -> None:
    await made(store, "g1", await register(store))

    def write(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE game_session_summaries SET latest_round = 7")
        removed(tmp_path)

    with pytest.raises(OutcomeUnknown, match="is not the file that was opened"):
        await store.connections.writer.write(write)


async def test_a_store_that_met_damage_is_not_believed_again_though_other_pages_can_be_written(
    store: SqliteStore, tmp_path: Path
) -> None:
    row = await made(store, "g1", await register(store))
    assert await store.journal.commit([part(row, "[2]")]) == [Verdict.COMMITTED]
    damage_journal(tmp_path)

    with pytest.raises(NeedsOperator, match="malformed") as met:
        await store.journal.entries(row.game_id, 0, 100)
    with pytest.raises(NeedsOperator, match="malformed"):
        await register(store)

    assert "restore the latest backup" in met.value.advice
    assert store.health.broken is not None


async def test_a_store_that_something_else_wrote_to_is_not_believed_again_though_what_is_left_can_be_written(
    store: SqliteStore, tmp_path: Path
) -> None:
    owner = await register(store)
    before = await made(store, "g1", owner)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as another, another:
        another.execute("DROP TABLE sign_ins")

    with pytest.raises(NeedsOperator, match="no such table: sign_ins"):
        await store.users.signed_in(b"token", 0)
    with pytest.raises(NeedsOperator, match="no such table: sign_ins"):
        await store.journal.commit([part(before, "[2]")])

    assert store.health.broken is not None


def damage_journal(folder: Path) -> None:
    """Whoever opens it next finds the pages of the journal full of nonsense, and all others as they were."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as other:
        other.execute("PRAGMA wal_checkpoint(PASSIVE)")
        pages = [page for (page,) in other.execute("SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'game_events'")]
    assert pages
    with (folder / FILE_NAME).open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(b"\xde\xad\xbe\xef" * (PAGE // 4))
