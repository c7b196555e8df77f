"""Who holds what, in SQLite. Each function runs inside its caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from sqlite3 import Connection

from minotaur.sessions.ids import GameId, Millis, NodeId, Owner
from minotaur.sessions.records import NodeInfo, Stored, StoredEntry
from minotaur.stores.sqlite_sessions import STORED

_HELD_BY_NOBODY = (
    "game_status IN ('lobby', 'active') AND (owner IS NULL OR owner <> :owner AND owner NOT IN"
    " (SELECT node_id || '.' || max(incarnation) FROM nodes GROUP BY node_id HAVING lease_expires_at > :now))"
)
"""The latest life of a node whose lease has not run out is alive; so is the asker. (A bare column beside ``max`` is
taken from the row of the maximum: SQLite, "Bare columns in an aggregate query".)"""


def count_claimable(owner: Owner, now: Millis, connection: Connection) -> int:
    """``Store.count_claimable``."""
    (count,) = connection.execute(
        f"SELECT count(*) FROM game_session_summaries WHERE {_HELD_BY_NOBODY}",  # noqa: S608 - constants
        {"owner": owner, "now": now},
    ).fetchone()
    return count


def claim(owner: Owner, now: Millis, limit: int, only: GameId | None, connection: Connection) -> list[Stored]:
    """``Store.claim``."""
    ids = [
        row[0]
        for row in connection.execute(
            f"SELECT id FROM game_session_summaries WHERE {_HELD_BY_NOBODY}"  # noqa: S608 - constants
            " AND (:only IS NULL OR game_id = :only) LIMIT :limit",
            {"owner": owner, "now": now, "only": only, "limit": limit},
        )
    ]
    these = f"id IN ({','.join(map(str, ids))})"
    connection.execute(
        "UPDATE game_session_summaries AS s SET owner = ?, epoch = epoch + 1, unowned_since = coalesce(unowned_since,"  # noqa: S608 - row ids
        f" (SELECT renewed_at FROM nodes WHERE node_id || '.' || incarnation = s.owner), ?) WHERE {these}",
        (owner, now),
    )
    tails = _tails(these, connection)
    rows = connection.execute(f"SELECT {STORED} FROM game_session_summaries WHERE {these}").fetchall()  # noqa: S608 - row ids
    return [Stored(*row, tail=tuple(tails[row[0]])) for row in rows]


def refence(game_id: GameId, owner: Owner, epoch: int, connection: Connection) -> bool:
    """``Store.refence``."""
    changed = connection.execute(
        "UPDATE game_session_summaries SET epoch = epoch + 1 WHERE game_id = ? AND owner = ? AND epoch = ?",
        (game_id, owner, epoch),
    )
    return changed.rowcount == 1


def release(owner: Owner, now: Millis, connection: Connection) -> int:
    """``Store.release``."""
    released = connection.execute(
        "UPDATE game_session_summaries SET owner = NULL, epoch = epoch + 1,"
        " unowned_since = coalesce(unowned_since, ?) WHERE owner = ? AND game_status IN ('lobby', 'active')",
        (now, owner),
    )
    return released.rowcount


def register(node: NodeInfo, now: Millis, lease_expires_at: Millis, connection: Connection) -> Owner:
    """``Store.register``; earlier lives that hold nothing any more are swept away."""
    (incarnation,) = connection.execute(
        "SELECT coalesce(max(incarnation), 0) + 1 FROM nodes WHERE node_id = ?", (node.node_id,)
    ).fetchone()
    connection.execute(
        "INSERT INTO nodes (node_id, incarnation, address, release, state_version_max, roles, draining, renewed_at,"
        " lease_expires_at) VALUES (?, ?, ?, ?, ?, ?, false, ?, ?)",
        (
            node.node_id,
            incarnation,
            node.address,
            node.release,
            node.state_version_max,
            ",".join(node.roles),
            now,
            lease_expires_at,
        ),
    )
    connection.execute(
        "DELETE FROM nodes WHERE node_id = ? AND incarnation < ? AND node_id || '.' || incarnation NOT IN"
        " (SELECT owner FROM game_session_summaries WHERE game_status IN ('lobby', 'active') AND owner IS NOT NULL)",
        (node.node_id, incarnation),
    )
    return Owner(f"{node.node_id}.{incarnation}")


def renew(owner: Owner, now: Millis, lease_expires_at: Millis, connection: Connection) -> bool:
    """``Store.renew``. A retired life's lease is over for good."""
    node_id, incarnation = _life(owner)
    renewed = connection.execute(
        "UPDATE nodes SET renewed_at = ?, lease_expires_at = ? WHERE node_id = ? AND incarnation = ?"
        " AND lease_expires_at > 0 AND incarnation = (SELECT max(incarnation) FROM nodes WHERE node_id = ?)",
        (now, lease_expires_at, node_id, incarnation, node_id),
    )
    return renewed.rowcount == 1


def retire(owner: Owner, now: Millis, connection: Connection) -> None:
    """``Store.retire``: the lease of a retired life ran out at 0, for good."""
    node_id, incarnation = _life(owner)
    connection.execute(
        "UPDATE nodes SET renewed_at = ?, lease_expires_at = 0"
        " WHERE node_id = ? AND incarnation = ? AND lease_expires_at > 0",
        (now, node_id, incarnation),
    )


def _life(owner: Owner) -> tuple[NodeId, int]:
    node_id, _, incarnation = owner.rpartition(".")
    return NodeId(node_id), int(incarnation)


def _tails(these: str, connection: Connection) -> dict[GameId, list[StoredEntry]]:
    tails = defaultdict[GameId, list[StoredEntry]](list)
    rows: Sequence[tuple[GameId, int, int, int, bytes]] = connection.execute(
        "SELECT e.game_id, e.seq, e.epoch, e.recorded_at, CAST(e.event AS BLOB) FROM game_session_summaries AS s"  # noqa: S608 - row ids
        f" JOIN game_events AS e ON e.game_id = s.game_id AND e.seq > s.snapshot_seq WHERE s.{these}"
        " ORDER BY e.game_id, e.seq"
    ).fetchall()
    for game_id, *entry in rows:
        tails[game_id].append(StoredEntry(*entry))
    return tails
