"""The lives of nodes in SQLite.

A life is over, for good, when its lease ran out at 0: it retired, was declared dead, or a later one registered.
"""

from __future__ import annotations

from clew.sessions.ids import Millis, NodeId, Owner
from clew.sessions.node_records import Beat, NodeInfo, NodeRow, Renewal
from clew.stores.bounds import ENDED_LISTED_MS, FOUND_DEAD_WITHIN_MS
from clew.stores.kinds import written_reads
from clew.stores.node_row import node_row
from clew.stores.sqlite.work import SqlitePart, Transaction, reading, writing

_HOLDS = (
    "(SELECT 1 FROM game_session_summaries AS s WHERE s.owner = nodes.owner AND game_status IN ('lobby', 'active'))"
)

COUNT_AWAKE = (
    "SELECT count(*) FROM game_session_summaries"
    " WHERE owner = ? AND game_status IN ('lobby', 'active') AND asleep = false"
)
"""Equal to false, and not merely not true: so a beat counts in the index, past all that sleep."""


class SqliteNodes(SqlitePart):
    """``NodeRegister`` in SQLite."""

    async def register(self, node: NodeInfo, lease_ms: int) -> Owner:
        sign = self.connections.sign
        return await self._register(node, lease_ms, None if sign is None else sign.last)

    @writing
    def _register(self, inside: Transaction, node: NodeInfo, lease_ms: int, heard_at: Millis | None) -> Owner:
        """Its number is above those of all lives of this node, and of all that were forgotten.

        ``heard_at``: when whoever held the file last could write to it, which is later than their last beat.
        """
        (incarnation,) = inside.connection.execute(
            "SELECT max((SELECT coalesce(max(incarnation), 0) FROM nodes WHERE node_id = ?),"
            " (SELECT coalesce(max(incarnation), 0) FROM forgotten_nodes)) + 1",
            (node.node_id,),
        ).fetchone()
        owner = Owner(f"{node.node_id}.{incarnation}")
        if heard_at is not None and heard_at <= inside.now:
            inside.connection.execute(
                "UPDATE nodes SET renewed_at = max(renewed_at, ?) WHERE lease_expires_at > 0", (heard_at,)
            )
        state_version_max, kinds = written_reads(node.reads)
        inside.connection.execute("UPDATE nodes SET lease_expires_at = 0 WHERE node_id = ?", (node.node_id,))
        inside.connection.execute(
            "INSERT INTO nodes (node_id, incarnation, owner, address, release, state_version_max, roles, draining,"
            " ready, sessions, renewed_at, lease_expires_at, key_print, kinds)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, false, false, 0, ?, ?, ?, ?)",
            (
                node.node_id,
                incarnation,
                owner,
                node.address,
                node.release,
                state_version_max,
                ",".join(node.roles),
                inside.now,
                inside.now + lease_ms,
                node.key_print,
                kinds,
            ),
        )
        return owner

    @writing
    def renew(self, inside: Transaction, owner: Owner, lease_ms: int, beat: Beat) -> Renewal | None:
        """A drain that was asked for stays asked for."""
        before = inside.connection.execute("SELECT renewed_at FROM nodes WHERE owner = ?", (owner,)).fetchone()
        row = inside.connection.execute(
            "UPDATE nodes SET renewed_at = ?, lease_expires_at = ?, ready = ?, draining = draining OR ?, sessions = ?,"
            " unfit = ?, clock_offset_ms = ? WHERE owner = ? AND lease_expires_at > 0 RETURNING draining",
            (
                inside.now,
                inside.now + lease_ms,
                beat.ready,
                beat.draining,
                beat.sessions,
                beat.unfit,
                beat.clock_offset_ms,
                owner,
            ),
        ).fetchone()
        if row is None:
            return None
        (held,) = inside.connection.execute(COUNT_AWAKE, (owner,)).fetchone()
        return Renewal(bool(row[0]), held, inside.now, before[0])

    async def say_alive(self, owner: Owner, since: Millis) -> None:
        """Seen anew, and noted beside the database: there is one such life at a time, and who follows asks for it."""
        del owner, since
        await self.connections.writer.probe()

    @writing
    def retire(self, inside: Transaction, owner: Owner) -> None:
        inside.connection.execute(
            "UPDATE nodes SET renewed_at = ?, lease_expires_at = 0 WHERE owner = ? AND lease_expires_at > 0",
            (inside.now, owner),
        )

    @writing
    def declare_dead(self, inside: Transaction, owner: Owner) -> bool:
        ended = inside.connection.execute(
            "UPDATE nodes SET lease_expires_at = 0,"
            " renewed_at = CASE WHEN renewed_at > :now - :within THEN max(renewed_at, :now) ELSE renewed_at END"
            " WHERE owner = :owner AND lease_expires_at > 0",
            {"owner": owner, "now": inside.now, "within": FOUND_DEAD_WITHIN_MS},
        )
        return ended.rowcount == 1

    @reading
    def rows(self, inside: Transaction) -> list[NodeRow]:
        rows = inside.connection.execute(
            "SELECT owner, node_id, address, release, state_version_max, roles, lease_expires_at > :now, ready,"
            " draining, sessions, :now - renewed_at, lease_expires_at = 0, unfit, key_print, clock_offset_ms, kinds"
            f" FROM nodes WHERE lease_expires_at > :now OR renewed_at > :ended OR EXISTS {_HOLDS}"
            " ORDER BY node_id, incarnation",
            {"now": inside.now, "ended": inside.now - ENDED_LISTED_MS},
        )
        return [node_row(row) for row in rows]

    @writing
    def forget(self, inside: Transaction, limit: int) -> int:
        struck = inside.connection.execute(
            "DELETE FROM nodes WHERE owner IN (SELECT owner FROM nodes WHERE lease_expires_at <= ? AND renewed_at <= ?"
            f" AND NOT EXISTS {_HOLDS} ORDER BY renewed_at LIMIT ?) RETURNING incarnation",
            (inside.now, inside.now - ENDED_LISTED_MS, limit),
        ).fetchall()
        if struck:
            inside.connection.execute(
                "INSERT INTO forgotten_nodes (id, incarnation) VALUES (1, ?)"
                " ON CONFLICT (id) DO UPDATE SET incarnation = max(incarnation, excluded.incarnation)",
                max(struck),
            )
        return len(struck)

    @writing
    def ask_drain(self, inside: Transaction, node_id: NodeId) -> bool:
        asked = inside.connection.execute(
            "UPDATE nodes SET draining = true WHERE node_id = ? AND lease_expires_at > ?", (node_id, inside.now)
        )
        return asked.rowcount > 0
