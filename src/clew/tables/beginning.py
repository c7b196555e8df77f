"""How a table begins to play."""

from __future__ import annotations

from clew.game import AnyGame
from clew.lot import Lot
from clew.sessions.ids import Millis
from clew.tables.events import GameStarted
from clew.tables.lobby.deciding import bots_for
from clew.tables.lobby.events import PlayerJoined
from clew.tables.rounds import end_if_over, round_length_ms
from clew.tables.table import AnyTable
from clew.tables.tale import Tale


def begun_by_bots(game: AnyGame, table: AnyTable, now: Millis) -> Tale:
    """Bots take all seats that are empty, and the first round begins."""
    tale = Tale(game, table, *(PlayerJoined(bot) for bot in bots_for(table)))
    _begin(tale, now)
    return tale


def _begin(tale: Tale, now: Millis) -> None:
    game, table = tale.rules, tale.table
    state = game.setup(table.seats, table.options, Lot.of_round(table.seed, 0))
    on_turn = tuple(seat for seat in table.seats if seat in game.on_turn(state, table.seats))
    length_ms = round_length_ms(table, on_turn)
    tale.happens(GameStarted(state, now + length_ms, length_ms, on_turn))
    end_if_over(tale)  # a deal may leave nothing to play
