"""Who begins a transaction of the SQLite store ends it: the statements in between never do."""

import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest

from clew.sessions.records import Verdict
from clew.stores.sqlite.journal import SomeFenced, commit
from clew.stores.sqlite.store import SqliteStore, open_data
from clew.testing.hand_clock import HandClock
from tests.kit.data import FILE_NAME, data_in
from tests.kit.store_records import loaded, made, part, register


@pytest.fixture
def store(tmp_path: Path) -> Generator[SqliteStore]:
    with open_data(data_in(tmp_path), HandClock()) as opened:
        yield opened


async def test_a_fenced_part_leaves_the_transaction_to_whoever_began_it(store: SqliteStore, tmp_path: Path) -> None:
    owner = await register(store)
    mine, lost = await made(store, "g1", owner), await made(store, "g2", owner)

    with closing(sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE game_session_summaries SET latest_round = 9 WHERE game_id = 'g1'")
        with pytest.raises(SomeFenced):
            commit([part(mine, "[2]"), part(lost, "[2]", epoch=7)], connection)
        began_by_the_caller = connection.in_transaction
        connection.execute("COMMIT")

    assert began_by_the_caller
    assert (await loaded(store, "g1")).latest_round == 9, "what the caller did before is still the caller's to keep"


async def test_what_was_undone_for_a_fenced_part_is_written_once(store: SqliteStore) -> None:
    owner = await register(store)
    mine, lost = await made(store, "g1", owner), await made(store, "g2", owner)

    verdicts = await store.journal.commit([part(mine, "[2]"), part(lost, "[2]", epoch=7)])

    assert verdicts == [Verdict.COMMITTED, Verdict.FENCED]
    assert [(await loaded(store, game_id)).seq for game_id in ("g1", "g2")] == [2, 1]
    assert store.health.fault is None, "a fence is an answer, no fault"
