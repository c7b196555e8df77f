"""What is decided before a game begins: who sits down, and whether it begins at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, assert_never

from msgspec.structs import replace

from clew.people.names import told_apart
from clew.sessions.records import OPEN, Accepted, Refused
from clew.tables.lobby.commands import Cancel, Join, Lapse, LobbyCommand, Start
from clew.tables.lobby.events import GameCanceled, LobbyEvent, PlayerJoined
from clew.tables.lobby.gathering import Gathering
from clew.tables.lobby.members import Member, bot_at, seat_at

T = TypeVar("T")


def decide_in_lobby(at: Gathering, command: LobbyCommand, begin: Callable[[], T]) -> Accepted[Any] | T | Refused:
    """What the people around any game may ask: what comes of it are ``LobbyEvent``s, among events of the game's own.

    ``begin`` is the game's answer where it may begin.

    Whoever asks what the lobby is no more open for is told why.
    """
    match command:
        case Join():
            return _join(at, command)
        case Start():
            return _refuse_start(at, command) or begin()
        case Cancel(user_id):
            return _refuse_stranger(at, user_id, "call it off") or _call_off(at)
        case Lapse():
            return _call_off(at)
        case _:
            assert_never(command)


def bots_for(at: Gathering) -> tuple[Member, ...]:
    """The bots that take all seats that are empty, none called as a person is who sits here."""
    people = [member.display_name for member in at.members]
    bots = (bot_at(place) for place in range(len(at.members) + 1, at.places + 1))
    return tuple(replace(bot, display_name=told_apart(bot.display_name, people)) for bot in bots)


def refuse_play(at: Gathering) -> Refused | None:
    """Why nothing can be played; None: the game is on."""
    if at.status == "lobby":
        return Refused("game_not_started", "This game has not begun yet.")
    return None if at.status == "active" else _closed(at)


def _join(at: Gathering, command: Join) -> Accepted[LobbyEvent] | Refused:
    """A seat for a user, told apart by name from those who sit here; who has one in an open game keeps it, and nothing
    happens.
    """
    if at.status in OPEN and at.member_of(command.user_id) is not None:
        return Accepted(())
    if at.status != "lobby":
        return _closed(at)
    if len(at.members) >= at.places:
        return Refused("game_full", "All seats are taken.")
    name = told_apart(command.display_name, [member.display_name for member in at.members])
    return Accepted((PlayerJoined(Member(seat_at(len(at.members) + 1), command.user_id, name)),))


def _refuse_start(at: Gathering, command: Start) -> Refused | None:
    """Bots may take as many of the empty seats as the host has said."""
    refused = _refuse_stranger(at, command.user_id, "begin it")
    if refused is not None:
        return refused
    if at.status != "lobby":
        return _closed(at)
    missing = at.places - len(at.members) - at.bots
    if missing > 0:
        return Refused("too_few_players", f"{missing} more must join before the game can begin.", {"missing": missing})
    return None


def _refuse_stranger(at: Gathering, user_id: str, what: str) -> Refused | None:
    if at.host.user_id == user_id:
        return None
    return Refused("not_host", f"Only the player who made the game can {what}.")


def _call_off(at: Gathering) -> Accepted[LobbyEvent] | Refused:
    return Accepted((GameCanceled(),)) if at.status == "lobby" else _closed(at)


def _closed(at: Gathering) -> Refused:
    """Why a lobby that is closed takes nobody in and can't be closed again."""
    if at.status == "canceled":
        return Refused("game_canceled", "This game was called off.")
    if at.status == "concluded":
        return Refused("game_over", "The game is over.")
    return Refused("game_started", "This game has already begun.")
