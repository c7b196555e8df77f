"""Who holds what, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from clew.sessions.ids import GameId, Kind, Millis, Owner
from clew.sessions.kinds import Reads
from clew.sessions.records import Holding, RowVersion, Stored, Verdict
from clew.stores.kinds import KIND, kept_reads
from clew.stores.postgres.connections import PgConnection
from clew.stores.postgres.pools import PostgresPools
from clew.stores.postgres.rows import NEXT_EPOCH, OPEN, STATE_VERSION, STORED_WITH_TAIL, TAIL, now, read_stored
from clew.stores.text import storable

_KEEP_CLOCK: Final = """clock_offset_ms = coalesce(s.clock_offset_ms, (
    SELECT n.clock_offset_ms FROM nodes AS n WHERE n.owner = s.owner
))"""
"""With each change of owner, and as it falls asleep: until a commit, the times are told by the clock of who wrote last,
as it was then."""

_LOST: Final = """
RECURSIVE clock AS MATERIALIZED (
    SELECT {now} AS now
), owners (owner) AS {owners}, lost (owner) AS MATERIALIZED (
    SELECT owner FROM owners WHERE owner IS NOT NULL AND owner <> $1::text
    AND NOT EXISTS (SELECT FROM nodes, clock WHERE nodes.owner = owners.owner AND lease_expires_at > {over})
)"""

_ALL: Final = f"""(
    SELECT min(owner) FROM game_session_summaries WHERE {OPEN}
    UNION ALL
    SELECT (SELECT min(s.owner) FROM game_session_summaries AS s WHERE s.{OPEN} AND s.owner > owners.owner)
    FROM owners WHERE owner IS NOT NULL
)"""
"""The owners are leapt through on the index, one step each: what the living hold is never read."""

_ONE: Final = "(SELECT owner FROM game_session_summaries WHERE game_id = {game})"
"""Where one session is wanted, its owner is all that matters: just after a death many are wanted, one by one."""

_IS_ALIVE: Final = "EXISTS (SELECT FROM nodes, clock WHERE nodes.owner = $1::text AND lease_expires_at > clock.now)"

_END: Final = f"""
WITH {_LOST} UPDATE nodes SET lease_expires_at = 0 FROM lost, clock
WHERE nodes.owner = lost.owner AND lease_expires_at > 0 AND lease_expires_at <= clock.now AND {_IS_ALIVE}"""
_END_ALL: Final = _END.format(now=now("$2"), over="clock.now", owners=_ALL)
_END_ONE: Final = _END.format(now=now("$2"), over="clock.now", owners=_ONE.format(game="$3"))
"""Of this and a late beat, which lock the same row, one wins: a life either goes on with all it holds or is over."""

_IS_UNHELD: Final = f"{OPEN} AND (owner IS NULL OR owner = ANY (ARRAY(SELECT owner FROM lost)))"
_IS_READ: Final = f"state_version <= ({{versions}}::int[])[array_position({{kinds}}::text[], {KIND})]"
"""Unknown, so not true, where the kind is not among these."""

_SILENT: Final = _LOST.format(now=now("$2"), over="clock.now", owners=_ALL)
_COUNT_UNHELD: Final = f"""
WITH {_SILENT} SELECT {KIND}, count(*) FROM game_session_summaries AS s WHERE {_IS_UNHELD} GROUP BY 1"""
_COUNT: Final = f"""
WITH {_SILENT} SELECT {KIND}, count(*) FROM game_session_summaries AS s
WHERE {_IS_UNHELD} AND {_IS_READ.format(kinds="$3", versions="$4")} GROUP BY 1"""

_CLAIM: Final = f"""
WITH {_LOST}, picked AS MATERIALIZED (
    SELECT id, owner FROM game_session_summaries AS s
    WHERE {_IS_UNHELD} AND {_IS_READ.format(kinds="$4", versions="$5")} AND {_IS_ALIVE}{{only}}
    LIMIT $3 FOR UPDATE SKIP LOCKED
)
UPDATE game_session_summaries AS s SET owner = $1, epoch = {NEXT_EPOCH}, asleep = false,
    unowned_since = coalesce(unowned_since, (SELECT renewed_at FROM nodes WHERE nodes.owner = s.owner), clock.now),
    {_KEEP_CLOCK}
