"""The lives of nodes in PostgreSQL.

A life is over, for good, when its lease ran out at 0: it retired, was declared dead, or a later one registered.
"""

from __future__ import annotations

from typing import Final

from clew.sessions.ids import Millis, NodeId, Owner
from clew.sessions.node_records import Beat, NodeInfo, NodeRow, Renewal
from clew.stores.bounds import ENDED_LISTED_MS, FOUND_DEAD_WITHIN_MS
from clew.stores.kinds import written_reads
from clew.stores.node_row import node_row
from clew.stores.postgres.connections import PgConnection
from clew.stores.postgres.pools import PostgresPools
from clew.stores.postgres.rows import OPEN, now

_ONE_AFTER_ANOTHER: Final = "SELECT pg_advisory_xact_lock(hashtextextended('minotaur node ' || $1::text, 0))"
"""Two lives of one node that begin at the same moment get different numbers."""

_END_EARLIER: Final = "UPDATE nodes SET lease_expires_at = 0 WHERE node_id = $1"

_BEGIN: Final = f"""
INSERT INTO nodes (node_id, incarnation, owner, address, release, state_version_max, roles, draining, ready, sessions,
    renewed_at, lease_expires_at, key_print, kinds)
SELECT $1::text, life.number, $1::text || '.' || life.number, $2::text, $3::text, $4::int, $5::text, false, false, 0,
    clock.now, clock.now + $6::bigint, $8::text, $9::text
FROM (
    SELECT greatest(
        (SELECT coalesce(max(incarnation), 0) FROM nodes WHERE node_id = $1),
        (SELECT coalesce(max(incarnation), 0) FROM forgotten_nodes)
    ) + 1 AS number
) AS life,
    (SELECT {now("$7")} AS now) AS clock
RETURNING owner"""

_HOLDS: Final = f"EXISTS (SELECT FROM game_session_summaries AS s WHERE s.owner = nodes.owner AND {OPEN})"

_FORGET: Final = f"""
WITH old AS MATERIALIZED (
    SELECT owner FROM nodes, (SELECT {now("$1")} AS now) AS clock
    WHERE lease_expires_at <= now AND renewed_at <= now - {ENDED_LISTED_MS} AND NOT {_HOLDS}
    ORDER BY renewed_at LIMIT $2 FOR UPDATE OF nodes SKIP LOCKED
), struck AS (
    DELETE FROM nodes USING old WHERE nodes.owner = old.owner RETURNING incarnation
), noted AS (
    INSERT INTO forgotten_nodes (id, incarnation) SELECT 1, max(incarnation) FROM struck HAVING count(*) > 0
    ON CONFLICT (id) DO UPDATE SET incarnation = greatest(forgotten_nodes.incarnation, excluded.incarnation)
)
SELECT count(*) FROM struck"""

_RENEW: Final = f"""
UPDATE nodes SET renewed_at = clock.now, lease_expires_at = clock.now + $2::bigint, ready = $3,
    draining = draining OR $4, sessions = $5, unfit = $7, clock_offset_ms = $8
FROM (SELECT {now("$6")} AS now) AS clock WHERE owner = $1 AND lease_expires_at > 0
RETURNING draining, (SELECT count(*) FROM game_session_summaries AS s WHERE s.owner = $1 AND {OPEN} AND NOT asleep),
    renewed_at, (SELECT before.renewed_at FROM nodes AS before WHERE before.owner = $1)"""
"""The row before is the one the statement began with."""

_SAY_ALIVE: Final = f"""
UPDATE nodes SET renewed_at = greatest(renewed_at, {now("$3")})
WHERE owner = $1 AND lease_expires_at > 0 AND renewed_at >= $2
AND set_config('synchronous_commit', 'off', true) = 'off'"""
"""For this statement alone, which is a transaction: it is on disk with the next commit, and nobody waits for that."""

_RETIRE: Final = f"""
UPDATE nodes SET renewed_at = {now("$2")}, lease_expires_at = 0 WHERE owner = $1 AND lease_expires_at > 0"""

_DECLARE_DEAD: Final = f"""
UPDATE nodes SET lease_expires_at = 0,
    renewed_at = CASE WHEN renewed_at > clock.now - {FOUND_DEAD_WITHIN_MS} THEN greatest(renewed_at, clock.now)
        ELSE renewed_at END
FROM (SELECT {now("$2")} AS now) AS clock WHERE owner = $1 AND lease_expires_at > 0 RETURNING owner"""

_NODES: Final = f"""
SELECT owner, node_id, address, release, state_version_max, roles, lease_expires_at > now, ready, draining, sessions,
    now - renewed_at, lease_expires_at = 0, unfit, key_print, clock_offset_ms, kinds
FROM nodes, (SELECT {now("$1")} AS now) AS clock
WHERE lease_expires_at > now OR renewed_at > now - {ENDED_LISTED_MS} OR {_HOLDS} ORDER BY node_id, incarnation"""

_ASK_DRAIN: Final = f"""
UPDATE nodes SET draining = true WHERE node_id = $1 AND lease_expires_at > {now("$2")} RETURNING owner"""


class PostgresNodes:
    """``NodeRegister`` in PostgreSQL."""

    def __init__(self, pools: PostgresPools) -> None:
        self._pools = pools

    async def register(self, node: NodeInfo, lease_ms: int) -> Owner:
        """Its number is above those of all lives of this node, and of all that were forgotten."""
        at, (state_version_max, kinds) = self._pools.at(), written_reads(node.reads)

        async def work(connection: PgConnection) -> Owner:
            await connection.fetch(_ONE_AFTER_ANOTHER, node.node_id)
            await connection.fetch(_END_EARLIER, node.node_id)
            ((owner,),) = await connection.fetch(
                _BEGIN,
                node.node_id,
                node.address,
                node.release,
                state_version_max,
                ",".join(node.roles),
                lease_ms,
                at,
                node.key_print,
                kinds,
            )
            return Owner(owner)

        return await self._pools.orders.transact(work)

    async def renew(self, owner: Owner, lease_ms: int, beat: Beat) -> Renewal | None:
        """A drain that was asked for stays asked for."""
        said = (beat.ready, beat.draining, beat.sessions, self._pools.at(), beat.unfit, beat.clock_offset_ms)
        rows = await self._pools.orders.write(_RENEW, owner, lease_ms, *said)
        return Renewal(*rows[0]) if rows else None

    async def say_alive(self, owner: Owner, since: Millis) -> None:
        """By a connection that no commit waits for: others may lock this row."""
        await self._pools.orders.write(_SAY_ALIVE, owner, since, self._pools.at())

    async def retire(self, owner: Owner) -> None:
        await self._pools.orders.write(_RETIRE, owner, self._pools.at())

    async def declare_dead(self, owner: Owner) -> bool:
        return len(await self._pools.orders.write(_DECLARE_DEAD, owner, self._pools.at())) == 1

    async def rows(self) -> list[NodeRow]:
        return [node_row(row) for row in await self._pools.reads.read(_NODES, self._pools.at())]

    async def forget(self, limit: int) -> int:
        """Of several that forget at once, each takes what the others have not."""
        ((struck,),) = await self._pools.orders.write(_FORGET, self._pools.at(), limit)
        return struck

    async def ask_drain(self, node_id: NodeId) -> bool:
        return len(await self._pools.orders.write(_ASK_DRAIN, node_id, self._pools.at())) > 0
