"""Looking sessions up and leafing through them, in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from clew.sessions.ids import GameId, Kind, Millis, Owner, UserId
from clew.sessions.ports.listings import Sequel
from clew.sessions.records import OPEN, Mark, SessionPage, SessionRows, SessionSummary, StoredPage, StoredStatus
from clew.stores.cursor import read_cursor, write_cursor
from clew.testing.memory.kept import KeptInMemory
from clew.testing.memory.rows import Row, holds_its_code, row_of, sequel_of, summary_of


class MemoryListings:
    """``Listings`` in memory."""

    def __init__(self, kept: KeptInMemory) -> None:
        self._kept = kept

    async def find(self, join_code: str) -> SessionSummary | None:
        rows = [row for row in self._kept.rows.values() if row.stored.join_code == join_code]
        best = max(rows, key=lambda row: (holds_its_code(row), row.stored.inserted_at, row.id), default=None)
        return None if best is None else summary_of(best, None)

    async def sequels(self, game_ids: Collection[GameId]) -> list[Sequel]:
        return [sequel for row in self._kept.rows.values() if (sequel := sequel_of(row)) and sequel.of in game_ids]

    async def latest_sequels(self, since: Millis, limit: int) -> list[Sequel]:
        rows = sorted(self._kept.rows.values(), key=lambda row: (row.stored.inserted_at, row.id), reverse=True)
        return [sequel for row in rows if row.stored.inserted_at >= since and (sequel := sequel_of(row)) is not None][
            :limit
        ]

    async def sessions_of(
        self, kinds: Collection[Kind], user_id: UserId, statuses: Sequence[StoredStatus], cursor: str | None, limit: int
    ) -> SessionPage:
        below = read_cursor(cursor)
        rows = sorted(
            (
                row
                for row in self._kept.rows.values()
                if row.stored.kind in kinds
                and any(user == user_id for user, _ in row.players.values())
                and (not statuses or row.stored.game_status in statuses)
                and (below is None or (row.stored.inserted_at, row.id) < below)
            ),
            key=lambda row: (row.stored.inserted_at, row.id),
            reverse=True,
        )
        return _page(rows, limit, user_id)

    async def public_sessions(self, kinds: Collection[Kind], cursor: str | None, limit: int) -> SessionPage:
        below = read_cursor(cursor)
        rows = sorted(
            (
                row
                for row in self._kept.rows.values()
                if row.public
                and row.stored.kind in kinds
                and row.stored.game_status in OPEN
                and (below is None or (row.stored.inserted_at, row.id) < below)
            ),
            key=lambda row: (row.stored.inserted_at, row.id),
            reverse=True,
        )
        return _page(rows, limit, None)

    async def list_sessions(
        self,
        statuses: Sequence[StoredStatus],
        owner: Owner | None,
        cursor: str | None,
        limit: int,
        kind: Kind | None = None,
    ) -> SessionRows:
        below = read_cursor(cursor)
        rows = sorted(
            (
                row
                for row in self._kept.rows.values()
                if (not statuses or row.stored.game_status in statuses)
                and (owner is None or row.stored.owner == owner)
                and (kind is None or row.stored.kind == kind)
                and (below is None or (row.stored.inserted_at, row.id) < below)
            ),
            key=lambda row: (row.stored.inserted_at, row.id),
            reverse=True,
        )
        page = rows[:limit]
        last = page[-1] if len(rows) > len(page) > 0 else None
        return SessionRows(
            tuple(row_of(row.stored) for row in page),
            None if last is None else write_cursor(last.stored.inserted_at, last.id),
        )

    async def count_sessions(self) -> Mapping[StoredStatus, int]:
        return Counter(row.stored.game_status for row in self._kept.rows.values())

    async def leaf(self, status: StoredStatus, after: Mark, limit: int) -> StoredPage:
        rows = sorted(
            (row.stored.inserted_at, row.id, row)
            for row in self._kept.rows.values()
            if row.stored.game_status == status and (row.stored.inserted_at, row.id) > (after.inserted_at, after.row)
        )
        items = tuple(self._kept.read(row) for _, _, row in rows[:limit])
        return StoredPage(items, Mark(*rows[limit - 1][:2]) if len(rows) > limit > 0 else None)

    async def unseen_lobbies(self, kind: Kind, since: Millis, limit: int) -> list[GameId]:
        found = [
            row.stored
            for row in self._kept.rows.values()
            if row.stored.kind == kind
            and row.stored.game_status == "lobby"
            and max(row.stored.inserted_at, row.stored.updated_at) < since
        ]
        return [stored.game_id for stored in sorted(found, key=lambda stored: stored.inserted_at)[:limit]]

    async def note_look(self, game_id: GameId, now: Millis) -> None:
        row = self._kept.rows.get(game_id)
        if row is not None and row.stored.game_status == "lobby" and row.stored.updated_at < now:
            row.stored = replace(row.stored, updated_at=now)


def _page(rows: Sequence[Row], limit: int, user_id: UserId | None) -> SessionPage:
    page = rows[:limit]
    last = page[-1] if len(rows) > len(page) > 0 else None
    return SessionPage(
        tuple(summary_of(row, user_id) for row in page),
        None if last is None else write_cursor(last.stored.inserted_at, last.id),
    )
