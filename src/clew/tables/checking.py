"""Whether a table that was read can be the one it is kept as: what ``Machine.check`` asks of ``TableMachine``.

A glance, because every table is looked at whenever a server starts. What nothing would ever notice is not looked for,
nor whether the plans of the round are legal: an earlier release may have taken them.
"""

from __future__ import annotations

from clew.definition import ROUND_SECONDS_MAX, ROUND_SECONDS_MIN, SEATS_MAX
from clew.game import AnyGame
from clew.sessions.ids import GameId
from clew.tables.bounds import AWAY_AFTER_MAX, MILLIS_MAX
from clew.tables.lobby.checking import check_gathering
from clew.tables.table import AnyTable


def check_table(game: AnyGame, table: AnyTable, game_id: GameId, join_code: str) -> None:
    """Raises ``ValueError``, or whatever the game raises, with what is wrong."""
    _check_settings(table)
    check_gathering(table, game_id, join_code, has_game=table.game is not None)
    if table.game is not None:
        _check_seated(table)
        game.check(table.game)


def _check_settings(table: AnyTable) -> None:
    settings = table.settings
    _within("seats", settings.seats, 1, SEATS_MAX)
    _within("round_seconds", settings.round_seconds, ROUND_SECONDS_MIN, ROUND_SECONDS_MAX)
    _within("autopilot_after", settings.autopilot_after, 1, MILLIS_MAX)
    _within("away_after", settings.away_after, 0, AWAY_AFTER_MAX)
    _within("untouched_max", settings.untouched_max, 1, MILLIS_MAX)


def _check_seated(table: AnyTable) -> None:
    if list(table.players) != list(table.seats):
        raise ValueError("its players are not its members")
    _within("round", table.round, 1, MILLIS_MAX)
    _within("touched_in", table.touched_in, 1, table.round)
    _within("round_ends_at", table.round_ends_at, 0, MILLIS_MAX)
    _within("round_ms", table.round_ms, 1, ROUND_SECONDS_MAX * 1000)
    strangers = {*table.on_turn, *table.plans, *table.winner_ids} - set(table.seats)
    if strangers:
        raise ValueError(f"{', '.join(sorted(strangers))} plan or win in it and have no seat")
    if set(table.plans) - set(table.on_turn):
        raise ValueError("it has plans of seats that are not on turn")
    if table.status == "active" and table.winner_ids:
        raise ValueError("it goes on, and is won")


def _within(name: str, number: int, least: int, greatest: int) -> None:
    if not least <= number <= greatest:
        raise ValueError(f"{name} is {number}, not {least} to {greatest}")
