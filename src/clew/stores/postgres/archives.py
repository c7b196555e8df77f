"""Compacted journals in PostgreSQL."""

from __future__ import annotations

import asyncio
from typing import Final

from clew.sessions.ids import GameId, Kind, Millis
from clew.sessions.records import Compacted, LeftAsEntries
from clew.stores.archive import Archive, pack_journal, unpack_journal
from clew.stores.bounds import ARCHIVE_ENTRIES_MAX
from clew.stores.kinds import KIND
from clew.stores.postgres.connections import PgConnection
from clew.stores.postgres.pools import PostgresPools
from clew.stores.postgres.rows import ENTRY, now, read_entry
from clew.stores.text import storable

_MAY_BE_COMPACTED: Final = (
    "game_status IN ('concluded', 'canceled') AND journal_kept = 'entries' AND snapshot_seq = seq"
)


_COMPACTABLE: Final = f"""
SELECT game_id FROM game_session_summaries AS s WHERE {_MAY_BE_COMPACTED} AND inserted_at < $1 AND updated_at < $1
    AND {KIND} = $3 ORDER BY inserted_at LIMIT $2"""

_CLOSED: Final = f"""
SELECT s.seq, {ENTRY} FROM (
    SELECT game_id, seq FROM game_session_summaries WHERE game_id = $1 AND {_MAY_BE_COMPACTED}
) AS s LEFT JOIN LATERAL (
    SELECT seq, epoch, recorded_at, event FROM game_events WHERE game_id = s.game_id ORDER BY seq LIMIT $2
) AS e ON true ORDER BY e.seq"""

_STILL: Final = f"""
still AS MATERIALIZED (
    SELECT id, game_id FROM game_session_summaries WHERE game_id = $1 AND seq = $2 AND {_MAY_BE_COMPACTED}
    FOR UPDATE SKIP LOCKED
)"""
"""``SKIP LOCKED``: of two that compact one game, the other goes on to the next."""

_MARKED: Final = "UPDATE game_session_summaries AS s SET journal_kept = '{kept}' FROM still WHERE s.id = still.id"

_REPLACE: Final = f"""
WITH {_STILL}, removed AS (
    DELETE FROM game_events AS e USING still WHERE e.game_id = still.game_id RETURNING e.seq
), archived AS (
    INSERT INTO game_archives (game_id, entries, format, compacted_at, body)
    SELECT game_id, $2, $3, {now("$4")}, $5::bytea FROM still
), marked AS ({_MARKED.format(kept="archive")})
SELECT (SELECT count(*) FROM still), (SELECT count(*) FROM removed)"""

_LEAVE: Final = f"WITH {_STILL} {_MARKED.format(kept='odd')} RETURNING s.id"


_COMPACTED: Final = "SELECT game_id FROM game_archives WHERE game_id > $1 ORDER BY game_id LIMIT $2"
_RECORD: Final = "SELECT entries, format, body FROM game_archives WHERE game_id = $1"
_EXPAND: Final = """
WITH expanded AS (
    DELETE FROM game_archives WHERE game_id = $1 AND body = $2::bytea RETURNING game_id
), given_back AS (
    INSERT INTO game_events (game_id, seq, epoch, recorded_at, event)
    SELECT expanded.game_id, e.seq, e.epoch, e.recorded_at, e.event::json
    FROM unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::text[]) AS e (seq, epoch, recorded_at, event), expanded
)
UPDATE game_session_summaries AS s SET journal_kept = 'entries' FROM expanded WHERE s.game_id = expanded.game_id
RETURNING s.id"""


class PostgresArchives:
    """``Archives`` in PostgreSQL."""

    def __init__(self, pools: PostgresPools) -> None:
        self._pools = pools

    async def compactable(self, kind: Kind, closed_before: Millis, limit: int) -> list[GameId]:
        return [game_id for (game_id,) in await self._pools.reads.read(_COMPACTABLE, closed_before, limit, kind)]

    async def compact(self, game_id: GameId) -> Compacted | LeftAsEntries | None:
        at = self._pools.at()
        rows = await self._pools.reads.read(_CLOSED, storable(game_id), ARCHIVE_ENTRIES_MAX + 1)
        if not rows:
            return None
        seq: int = rows[0][0]
        entries = [read_entry(row[1:]) for row in rows if row[1] is not None]
        packed = await asyncio.to_thread(pack_journal, game_id, seq, entries)
        if isinstance(packed, LeftAsEntries):
            return packed if await self._pools.orders.write(_LEAVE, game_id, seq) else None
        archive, saved = packed
        return saved if await self._replace(game_id, archive, at) else None

    async def compacted(self, after: GameId | None, limit: int) -> list[GameId]:
        return [game_id for (game_id,) in await self._pools.reads.read(_COMPACTED, storable(after or ""), limit)]

    async def expand(self, game_id: GameId) -> bool:
        rows = await self._pools.reads.read(_RECORD, storable(game_id))
        if not rows:
            return False
        entries, form, body = rows[0]
        journal = await asyncio.to_thread(unpack_journal, game_id, Archive(entries, form, bytes(body)))
        columns = [
            [entry.seq for entry in journal],
            [entry.epoch for entry in journal],
            [entry.recorded_at for entry in journal],
            [entry.body.decode() for entry in journal],
        ]
        return bool(await self._pools.orders.write(_EXPAND, game_id, body, *columns))

    async def _replace(self, game_id: GameId, archive: Archive, at: Millis | None) -> bool:
        """Put the record in the place of exactly the entries it was made of."""

        async def replace(connection: PgConnection) -> bool:
            ((still, removed),) = await connection.fetch(
                _REPLACE, game_id, archive.entries, archive.format, at, archive.body
            )
            assert removed == still * archive.entries, f"the journal of {game_id} changed though its session is closed"
            return still == 1

        return await self._pools.orders.transact(replace)
