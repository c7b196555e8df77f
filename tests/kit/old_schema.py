"""A database as an earlier release left it, with rows in it."""

import sqlalchemy as sa

from clew.sessions.ids import GameId, NodeId, UserId
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.records import Verdict
from clew.stores.schema.migrating import bring_to
from tests.kit.store_records import loaded, part, reads, register
from tests.kit.stores import AnyStore

OLD_ROWS = """
INSERT INTO users VALUES ('ada', 'Ada', 1000);
INSERT INTO nodes
    (node_id, incarnation, address, release, state_version_max, roles, draining, renewed_at, lease_expires_at) VALUES
    ('a', 1, 'here', '0.1.0', 1, 'host,gateway', false, 5000, 10000),
    ('a', 2, 'here', '0.1.0', 1, 'host,gateway', false, 6000, 11000);
INSERT INTO game_session_summaries
    (game_id, join_code, game_status, latest_round, state_version, seq, snapshot_seq, owner, epoch, wake_at,
    unowned_since, quarantine_reason, inserted_at, updated_at, game_state) VALUES
    ('held', 'A', 'active', 3, 1, 2, 1, 'a.1', 4, 7000, NULL, NULL, 1000, 2000, '[1]'),
    ('lobby', 'B', 'quarantined', 0, 1, 1, 1, 'a.2', 1, NULL, NULL, 'broken', 1001, 2000, '[1]'),
    ('played', 'C', 'quarantined', 5, 1, 1, 1, 'a.2', 1, NULL, NULL, 'broken', 1002, 2000, '[1]'),
    ('over', 'D', 'concluded', 9, 1, 1, 1, 'a.1', 1, NULL, NULL, NULL, 1003, 2000, '[1]');
INSERT INTO player_game_session_summaries
    (game_session_id, user_id, player_id, player_status, inserted_at, updated_at)
    SELECT id, 'ada', 'p1', 'alive', 1000, 1000 FROM game_session_summaries;
INSERT INTO game_events VALUES
    ('held', 1, 1, 1000, '[1]'), ('held', 2, 4, 2000, '[2]'), ('lobby', 1, 1, 1000, '[1]'),
    ('played', 1, 1, 1000, '[1]'), ('over', 1, 1, 1000, '[1]')
"""
"""What revision 0001 could hold: an open session of a life that was followed, two out of service, one closed."""


def leave_old(connection: sa.Connection) -> None:
    """Make the first release's tables, and rows in each."""
    bring_to(connection, "0001")
    for statement in OLD_ROWS.split(";"):
        connection.exec_driver_sql(statement)


async def examine_what_was_migrated(store: AnyStore) -> None:
    """The old rows are there and go on as they would have; the store's clock shows 7000."""
    heir = await register(store, "b")
    lives = {row.owner: row.alive for row in await store.nodes.rows()}
    assert lives == {"a.1": False, "a.2": True, heir: True}

    (claimed,) = await store.ownership.claim(heir, reads(1), 10)
    assert (claimed.game_id, claimed.epoch, claimed.unowned_since, claimed.asleep) == ("held", 5, 5000, False)
    assert [entry.body for entry in claimed.tail] == [b"[2]"]
    assert await store.journal.commit([part(claimed, "[3]")]) == [Verdict.COMMITTED]

    for game, status in (("lobby", "lobby"), ("played", "active")):
        assert await store.ownership.put_back(GameId(game))
        assert (await loaded(store, game)).game_status == status
    assert not await store.ownership.put_back(GameId("over"))
    assert len((await store.listings.sessions_of([FIRST_KIND], UserId("ada"), [], None, 10)).items) == 4
    assert await store.nodes.ask_drain(NodeId("a"))
