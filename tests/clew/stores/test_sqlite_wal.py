"""The write-ahead log of a SQLite file stays bounded; where a reader holds it, it is said, and cut back afterwards."""

import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from clew.sessions.records import Verdict
from clew.stores.bounds import WAL_CUT_EVERY_S
from clew.stores.metrics import WalMetrics
from clew.stores.sqlite import wal as sqlite_wal
from clew.stores.sqlite.connection import LOCK_WAIT_MS, WAL_PAGES
from clew.stores.sqlite.store import SqliteStore, open_data
from clew.stores.sqlite.wal import WalKeeper
from clew.testing.hand_clock import HandClock
from tests.kit.data import FILE_NAME, data_in
from tests.kit.store_records import made, part, register

LARGE = 2_000_000
SMALL = 400_000
PAGE = 4096
BIG = '"' + "x" * 100_000 + '"'


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def store(tmp_path: Path, clock: HandClock) -> Generator[SqliteStore]:
    with open_data(data_in(tmp_path), clock) as opened:
        yield opened


@pytest.fixture
def keeper(store: SqliteStore, registry: CollectorRegistry, monkeypatch: pytest.MonkeyPatch) -> WalKeeper:
    monkeypatch.setattr(sqlite_wal, "WAL_WARN_BYTES", LARGE)
    return store.connections.wal_keeper(WalMetrics(registry))


async def test_a_reader_that_holds_the_log_is_told_of_once_and_at_each_doubling_and_the_log_cut_once_it_is_gone(
    store: SqliteStore, keeper: WalKeeper, tmp_path: Path, registry: CollectorRegistry
) -> None:
    log = tmp_path / f"{FILE_NAME}-wal"
    row = await made(store, "g1", await register(store))
    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as reader, capture_logs() as logged:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM game_events").fetchone()
        for number in range(2, 82):
            assert await store.journal.commit([part(row, BIG, after=number - 1)]) == [Verdict.COMMITTED]
            await keeper.look()
        held = log.stat().st_size
        results = counted(registry)
        reader.execute("COMMIT")

        await keeper.look()
        assert log.stat().st_size == 0, "cut back"
        await store.journal.commit([part(row, "[0]", after=81)])
        await keeper.look()

    assert held > 3 * LARGE
    assert [entry["event"] for entry in logged] == ["wal_large"] * told_times(held) + ["wal_small_again"]
    assert all("end who reads" in entry["what_to_do"] for entry in logged[:-1])
    assert results == {"pinned": results["pinned"]} and results["pinned"] > 10
    assert counted(registry)["cut"] == 1
    assert registry.get_sample_value("clew_wal_bytes") == log.stat().st_size


async def test_the_writer_waits_for_a_lock_as_long_as_before_once_it_has_cut_the_log(
    store: SqliteStore, keeper: WalKeeper, tmp_path: Path
) -> None:
    row = await made(store, "g1", await register(store))
    for number in range(2, 32):
        await store.journal.commit([part(row, BIG, after=number - 1)])

    await keeper.look()

    assert (tmp_path / f"{FILE_NAME}-wal").stat().st_size == 0
    assert (
        await store.connections.writer.read(lambda db: db.execute("PRAGMA busy_timeout").fetchone()[0]) == LOCK_WAIT_MS
    )


async def test_the_log_is_cut_no_oftener_than_every_so_often(
    store: SqliteStore, keeper: WalKeeper, clock: HandClock, registry: CollectorRegistry
) -> None:
    row = await made(store, "g1", await register(store))
    number = 1

    async def grow() -> None:
        nonlocal number
        for _ in range(30):
            await store.journal.commit([part(row, BIG, after=number)])
            number += 1
        await keeper.look()

    await grow()
    await grow()
    assert counted(registry) == {"cut": 1, "busy": 1}
    await clock.advance(WAL_CUT_EVERY_S)
    await keeper.look()

    assert counted(registry) == {"cut": 2, "busy": 1}


async def test_a_log_that_nobody_holds_is_emptied_by_the_commits_and_cut_to_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clew.stores.sqlite.connection.WAL_PAGES", 50)
    monkeypatch.setattr("clew.stores.sqlite.connection.WAL_KEPT_BYTES", SMALL)
    with open_data(data_in(tmp_path), HandClock()) as store:
        row = await made(store, "g1", await register(store))
        with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM game_events").fetchone()
            for number in range(2, 42):
                await store.journal.commit([part(row, BIG, after=number - 1)])
            assert (tmp_path / f"{FILE_NAME}-wal").stat().st_size > 10 * SMALL

        for number in range(42, 46):
            await store.journal.commit([part(row, "[0]", after=number - 1)])

        assert (tmp_path / f"{FILE_NAME}-wal").stat().st_size <= SMALL


def test_a_log_of_ordinary_size_is_far_from_a_warning() -> None:
    assert 2 * WAL_PAGES * PAGE < sqlite_wal.WAL_WARN_BYTES


def counted(registry: CollectorRegistry) -> dict[str, float]:
    results = ("cut", "pinned", "busy", "failed")
    found = {each: registry.get_sample_value("clew_wal_checkpoints_total", {"result": each}) for each in results}
    return {each: count for each, count in found.items() if count}


def told_times(size: int) -> int:
    """One when it is large, one each time it has doubled since."""
    times, at = 0, LARGE
    while at <= size:
        times, at = times + 1, 2 * at
    return times
