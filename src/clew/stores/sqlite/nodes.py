"""The lives of nodes in SQLite. Each function runs inside its caller's transaction.

A life is over, for good, when its lease ran out at 0: it retired, was declared dead, or a later one registered.
"""

from __future__ import annotations

from sqlite3 import Connection

from clew.sessions.ids import Millis, NodeId, Owner
from clew.sessions.node_records import Beat, NodeInfo, NodeRow, Renewal
from clew.stores.bounds import ENDED_LISTED_MS, FOUND_DEAD_WITHIN_MS
from clew.stores.kinds import written_reads
from clew.stores.node_row import node_row

_HOLDS = (
    "(SELECT 1 FROM game_session_summaries AS s WHERE s.owner = nodes.owner AND game_status IN ('lobby', 'active'))"
)


def register(node: NodeInfo, now: Millis, lease_ms: int, heard_at: Millis | None, connection: Connection) -> Owner:
    """``Store.register``. Its number is above those of all lives of this node, and of all that were forgotten.

    ``heard_at``: when whoever held the file last could write to it, which is later than their last beat.
    """
    (incarnation,) = connection.execute(
        "SELECT max((SELECT coalesce(max(incarnation), 0) FROM nodes WHERE node_id = ?),"
        " (SELECT coalesce(max(incarnation), 0) FROM forgotten_nodes)) + 1",
        (node.node_id,),
    ).fetchone()
    owner = Owner(f"{node.node_id}.{incarnation}")
    if heard_at is not None and heard_at <= now:
        connection.execute("UPDATE nodes SET renewed_at = max(renewed_at, ?) WHERE lease_expires_at > 0", (heard_at,))
    state_version_max, kinds = written_reads(node.reads)
    connection.execute("UPDATE nodes SET lease_expires_at = 0 WHERE node_id = ?", (node.node_id,))
    connection.execute(
        "INSERT INTO nodes (node_id, incarnation, owner, address, release, state_version_max, roles, draining, ready,"
        " sessions, renewed_at, lease_expires_at, key_print, kinds)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, false, false, 0, ?, ?, ?, ?)",
        (
            node.node_id,
            incarnation,
            owner,
            node.address,
            node.release,
            state_version_max,
            ",".join(node.roles),
            now,
            now + lease_ms,
            node.key_print,
            kinds,
        ),
    )
    return owner


def renew(owner: Owner, now: Millis, lease_ms: int, beat: Beat, connection: Connection) -> Renewal | None:
    """``Store.renew``. A drain that was asked for stays asked for."""
    before = connection.execute("SELECT renewed_at FROM nodes WHERE owner = ?", (owner,)).fetchone()
    row = connection.execute(
        "UPDATE nodes SET renewed_at = ?, lease_expires_at = ?, ready = ?, draining = draining OR ?, sessions = ?,"
        " unfit = ?, clock_offset_ms = ? WHERE owner = ? AND lease_expires_at > 0 RETURNING draining",
        (now, now + lease_ms, beat.ready, beat.draining, beat.sessions, beat.unfit, beat.clock_offset_ms, owner),
    ).fetchone()
    if row is None:
        return None
    (held,) = connection.execute(
        "SELECT count(*) FROM game_session_summaries"
        " WHERE owner = ? AND game_status IN ('lobby', 'active') AND NOT asleep",
        (owner,),
    ).fetchone()
    return Renewal(bool(row[0]), held, now, before[0])


def retire(owner: Owner, now: Millis, connection: Connection) -> None:
    """``Store.retire``."""
    connection.execute(
        "UPDATE nodes SET renewed_at = ?, lease_expires_at = 0 WHERE owner = ? AND lease_expires_at > 0", (now, owner)
    )


def declare_dead(owner: Owner, now: Millis, connection: Connection) -> bool:
    """``Store.declare_dead``."""
    ended = connection.execute(
        "UPDATE nodes SET lease_expires_at = 0,"
        " renewed_at = CASE WHEN renewed_at > :now - :within THEN max(renewed_at, :now) ELSE renewed_at END"
        " WHERE owner = :owner AND lease_expires_at > 0",
        {"owner": owner, "now": now, "within": FOUND_DEAD_WITHIN_MS},
    )
    return ended.rowcount == 1


def nodes(now: Millis, connection: Connection) -> list[NodeRow]:
    """``Store.nodes``."""
    rows = connection.execute(
        "SELECT owner, node_id, address, release, state_version_max, roles, lease_expires_at > :now, ready, draining,"
        " sessions, :now - renewed_at, lease_expires_at = 0, unfit, key_print, clock_offset_ms, kinds FROM nodes"
        f" WHERE lease_expires_at > :now OR renewed_at > :ended OR EXISTS {_HOLDS}"
        " ORDER BY node_id, incarnation",
        {"now": now, "ended": now - ENDED_LISTED_MS},
    )
    return [node_row(row) for row in rows]


def forget(now: Millis, limit: int, connection: Connection) -> int:
    """``Store.forget_nodes``."""
    struck = connection.execute(
        "DELETE FROM nodes WHERE owner IN (SELECT owner FROM nodes WHERE lease_expires_at <= ? AND renewed_at <= ?"
        f" AND NOT EXISTS {_HOLDS} ORDER BY renewed_at LIMIT ?) RETURNING incarnation",
        (now, now - ENDED_LISTED_MS, limit),
    ).fetchall()
    if struck:
        connection.execute(
            "INSERT INTO forgotten_nodes (id, incarnation) VALUES (1, ?)"
            " ON CONFLICT (id) DO UPDATE SET incarnation = max(incarnation, excluded.incarnation)",
            max(struck),
        )
    return len(struck)


def ask_drain(node_id: NodeId, now: Millis, connection: Connection) -> bool:
    """``Operators.ask_drain``."""
    asked = connection.execute(
        "UPDATE nodes SET draining = true WHERE node_id = ? AND lease_expires_at > ?", (node_id, now)
    )
    return asked.rowcount > 0
