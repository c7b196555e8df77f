"""Counting in memory."""

from __future__ import annotations

from collections.abc import Iterable

from clew.sessions.census import Census, Made, Maker, OpenSessions
from clew.sessions.ids import Millis
from clew.sessions.records import OPEN
from clew.testing.memory.kept import KeptInMemory
from clew.testing.memory.rows import Row


class MemoryCounts:
    """``Counts`` in memory."""

    def __init__(self, kept: KeptInMemory) -> None:
        self._kept = kept

    async def count_made(self, maker: Maker, since: Millis, acting: str) -> tuple[Made, Made]:
        rows = self._kept.rows.values()
        mine = [row for row in rows if maker.user_id is not None and row.maker.user_id == maker.user_id]
        there = [row for row in rows if maker.origin is not None and row.maker.origin == maker.origin]
        return _made(mine, since, acting), _made(there, since, acting)

    async def census(self, acting: str) -> Census:
        rows = [row for row in self._kept.rows.values() if row.stored.game_status in OPEN]
        kinds = {row.stored.kind for row in rows}
        made = {kind: _made([row for row in rows if row.stored.kind == kind], 0, acting) for kind in kinds}
        sessions = {
            kind: OpenSessions(each.lobbies, each.open - each.lobbies - each.alone, each.alone)
            for kind, each in made.items()
        }
        return Census(sessions, len(self._kept.users), len(self._kept.sign_ins))


def _made(rows: Iterable[Row], since: Millis, acting: str) -> Made:
    rows = list(rows)
    return Made(
        open=sum(row.stored.game_status in OPEN for row in rows),
        lobbies=sum(row.stored.game_status == "lobby" for row in rows),
        alone=sum(row.stored.game_status == "active" and _is_alone(row, acting) for row in rows),
        lately=sum(row.stored.inserted_at > since for row in rows),
    )


def _is_alone(row: Row, acting: str) -> bool:
    return not any(user_id is not None and status == acting for user_id, status in row.players.values())
