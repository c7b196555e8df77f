"""Compacted journals in PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Final

from clew.sessions.faults import NeedsOperator
from clew.sessions.ids import GameId, Kind, Millis
from clew.sessions.records import Compacted, LeftAsEntries, StoredEntry
from clew.stores.archive import Archive, pack_journal, page_of, unpack_journal
from clew.stores.bounds import ARCHIVE_ENTRIES_MAX
from clew.stores.kinds import KIND
from clew.stores.postgres.connections import PgConnection, PostgresConnections
from clew.stores.postgres.faults import is_unmigrated
from clew.stores.postgres.rows import ENTRY, now, read_entry
from clew.stores.text import storable

_MAY_BE_COMPACTED: Final = (
    "game_status IN ('concluded', 'canceled') AND journal_kept = 'entries' AND snapshot_seq = seq"
)

_JOURNAL: Final = f"""
SELECT entries AS seq, format AS epoch, NULL::bigint AS recorded_at, NULL::text AS event, body FROM game_archives
WHERE game_id = $1 AND entries > $2::bigint
UNION ALL (
    SELECT {ENTRY}, NULL FROM game_events AS e WHERE game_id = $1 AND seq > $2::bigint ORDER BY seq LIMIT $3
)
ORDER BY seq"""
"""One statement, so that nobody sees the moment between: the record and the entries after it, or else the entries."""

_ENTRIES: Final = f"""
SELECT {ENTRY}, NULL FROM game_events AS e WHERE game_id = $1 AND seq > $2::bigint ORDER BY seq LIMIT $3"""

_COMPACTABLE: Final = f"""
SELECT game_id FROM game_session_summaries AS s WHERE {_MAY_BE_COMPACTED} AND inserted_at < $1 AND updated_at < $1
    AND {KIND} = ANY ($3::text[]) ORDER BY inserted_at LIMIT $2"""

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


async def journal(game_id: GameId, after: int, limit: int, connections: PostgresConnections) -> list[StoredEntry]:
    """``Store.journal``."""
    try:
        rows = await connections.read(_JOURNAL, storable(game_id), after, limit)
    except NeedsOperator as fault:
        if not is_unmigrated(fault):
            raise
        # An operator looks at a database before it is migrated: it has no records yet.
        rows = await connections.read(_ENTRIES, storable(game_id), after, limit)
    archives = [Archive(entries, form, bytes(body)) for entries, form, *_, body in rows if body is not None]
    later = [read_entry(row[:-1]) for row in rows if row[-1] is None]
    if not archives:
        return later
    return await asyncio.to_thread(page_of, game_id, archives[0], later, after, limit)


async def compactable(
    kinds: Collection[Kind], closed_before: Millis, limit: int, connections: PostgresConnections
) -> list[GameId]:
    """``Store.compactable``."""
    return [game_id for (game_id,) in await connections.read(_COMPACTABLE, closed_before, limit, list(kinds))]


async def compact(
    game_id: GameId, at: Millis | None, reads: PostgresConnections, orders: PostgresConnections
) -> Compacted | LeftAsEntries | None:
    """``Store.compact``."""
    rows = await reads.read(_CLOSED, storable(game_id), ARCHIVE_ENTRIES_MAX + 1)
    if not rows:
        return None
    seq: int = rows[0][0]
    entries = [read_entry(row[1:]) for row in rows if row[1] is not None]
    packed = await asyncio.to_thread(pack_journal, game_id, seq, entries)
    if isinstance(packed, LeftAsEntries):
        return packed if await orders.write(_LEAVE, game_id, seq) else None
    archive, saved = packed
    return saved if await _replace(game_id, archive, at, orders) else None


async def compacted(after: GameId | None, limit: int, connections: PostgresConnections) -> list[GameId]:
    """``Operators.compacted``."""
    return [game_id for (game_id,) in await connections.read(_COMPACTED, storable(after or ""), limit)]


async def expand(game_id: GameId, reads: PostgresConnections, orders: PostgresConnections) -> bool:
    """``Operators.expand``."""
    rows = await reads.read(_RECORD, storable(game_id))
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
    return bool(await orders.write(_EXPAND, game_id, body, *columns))


async def _replace(game_id: GameId, archive: Archive, at: Millis | None, orders: PostgresConnections) -> bool:
    """Put the record in the place of exactly the entries it was made of."""

    async def replace(connection: PgConnection) -> bool:
        ((still, removed),) = await connection.fetch(
            _REPLACE, game_id, archive.entries, archive.format, at, archive.body
        )
        assert removed == still * archive.entries, f"the journal of {game_id} changed though its session is closed"
        return still == 1

    return await orders.transact(replace)
