"""What became of each seat of a table that is over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from clew.game import AnyGame, Seat
from clew.sessions.result_records import SeatResult
from clew.tables.lobby.results import results_of
from clew.tables.table import AnyTable
from clew.tables.tale import playing

RESIGNED: Final = "resigned"
"""The fate of who gave up, where the game has no word of its own for it."""


def table_results(game: AnyGame, table: AnyTable) -> tuple[SeatResult, ...]:
    """As the game says, if it does; else who won is before all others, and after a draw who still played."""

    def fate_of(seat: Seat) -> str:
        return game.fate(table.state, seat) or (RESIGNED if table.players[seat].resigned else "")

    groups = game.ranking(table.state)
    return results_of(table, _by_outcome(game, table) if groups is None else groups, table.winner_ids, fate_of)


def _by_outcome(game: AnyGame, table: AnyTable) -> Sequence[Collection[Seat]]:
    first = table.winner_ids or playing(game, table) or table.seats
    rest = [seat for seat in table.seats if seat not in first]
    return [first, rest] if rest else [first]
