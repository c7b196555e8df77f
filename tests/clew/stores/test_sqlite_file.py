"""What is particular to a SQLite file: its durability, its locks, and the ways a disk says no."""

import asyncio
import sqlite3
from collections.abc import Generator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from clew.sessions.faults import Busy, OutcomeUnknown
from clew.sessions.ids import GameId
from clew.sessions.records import Creation, Verdict
from clew.stores.sqlite import connection as sqlite_connection
from clew.stores.sqlite.rows import ROWS_MAX, write_rows
from clew.stores.sqlite.store import SqliteStore, open_data
from clew.testing.hand_clock import HandClock
from tests.kit.data import FILE_NAME, data_in
from tests.kit.store_records import bodies, loaded, made, new_session, part, register, snapshot


@pytest.fixture
def store(tmp_path: Path) -> Generator[SqliteStore]:
    with open_data(data_in(tmp_path), HandClock()) as opened:
        yield opened


async def test_commits_are_flushed_to_disk_before_they_return(store: SqliteStore) -> None:
    def modes(connection: sqlite3.Connection) -> list[object]:
        return [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]

    assert await store.connections.writer.read(modes) == ["wal", 2]


async def test_what_was_committed_is_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    with open_data(data_in(tmp_path), HandClock()) as store:
        await store.journal.commit([part(await made(store, "g1", await register(store)), "[2]")])

    with open_data(data_in(tmp_path), HandClock()) as store:
        assert await bodies(store, "g1") == ['{"v":1,"event":"opened"}', "[2]"]


async def test_a_copy_of_the_files_taken_at_any_commit_holds_it(tmp_path: Path, store: SqliteStore) -> None:
    """What a power cut leaves: the files as they are, with nobody to tidy them up."""
    row = await made(store, "g1", await register(store))
    for number in range(2, 12):
        await store.journal.commit([part(row, f"[{number}]", after=number - 1)])
        with open_data(data_in(_copied(tmp_path, number)), HandClock()) as found:
            assert (await loaded(found, "g1")).seq == number
            assert (await bodies(found, "g1"))[-1] == f"[{number}]"


async def test_a_file_that_another_process_has_locked_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_connection, "LOCK_WAIT_MS", 1)
    with open_data(data_in(tmp_path), HandClock()) as store:
        row = await made(store, "g1", await register(store))
        with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")

            with pytest.raises(Busy, match="locked"):
                await store.journal.commit([part(row, "[2]")])
            with pytest.raises(Busy, match="locked"):
                await store.journal.probe()
            assert (await loaded(store, "g1")).seq == 1
            other.execute("ROLLBACK")

        await store.journal.probe()
        assert await store.journal.commit([part(row, "[2]")]) == [Verdict.COMMITTED]


async def test_a_full_disk_is_busy_and_nothing_of_the_batch_stays(store: SqliteStore) -> None:
    owner = await register(store)
    rows = [await made(store, f"g{number}", owner) for number in range(3)]
    big = '"' + "x" * 2_000_000 + '"'

    def limit_pages(more: int, connection: sqlite3.Connection) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0] + more
        connection.execute(f"PRAGMA max_page_count = {pages}")

    await store.connections.writer.read(partial(limit_pages, 10))
    with pytest.raises(Busy, match="full"):
        await store.journal.commit([part(row, "[2]", big) for row in rows])
    assert [(await loaded(store, row.game_id)).seq for row in rows] == [1, 1, 1]

    await store.connections.writer.read(partial(limit_pages, 1_000_000))
    assert await store.journal.commit([part(row, "[2]", big) for row in rows]) == [Verdict.COMMITTED] * 3


async def test_a_commit_that_fails_with_its_transaction_gone_is_of_unknown_outcome(store: SqliteStore) -> None:
    row = await made(store, "g1", await register(store))

    def pull_the_rug(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE game_session_summaries SET seq = 9")
        connection.execute("ROLLBACK")

    with pytest.raises(OutcomeUnknown):
        await store.connections.writer.write(pull_the_rug)

    assert await loaded(store, "g1") == row


async def test_an_error_in_the_middle_rolls_everything_back(store: SqliteStore) -> None:
    owner = await register(store)
    row = await made(store, "g1", owner, shot=snapshot(p1="ada alive"))
    clashing = snapshot("{}", "active", 2, p1="ada alive", p2="ada alive")

    with pytest.raises(sqlite3.IntegrityError):
        await store.journal.commit([part(row, "[2]", shot=clashing)])

    assert await loaded(store, "g1") == row
    assert await store.journal.create([new_session("g2", owner)]) == [Creation.CREATED]


async def test_reads_and_writes_go_on_side_by_side(store: SqliteStore) -> None:
    row = await made(store, "g1", await register(store))

    async def write() -> None:
        for number in range(1, 40):
            await store.journal.commit([part(row, f"[{number}]", after=number)])

    async def read() -> list[int]:
        seqs = [(await store.journal.load(GameId("g1"))) for _ in range(40)]
        return [found.seq for found in seqs if found is not None and found.seq == 1 + len(found.tail)]

    _, seqs = await asyncio.gather(write(), read())

    assert len(seqs) == 40, "a read saw a row without its journal"
    assert seqs == sorted(seqs)


def _copied(folder: Path, number: int) -> Path:
    copy = folder / f"copy-{number}"
    copy.mkdir()
    for file in folder.glob(f"{FILE_NAME}*"):
        (copy / file.name).write_bytes(file.read_bytes())
    return copy


@pytest.mark.parametrize("rows", [0, 1, 2, 3, ROWS_MAX - 1, ROWS_MAX, ROWS_MAX + 1, 3 * ROWS_MAX + 5])
def test_any_number_of_rows_is_written_and_counted(rows: int) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (a, b)")

        changed = write_rows(
            connection,
            "INSERT INTO t SELECT * FROM",
            "WHERE column1 IS NOT NULL",
            [(number, None) for number in range(rows)],
        )

        assert changed == rows
        assert connection.execute("SELECT count(*), count(DISTINCT a), count(b) FROM t").fetchone() == (rows, rows, 0)
