"""What each event of a lobby means. Never refuses, never chooses: a replay cannot differ."""

from __future__ import annotations

from typing import TypeVar, assert_never

from msgspec.structs import replace

from clew.game import Seat
from clew.tables.lobby.bounds import SENT_AWAY_MAX
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
from clew.tables.lobby.members import Member, place_of

G = TypeVar("G", bound=Gathering)


def evolve_lobby(at: G, event: LobbyEvent) -> G:
    """Apply one past event to the state of whichever game it is."""
    match event:
        case PlayerJoined(member):
            arrived = at.arrived if member.is_bot else (*at.arrived, member.player_id)
            members, kept = _seated(at, member.player_id, member), _not_kept(at, member.player_id)
            return replace(at, members=members, arrived=arrived, kept=kept)
        case GameCanceled():
            return replace(at, status="canceled", kept=())
        case Left(seat):
            return _without(at, seat)
        case SentAway(seat):
            user_id = at.member_at(seat).user_id
            assert user_id is not None, "people are sent away"
            return replace(_without(at, seat), sent_away=(*at.sent_away, user_id)[-SENT_AWAY_MAX:])
        case HostPassed(seat):
            return replace(at, host_id=seat)
        case SeatChanged(seat, bot):
            kept = at.kept if bot is None else _not_kept(at, seat)
            return replace(at, members=_seated(at, seat, bot), kept=kept)
        case Released(seat):
            return replace(at, kept=_not_kept(at, seat))
        case _:
            assert_never(event)


def _without(at: G, seat: Seat) -> G:
    arrived = tuple(other for other in at.arrived if other != seat)
    return replace(at, members=_seated(at, seat, None), arrived=arrived)


def _not_kept(at: Gathering, seat: Seat) -> tuple[Member, ...]:
    """For whom other seats are kept."""
    return tuple(member for member in at.kept if member.player_id != seat)


def _seated(at: Gathering, seat: Seat, now: Member | None) -> tuple[Member, ...]:
    """The members in the order of their seats, with whoever has this one now."""
    others = [member for member in at.members if member.player_id != seat]
    return tuple(sorted(others if now is None else [*others, now], key=lambda member: place_of(member.player_id)))
