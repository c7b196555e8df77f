"""What a row says so that release 0.2.0, which has one game, lives beside others."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from clew.sessions.ids import Kind, NodeId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.node_records import NodeInfo
from clew.stores.kinds import read_reads
from clew.stores.postgres.store import open_postgres
from clew.stores.sqlite.store import open_data
from clew.testing.hand_clock import HandClock
from tests.kit.data import FILE_NAME, data_in
from tests.kit.postgres import new_database, run
from tests.kit.store_records import LEASE, NOW, loaded, made, part, register, snapshot
from tests.kit.stores import AnyStore

CHESS = Kind("chess")
VERSIONS = "SELECT game_id, kind, state_version FROM game_session_summaries ORDER BY 1"
NODES = "SELECT node_id, state_version_max, kinds FROM nodes ORDER BY 1"
OF_OLD = """
INSERT INTO game_session_summaries (game_id, join_code, game_status, latest_round, state_version, seq, snapshot_seq,
    owner, epoch, inserted_at, updated_at, game_state)
    VALUES ('old', 'OLD', 'lobby', 0, 3, 1, 1, NULL, 1, 5, 5, '{}')"""
NODE_OF_OLD = """
INSERT INTO nodes (node_id, incarnation, owner, address, release, state_version_max, roles, draining, renewed_at,
    lease_expires_at) VALUES ('old', 1, 'old.1', 'here', '0.2.0', 3, 'host', false, 1, 9000000000000)"""
CALLED_CHESS = "UPDATE game_session_summaries SET kind = 'chess'"

WANTED = [
    ("chess", "chess", 1_000_002),
    ("grown", "chess", 1_000_003),
    ("mine", "minotaur", 2),
]


async def fill(store: AnyStore) -> None:
    """Sessions of two games, and nodes that have one of them or both."""
    owner = await register(store, "mine")
    await made(store, "mine", owner, shot=snapshot(version=2))
    await made(store, "chess", owner, shot=snapshot(version=2), kind=CHESS)
    grown = await made(store, "grown", owner, shot=snapshot(version=2), kind=CHESS)
    await store.journal.commit([part(grown, "[2]", shot=snapshot(version=3))])
    for name, reads in (("both", {FIRST_KIND: 4, CHESS: 2}), ("chess", {CHESS: 2})):
        await store.nodes.register(NodeInfo(NodeId(name), "here", "1", reads), LEASE)


async def examine_old(store: AnyStore) -> None:
    """What the release before wrote, which names no kind."""
    (node,) = [row for row in await store.nodes.rows() if row.node_id == "old"]
    assert node.reads == {FIRST_KIND: 3}
    stored = await loaded(store, "old")
    assert (stored.kind, stored.state_version) == (FIRST_KIND, 3)
    assert await store.ownership.claim(await register(store, "heir"), {CHESS: 9}, 9) == []
    assert [row.game_id for row in await store.ownership.claim(await register(store, "heir"), {FIRST_KIND: 3}, 9)] == [
        "old"
    ]


async def test_rows_of_other_games_say_a_version_that_no_node_of_one_game_takes_in_sqlite(tmp_path: Path) -> None:
    with open_data(data_in(tmp_path), HandClock(NOW)) as store:
        await fill(store)

    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        assert connection.execute(VERSIONS).fetchall() == WANTED
        assert connection.execute(NODES).fetchall() == [
            ("both", 4, '{"chess":2,"minotaur":4}'),
            ("chess", -1, '{"chess":2}'),
            ("mine", 1, '{"minotaur":1}'),
        ]


async def test_rows_of_other_games_say_a_version_that_no_node_of_one_game_takes_in_postgres() -> None:
    async with new_database() as url:
        async with open_postgres(url) as store:
            await fill(store)

        assert await run(url, VERSIONS) == WANTED
        assert [row[:2] for row in await run(url, NODES)] == [("both", 4), ("chess", -1), ("mine", 1)]


async def test_what_names_no_kind_is_the_first_games_in_sqlite(tmp_path: Path) -> None:
    with open_data(data_in(tmp_path), HandClock(NOW)):
        pass
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute(OF_OLD)
        connection.execute(NODE_OF_OLD)

    with open_data(data_in(tmp_path), HandClock(NOW)) as store:
        await examine_old(store)


async def test_what_names_no_kind_is_the_first_games_in_postgres() -> None:
    async with new_database() as url:
        await run(url, OF_OLD)
        await run(url, NODE_OF_OLD)

        async with open_postgres(url, HandClock(NOW)) as store:
            await examine_old(store)


async def examine_first(store: AnyStore) -> None:
    """One that the column calls another game's, by a version which only the first has."""
    assert (await loaded(store, "old")).kind == FIRST_KIND
    heir = await register(store, "heir")
    assert await store.ownership.count_claimable(heir, None) == {FIRST_KIND: 1}
    assert await store.ownership.claim(heir, {CHESS: 9}, 9) == []
    assert [(row.game_id, row.kind) for row in await store.ownership.claim(heir, {FIRST_KIND: 3}, 9)] == [
        ("old", FIRST_KIND)
    ]


async def test_what_has_a_version_of_the_first_game_is_of_that_whatever_the_column_says_in_sqlite(
    tmp_path: Path,
) -> None:
    with open_data(data_in(tmp_path), HandClock(NOW)):
        pass
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection, connection:
        connection.execute(OF_OLD)
        connection.execute(CALLED_CHESS)

    with open_data(data_in(tmp_path), HandClock(NOW)) as store:
        await examine_first(store)


async def test_what_has_a_version_of_the_first_game_is_of_that_whatever_the_column_says_in_postgres() -> None:
    async with new_database() as url:
        await run(url, OF_OLD)
        await run(url, CALLED_CHESS)

        async with open_postgres(url, HandClock(NOW)) as store:
            await examine_first(store)


@pytest.mark.parametrize("kinds", ["", None])
def test_who_says_nothing_has_the_first_game(kinds: str | None) -> None:
    assert read_reads(3, kinds) == {FIRST_KIND: 3}
