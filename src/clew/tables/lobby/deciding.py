"""What is decided before a game begins: who sits down, and whether it begins at all."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final, Protocol, TypeVar, assert_never

from clew.game import Seat
from clew.people.names import told_apart
from clew.sessions.ids import UserId
from clew.sessions.records import OPEN, Accepted, Refused
from clew.tables.lobby.bounds import LOBBY_EVENTS_MAX
from clew.tables.lobby.changing import Rules, changed
from clew.tables.lobby.commands import Cancel, ChangeLobby, Join, Lapse, Leave, LobbyCommand, PassOn, SendAway, Start
from clew.tables.lobby.events import (
    GameCanceled,
    HostPassed,
    Left,
    LobbyEvent,
    PlayerJoined,
    Released,
    SeatChanged,
    SentAway,
)
from clew.tables.lobby.gathering import Gathering
from clew.tables.lobby.members import Member, bot_at, seat_at

T_co = TypeVar("T_co", covariant=True)

_SPENT: Final = Refused("too_many_changes", "This lobby has changed very often. Begin the game, or make another.")


class Playable(Rules, Protocol[T_co]):
    """What only the game itself knows to answer."""

    def begin(self) -> T_co:
        """It may begin."""
        ...

    def resign(self, seat: Seat) -> T_co:
        """Who sits there gives up, the game being on."""
        ...


def decide_in_lobby(at: Gathering, command: LobbyCommand, play: Playable[T_co]) -> Accepted[Any] | T_co | Refused:
    """What the people around any game may ask: what comes of it are ``LobbyEvent``s, among events of the game's own.

    Whoever asks what the lobby is no more open for is told why.
    """
    match command:
        case Join():
            return _join(at, command)
        case Start():
            return _refuse_start(at, command) or play.begin()
        case Cancel(user_id):
            return _refuse_stranger(at, user_id, "call it off") or _call_off(at)
        case Leave():
            return _leave(at, command, play)
        case SendAway(user_id):
            return _refuse_stranger(at, user_id, "send somebody away") or _send_away(at, command)
        case ChangeLobby(user_id):
            return _refuse_stranger(at, user_id, "change it") or _change(at, command, play)
        case Lapse():
            return _call_off(at)
        case PassOn(here):
            return _pass_on(at, here)
        case _:
            assert_never(command)


def bots_for(at: Gathering) -> tuple[Member, ...]:
    """The bots that take all seats that are empty, none called as somebody is who sits here."""
    names = [member.display_name for member in at.members]
    return tuple(bot_at(place, at.usual_bot, names) for place in _empty(at))


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
    if command.user_id in at.sent_away:
        return Refused("sent_away", "The host of this game has sent you away.")
    if _is_spent(at):
        return _SPENT
    kept = at.kept_for(command.user_id)
    free = [seat for seat in map(seat_at, _empty(at)) if at.kept_at(seat) is None]
    if kept is None and not free:
        return Refused(
            "game_full", "The seats that are empty are kept for others." if at.kept else "All seats are taken."
        )
    others = [member.display_name for member in (*at.members, *at.kept) if member != kept]
    seat = free[0] if kept is None else kept.player_id
    return Accepted((PlayerJoined(Member(seat, command.user_id, told_apart(command.display_name, others))),))


def _leave(at: Gathering, command: Leave, play: Playable[T_co]) -> Accepted[LobbyEvent] | T_co | Refused:
    """Who has no seat has left, be it by asking for it before, or declines the one that is kept for them. Who is here
    longest is host after a host; with the last person the game goes, which stays theirs to look up.
    """
    member = at.member_of(command.user_id)
    if member is None:
        if at.status not in OPEN:
            return _closed(at)
        kept = at.kept_for(command.user_id)
        return Accepted(() if kept is None else (Released(kept.player_id, kept.display_name),))
    seat = member.player_id
    if at.status == "active":
        return play.resign(seat)
    others = [other for other in at.arrived if other != seat]
    if at.status != "lobby" or not others:
        return _call_off(at)
    # The new host first: there is one after every event.
    passed = (HostPassed(others[0]),) if seat == at.host_id else ()
    return Accepted((*passed, Left(seat, member.display_name)))


def _pass_on(at: Gathering, here: Collection[UserId]) -> Accepted[LobbyEvent] | Refused:
    """To who came first of those who are here; a host who has come back meanwhile stays it."""
    if at.status != "lobby":
        return _closed(at)
    heirs = [seat for seat in at.arrived if at.member_at(seat).user_id in here]
    return Accepted((HostPassed(heirs[0]),) if heirs and at.host_id not in heirs else ())


def _send_away(at: Gathering, command: SendAway) -> Accepted[LobbyEvent] | Refused:
    """A bot just goes, and so does whoever a seat is kept for: it is free for anybody then, them too."""
    seat = command.player_id
    if at.status != "lobby":
        return _closed(at)
    if (kept := at.kept_at(seat)) is not None:
        return Accepted((Released(seat, kept.display_name),))
    if seat not in at.seats:
        return Refused("no_such_player", "Nobody sits there.")
    if seat == at.host_id:
        return Refused("invalid", "Nobody sends themselves away: leave.", {"path": "player_id"})
    gone = at.member_at(seat)
    return Accepted((SeatChanged(seat, None) if gone.is_bot else SentAway(seat, gone.display_name),))


def _change(at: Gathering, command: ChangeLobby, rules: Rules) -> Accepted[Any] | Refused:
    if at.status != "lobby":
        return _closed(at)
    return _SPENT if _is_spent(at) else changed(at, command, rules)


def _is_spent(at: Gathering) -> bool:
    """Whether it has changed as often as it may: all that happens in a lobby is told to everyone."""
    return at.events_log.public >= LOBBY_EVENTS_MAX


def _empty(at: Gathering) -> list[int]:
    """The places where nobody sits."""
    return [place for place in range(1, at.places + 1) if seat_at(place) not in at.seats]


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
    return Refused("not_host", f"Only the host of the game can {what}.")


def _call_off(at: Gathering) -> Accepted[LobbyEvent] | Refused:
    return Accepted((GameCanceled(),)) if at.status == "lobby" else _closed(at)


def _closed(at: Gathering) -> Refused:
    """Why a lobby that is closed takes nobody in and can't be closed again."""
    if at.status == "canceled":
        return Refused("game_canceled", "This game was called off.")
    if at.status == "concluded":
        return Refused("game_over", "The game is over.")
    return Refused("game_started", "This game has already begun.")