FROM picked, clock WHERE s.id = ANY (ARRAY[picked.id]) RETURNING s.id, s.game_id, picked.owner"""
"""``SKIP LOCKED``: of two that claim at once, each takes what the other has not taken yet."""

_CLAIM_ANY: Final = _CLAIM.format(now=now("$2"), over="0", owners=_ALL, only="")
_CLAIM_ONE: Final = _CLAIM.format(now=now("$2"), over="0", owners=_ONE.format(game="$6"), only=" AND game_id = $6")

_WAKE: Final = f"""
UPDATE game_session_summaries AS s SET asleep = false FROM (
    SELECT id FROM game_session_summaries WHERE asleep AND owner = $1 AND sleeps_until < $2 AND {OPEN}
    ORDER BY sleeps_until, id LIMIT $3 FOR UPDATE
) AS due WHERE s.id = ANY (ARRAY[due.id]) RETURNING s.id"""

_LOAD_ROWS: Final = f"""
SELECT {STORED_WITH_TAIL}, {now("$2")} FROM unnest($1::bigint[]) AS wanted (id)
JOIN game_session_summaries AS s ON s.id = ANY (ARRAY[wanted.id]) {TAIL}"""

_REFENCE: Final = """
UPDATE game_session_summaries SET epoch = epoch + 1 WHERE game_id = $1 AND owner = $2 AND epoch = $3 RETURNING id"""

_HOLDING: Final = f"""
SELECT {KIND}, game_status, {STATE_VERSION}, owner, EXISTS (
    SELECT FROM nodes WHERE nodes.owner = s.owner AND lease_expires_at > {now("$2")}
) FROM game_session_summaries AS s WHERE game_id = $1"""

_HELD_BY: Final = f"SELECT game_id FROM game_session_summaries WHERE owner = $1 AND {OPEN} AND NOT asleep"

_RELEASE: Final = f"""
WITH released AS (
    UPDATE game_session_summaries AS s SET owner = NULL, epoch = epoch + 1, asleep = false,
        unowned_since = coalesce(unowned_since, {now("$2")}), {_KEEP_CLOCK} WHERE owner = $1 AND {OPEN} RETURNING id
)
SELECT count(*) FROM released"""

_AT_THEIR_PLACES: Final = f"""
FROM unnest($2::text[], $3::bigint[], $4::bigint[]) AS p (game_id, epoch, seq)
WHERE s.game_id = ANY (ARRAY[p.game_id]) AND s.epoch = p.epoch AND s.seq = p.seq AND s.owner = $1 AND s.{OPEN}"""

_TRANSFER: Final = f"""
WITH heir AS MATERIALIZED (
    SELECT owner FROM nodes WHERE owner = $5 AND lease_expires_at > {now("$6")} AND NOT draining FOR SHARE
)
UPDATE game_session_summaries AS s SET owner = $5, epoch = s.epoch + 1, asleep = false, {_KEEP_CLOCK} {_AT_THEIR_PLACES}
AND EXISTS (SELECT FROM heir) RETURNING s.game_id"""
"""The heir's row is locked: it begins to drain before this, which is then refused, or after, and lets go of these."""

_SLEEP: Final = f"""
UPDATE game_session_summaries AS s SET asleep = true, sleeps_until = s.wake_at, {_KEEP_CLOCK} {_AT_THEIR_PLACES}
RETURNING s.game_id"""

_QUARANTINE: Final = f"""
UPDATE game_session_summaries SET quarantined_from = game_status, game_status = 'quarantined', quarantine_reason = $3,
    wake_at = NULL, updated_at = $4 WHERE game_id = $1 AND owner = $2 AND {OPEN}"""

_PUT_BACK: Final = f"""
UPDATE game_session_summaries AS s SET owner = NULL, epoch = {NEXT_EPOCH}, asleep = false,
    unowned_since = coalesce(unowned_since, {now("$2")}), game_status = coalesce(quarantined_from, game_status),
    {_KEEP_CLOCK}, quarantined_from = NULL, quarantine_reason = NULL
WHERE game_id = $1 AND (game_status = 'quarantined' OR NOT $3::boolean AND {OPEN}) RETURNING id"""


