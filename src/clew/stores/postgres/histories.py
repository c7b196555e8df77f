"""What PostgreSQL says of its own past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from typing import Final

import asyncpg

from clew.sessions.history_records import Setback, Standing
from clew.sessions.ids import GameId
from clew.stores.postgres.pools import PostgresPools
from clew.stores.text import storable

_MAY_ASK: Final = """
SELECT coalesce(bool_and(has_function_privilege(to_regprocedure(name), 'execute')), false)
FROM unnest(ARRAY['pg_control_system()', 'pg_walfile_name(pg_lsn)', 'pg_current_wal_lsn()']) AS name
HAVING count(to_regprocedure(name)) = count(*)"""
"""Everybody may, unless somebody forbade it. To be refused is an error, which must not be mistaken for one of ours."""

_LINEAGE: Final = """
SELECT CASE WHEN pg_is_in_recovery() THEN '' ELSE (SELECT system_identifier FROM pg_control_system())::text
    || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) END"""
"""The cluster's own number, and the timeline it writes on, which a promotion and a recovery raise."""

_STANDINGS: Final = """
SELECT game_id, owner, epoch, seq, latest_round FROM game_session_summaries WHERE game_id = ANY ($1::text[])"""

_NOTE: Final = """
INSERT INTO game_setbacks (game_id, noticed_at, told_seq, kept_seq, latest_round, said_by, node)
VALUES ($1, $2, $3, $4, $5, $6, $7)"""

_SETBACKS: Final = """
SELECT game_id, noticed_at, told_seq, kept_seq, latest_round, said_by, node FROM game_setbacks
WHERE game_id = $1 ORDER BY id DESC LIMIT $2"""


class PostgresHistories:
    """``Histories`` in PostgreSQL."""

    def __init__(self, pools: PostgresPools) -> None:
        self._pools = pools
        self._lineage_is_told: bool | None = None

    async def lineage(self) -> str:
        """A server that keeps these functions from us, or has none, tells nothing."""
        reads = self._pools.reads
        try:
            if self._lineage_is_told is None:
                self._lineage_is_told = any(told for (told,) in await reads.read(_MAY_ASK))
            return str((await reads.read(_LINEAGE))[0][0]) if self._lineage_is_told else ""
        except asyncpg.PostgresError:  # a server that is called PostgreSQL and keeps its log in a way of its own
            self._lineage_is_told = False
            return ""

    async def standings(self, game_ids: Sequence[GameId]) -> list[Standing]:
        return [Standing(*row) for row in await self._pools.reads.read(_STANDINGS, list(game_ids))]

    async def note_setback(self, setback: Setback) -> None:
        await self._pools.orders.write(_NOTE, *astuple(setback))

    async def setbacks(self, game_id: GameId, limit: int) -> list[Setback]:
        return [Setback(*row) for row in await self._pools.reads.read(_SETBACKS, storable(game_id), limit)]
