"""What is decided before the game begins: who sits down, and whether it begins at all."""

from __future__ import annotations

from typing import Final

from clew.game import AnyGame
from clew.lot import Lot
from clew.sessions.ids import Millis
from clew.sessions.records import OPEN, Accepted, Refused
from clew.tables.commands import Cancel, Join, Start
from clew.tables.events import AnyEvent, GameCanceled, GameStarted, PlayerJoined
from clew.tables.rounds import end_if_over, round_length_ms
from clew.tables.table import AnyTable, Member, seat_at
from clew.tables.tale import Tale

BOT_NAMES: Final = ("Ariadne", "Theseus", "Daedalus", "Icarus", "Phaedra", "Androgeus", "Pasiphae", "Asterion")
"""What bots are called, by their seats; from the ninth on with a number."""


def join(table: AnyTable, command: Join) -> Accepted[AnyEvent] | Refused:
    """A seat for a user; who has one at an open table keeps it, and nothing happens."""
    if table.status in OPEN and table.member_of(command.user_id) is not None:
        return Accepted(())
    if table.status != "lobby":
        return closed_lobby(table)
    if len(table.members) >= table.settings.seats:
        return Refused("game_full", "All seats are taken.")
    member = Member(seat_at(len(table.members) + 1), command.user_id, command.display_name)
    return Accepted((PlayerJoined(member),))


def start(game: AnyGame, table: AnyTable, command: Start, now: Millis) -> Tale | Refused:
    """Bots take the empty seats, as many as they may, and the first round begins."""
    if table.host.user_id != command.user_id:
        return Refused("not_host", "Only the player who made the game can begin it.")
    if table.status != "lobby":
        return closed_lobby(table)
    empty = table.settings.seats - len(table.members)
    if empty > table.bots:
        missing = empty - table.bots
        return Refused("too_few_players", f"{missing} more must join before the game can begin.", {"missing": missing})
    return begun_by_bots(game, table, now)


def begun_by_bots(game: AnyGame, table: AnyTable, now: Millis) -> Tale:
    """Bots take all seats that are empty, and the first round begins."""
    tale = Tale(game, table)
    for place in range(len(table.members) + 1, table.settings.seats + 1):
        tale.happens(PlayerJoined(Member(seat_at(place), None, _bot_name(place))))
    _begin(tale, now)
    return tale


def cancel(table: AnyTable, command: Cancel) -> Accepted[AnyEvent] | Refused:
    """The host calls it off."""
    if table.host.user_id != command.user_id:
        return Refused("not_host", "Only the player who made the game can call it off.")
    return lapse(table)


def lapse(table: AnyTable) -> Accepted[AnyEvent] | Refused:
    """Nobody has come by for long."""
    return Accepted((GameCanceled(),)) if table.status == "lobby" else closed_lobby(table)


def closed_lobby(table: AnyTable) -> Refused:
    """Why a lobby that is closed takes nobody in and can't be closed again."""
    if table.status == "canceled":
        return Refused("game_canceled", "This game was called off.")
    if table.status == "concluded":
        return Refused("game_over", "The game is over.")
    return Refused("game_started", "This game has already begun.")


def _begin(tale: Tale, now: Millis) -> None:
    game, table = tale.rules, tale.table
    state = game.setup(table.seats, table.options, Lot.of_round(table.seed, 0))
    on_turn = tuple(seat for seat in table.seats if seat in game.on_turn(state, table.seats))
    length_ms = round_length_ms(table, on_turn)
    tale.happens(GameStarted(state, now + length_ms, length_ms, on_turn))
    end_if_over(tale)  # a deal may leave nothing to play


def _bot_name(place: int) -> str:
    name, turn = BOT_NAMES[(place - 1) % len(BOT_NAMES)], (place - 1) // len(BOT_NAMES)
    return name if turn == 0 else f"{name} {turn + 1}"