class PostgresOwnership:
    """``Ownership`` in PostgreSQL."""

    def __init__(self, pools: PostgresPools) -> None:
        self._pools = pools

    async def count_claimable(self, owner: Owner, reads: Reads | None) -> dict[Kind, int]:
        if reads is None:
            rows = await self._pools.reads.read(_COUNT_UNHELD, owner, self._pools.at())
        else:
            rows = await self._pools.reads.read(_COUNT, owner, self._pools.at(), *_reads_columns(reads))
        return {row[0]: row[1] for row in rows}

    async def claim(self, owner: Owner, reads: Reads, limit: int, only: GameId | None = None) -> list[Stored]:
        """The rows are locked first and read then: only now their journals stand still."""
        at = self._pools.at()

        async def work(connection: PgConnection) -> list[Stored]:
            if only is None:
                rows = await connection.fetch(_CLAIM_ANY, owner, at, limit, *_reads_columns(reads))
            else:
                rows = await connection.fetch(_CLAIM_ONE, owner, at, limit, *_reads_columns(reads), storable(only))
            lost_by: dict[str, Owner | None] = {game_id: owner for _, game_id, owner in rows}
            claimed = await _load_rows([row[0] for row in rows], at, connection)
            return [replace(stored, claimed_from=lost_by[stored.game_id]) for stored in claimed]

        if only is None:
            await self._pools.orders.write(_END_ALL, owner, at)
        else:
            await self._pools.orders.write(_END_ONE, owner, at, storable(only))
        return await self._pools.orders.transact(work)

    async def refence(self, game_id: GameId, owner: Owner, epoch: int) -> bool:
        return len(await self._pools.orders.write(_REFENCE, game_id, owner, epoch)) == 1

    async def holding(self, game_id: GameId) -> Holding | None:
        rows = await self._pools.reads.read(_HOLDING, storable(game_id), self._pools.at())
        return Holding(*rows[0]) if rows else None

    async def held_by(self, owner: Owner) -> list[GameId]:
        return [game_id for (game_id,) in await self._pools.reads.read(_HELD_BY, owner)]

    async def release(self, owner: Owner) -> int:
        ((released,),) = await self._pools.orders.write(_RELEASE, owner, self._pools.at())
        return released

    async def transfer(self, owner: Owner, target: Owner, versions: Sequence[RowVersion]) -> list[Verdict]:
        return _verdicts(
            versions, await self._pools.orders.write(_TRANSFER, owner, *_columns(versions), target, self._pools.at())
        )

    async def put_to_sleep(self, owner: Owner, versions: Sequence[RowVersion]) -> list[Verdict]:
        return _verdicts(versions, await self._pools.orders.write(_SLEEP, owner, *_columns(versions)))

    async def wake(self, owner: Owner, wake_before: Millis, limit: int) -> list[Stored]:
        at = self._pools.at()

        async def work(connection: PgConnection) -> list[Stored]:
            rows = await connection.fetch(_WAKE, owner, wake_before, limit)
            woken = await _load_rows([row[0] for row in rows], at, connection)
            return sorted(woken, key=lambda row: row.wake_at or 0)

        return await self._pools.orders.transact(work)

    async def quarantine(self, game_id: GameId, owner: Owner, reason: str, now: Millis) -> None:
        await self._pools.orders.write(_QUARANTINE, game_id, owner, storable(reason), now)

    async def put_back(self, game_id: GameId, *, only_quarantined: bool = False) -> bool:
        return (
            len(await self._pools.orders.write(_PUT_BACK, storable(game_id), self._pools.at(), only_quarantined)) == 1
        )


async def _load_rows(ids: Sequence[int], at: Millis | None, connection: PgConnection) -> list[Stored]:
    return [read_stored(row) for row in await connection.fetch(_LOAD_ROWS, ids, at)]


def _reads_columns(reads: Reads) -> tuple[list[Kind], list[int]]:
    kept = kept_reads(reads)
    return list(kept), list(kept.values())


def _columns(versions: Sequence[RowVersion]) -> tuple[list[GameId], list[int], list[int]]:
    return (
        [version.game_id for version in versions],
        [version.epoch for version in versions],
        [version.seq for version in versions],
    )


def _verdicts(versions: Sequence[RowVersion], done: Sequence[Sequence[object]]) -> list[Verdict]:
    ids = {game_id for (game_id,) in done}
    return [Verdict.COMMITTED if version.game_id in ids else Verdict.FENCED for version in versions]
