"""Results in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from clew.sessions.bounds import BOARD_RATED_MIN
from clew.sessions.ids import GameId, Kind, UserId
from clew.sessions.result_records import (
    Ended,
    GameTally,
    HowOften,
    KeptResult,
    Meetings,
    NewResult,
    Ranked,
    Reckoned,
    Strength,
)
from clew.testing.memory.kept import KeptInMemory
from clew.testing.memory.sums import Sums, first_of


class MemoryResults:
    """``Results`` in memory. Nothing is awaited within a call, so each is done at once."""

    def __init__(self, kept: KeptInMemory) -> None:
        self._kept = kept

    async def unreckoned(self, kind: Kind, window: int, limit: int) -> Sequence[Ended]:
        rows = [row for row in self._kept.rows.values() if row.stored.kind == kind and self._is_due(row.stored.game_id)]
        first = sorted(rows, key=lambda row: (row.stored.inserted_at, row.id))[:window]
        first.sort(key=lambda row: (row.stored.updated_at, row.id))
        return [Ended(row.stored.game_id, row.stored.updated_at) for row in first[:limit]]

    async def strengths(self, kind: Kind, user_ids: Collection[UserId]) -> Mapping[UserId, Strength]:
        return {
            user: Strength(sums.played, sums.rating)
            for (of, user, month), sums in self._kept.sums.items()
            if of == kind and not month and user in user_ids
        }

    async def reckon(self, reckoned: Reckoned) -> bool:
        there = [result for result in reckoned.results if result.user_id in self._kept.users]
        if not self._is_due(reckoned.game_id) or not all(self._is_upon(reckoned.kind, each) for each in there):
            return False
        self._kept.reckoned[reckoned.game_id] = [_kept(reckoned, each, self._before(reckoned, each)) for each in there]
        for result in there:
            for month in ("", reckoned.month):
                key = (reckoned.kind, result.user_id, month)
                sums = self._kept.sums.get(key)
                self._kept.sums[key] = first_of(result) if sums is None else sums.and_one(result)
        return True

    async def of_session(self, game_id: GameId) -> Sequence[KeptResult] | None:
        found = self._kept.reckoned.get(game_id)
        return None if found is None else sorted(found, key=lambda result: result.player_id)

    async def of_user(self, user_id: UserId, limit: int) -> Sequence[KeptResult]:
        latest = sorted(self._of(user_id), key=lambda result: (result.ended_at, result.game_id), reverse=True)
        return latest[:limit]

    async def in_sessions(self, user_id: UserId, game_ids: Collection[GameId]) -> Sequence[KeptResult]:
        return [result for result in self._of(user_id) if result.game_id in game_ids]

    async def tallies(self, user_id: UserId) -> Sequence[GameTally]:
        return [
            GameTally(kind, each.played, each.won, each.drawn, each.rated, each.rating.shown)
            for (kind, user, month), each in sorted(self._kept.sums.items(), key=lambda item: item[0])
            if user == user_id and not month
        ]

    async def places(self, user_id: UserId) -> Sequence[HowOften]:
        counted = self._counted(user_id, lambda result: str(result.place))
        return sorted(counted, key=lambda each: (each.kind, int(each.what)))

    async def fates(self, user_id: UserId) -> Sequence[HowOften]:
        counted = self._counted(user_id, lambda result: result.fate)
        return sorted((each for each in counted if each.what), key=lambda each: (each.kind, -each.times, each.what))

    async def together(self, user_id: UserId, other: UserId) -> Sequence[Meetings]:
        theirs = {result.game_id: result for result in self._of(other)}
        both = [(mine, theirs[mine.game_id]) for mine in self._of(user_id) if mine.game_id in theirs]
        return [
            Meetings(
                kind,
                sum(mine.kind == kind for mine, _ in both),
                sum(mine.kind == kind and mine.place < their.place for mine, their in both),
                sum(mine.kind == kind and mine.place > their.place for mine, their in both),
            )
            for kind in sorted({mine.kind for mine, _ in both})
        ]

    async def board(self, kind: Kind, month: str, limit: int) -> Sequence[Ranked]:
        ranked = [
            Ranked(user, self._kept.users[user].display_name, each.rated, each.won, each.rating.shown)
            for user, each in self._on_board(kind, month).items()
        ]
        return sorted(ranked, key=lambda each: (each.rating, each.user_id), reverse=True)[:limit]

    async def place_on_board(self, kind: Kind, month: str, user_id: UserId) -> tuple[int, Ranked] | None:
        board = await self.board(kind, month, len(self._kept.users))
        mine = next((each for each in board if each.user_id == user_id), None)
        return None if mine is None else (1 + sum(each.rating > mine.rating for each in board), mine)

    def _is_due(self, game_id: GameId) -> bool:
        row = self._kept.rows.get(game_id)
        return row is not None and row.stored.game_status == "concluded" and game_id not in self._kept.reckoned

    def _is_upon(self, kind: Kind, result: NewResult) -> bool:
        sums = self._kept.sums.get((kind, result.user_id, ""))
        return result.before == (0 if sums is None else sums.played)

    def _before(self, reckoned: Reckoned, result: NewResult) -> int | None:
        sums = self._kept.sums.get((reckoned.kind, result.user_id, ""))
        return None if sums is None else sums.rating.shown

    def _of(self, user_id: UserId) -> list[KeptResult]:
        return [each for results in self._kept.reckoned.values() for each in results if each.user_id == user_id]

    def _counted(self, user_id: UserId, what: Callable[[KeptResult], str]) -> list[HowOften]:
        counted = Counter((result.kind, what(result)) for result in self._of(user_id))
        return [HowOften(kind, word, times) for (kind, word), times in counted.items()]

    def _on_board(self, kind: Kind, month: str) -> dict[UserId, Sums]:
        return {
            user: each
            for (of, user, when), each in self._kept.sums.items()
            if (of, when) == (kind, month) and month and each.rated >= BOARD_RATED_MIN and user in self._kept.accounts
        }


def _kept(reckoned: Reckoned, result: NewResult, before: int | None) -> KeptResult:
    return KeptResult(
        reckoned.game_id,
        reckoned.kind,
        result.user_id,
        result.player_id,
        reckoned.ended_at,
        reckoned.seats,
        result.place,
        result.outcome,
        result.fate,
        before if result.rated else None,
        result.rating.shown if result.rated else None,
    )
