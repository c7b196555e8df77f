"""What the host may have otherwise as long as the game has not begun: its settings, bots in single seats, its host."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple, Protocol

import msgspec

from clew.game import Seat
from clew.sessions.ids import UserId
from clew.sessions.records import Accepted, Refused
from clew.tables.lobby.commands import ChangeLobby
from clew.tables.lobby.events import HostPassed, Released, SeatChanged
from clew.tables.lobby.gathering import Gathering
from clew.tables.lobby.members import bot_at, place_of, seat_at
from clew.wire.changing import ChangeOfGame


class Settled(NamedTuple):
    """Settings that a game may have: the event that gives it them, None where they are as they were; and its seats."""

    event: Any
    places: int


class Rules(Protocol):
    """What a game says of its own settings."""

    @property
    def bot_kinds(self) -> Collection[str]:
        """The kinds of bots that there are."""
        ...

    def settled(self, asked: Any) -> Settled | Refused:
        """What is asked for, in place of what the game has so far; or ``invalid``, with the field's ``path``."""
        ...


def change_of(user_id: UserId, asked: ChangeOfGame) -> ChangeLobby:
    """What somebody asks for, taken apart: into what is of people, and what only the game understands."""
    seats, host_id = asked.seats, asked.host_id
    bots = seats if isinstance(seats, dict) else {}
    rules = {field: value for field, value in _said(asked).items() if not (field == "host_id" or value is bots)}
    return ChangeLobby(
        user_id=user_id,
        rules=asked if rules else None,
        bots_at={place: None if bot is None else bot.bot for place, bot in bots.items()},
        host_id=None if host_id is msgspec.UNSET else Seat(host_id),
    )


def changed(at: Gathering, command: ChangeLobby, rules: Rules) -> Accepted[Any] | Refused:
    """All that was asked for, or why none of it happens. What is so already is no event."""
    settled = Settled(None, at.places) if command.rules is None else rules.settled(command.rules)
    if isinstance(settled, Refused):
        return settled
    taken = max(place_of(seat) for seat in at.seats)
    if settled.places < taken:
        return invalid("seats", f"Somebody sits in seat {taken}.")
    beyond = (member for member in at.kept if place_of(member.player_id) > settled.places)
    events: list[Any] = [Released(member.player_id, member.display_name) for member in beyond]
    events += [] if settled.event is None else [settled.event]
    for place, kind in sorted(command.bots_at.items()):
        refused = _refuse_bot(at, place, kind, settled.places, rules.bot_kinds)
        if refused is not None:
            return refused
        if kind != at.bot_at(seat_at(place)):
            events.append(_seat_changed(at, place, kind))
    if command.host_id is not None and command.host_id not in at.people:
        return invalid("host_id", "Nobody sits there who could be the host.")
    if command.host_id not in (None, at.host_id):
        events.append(HostPassed(command.host_id))
    return Accepted(tuple(events))


def invalid(path: str, message: str) -> Refused:
    """Why a field of what was asked for can't be so."""
    return Refused("invalid", message, {"path": path})


def _refuse_bot(at: Gathering, place: int, kind: str | None, places: int, kinds: Collection[str]) -> Refused | None:
    if not 1 <= place <= places:
        return invalid(f"seats.{place}", "There is no such seat.")
    if seat_at(place) in at.people:
        return invalid(f"seats.{place}", "A person sits there.")
    if kind is not None and kind not in kinds:
        return invalid(f"seats.{place}.bot", f"There is no such bot. There are: {', '.join(kinds)}.")
    return None


def _seat_changed(at: Gathering, place: int, kind: str | None) -> SeatChanged:
    seat = seat_at(place)
    others = [member.display_name for member in at.members if member.player_id != seat]
    return SeatChanged(seat, None if kind is None else bot_at(place, kind, others))


def _said(asked: ChangeOfGame) -> dict[str, Any]:
    values = {field: getattr(asked, field) for field in asked.__struct_fields__}
    return {field: value for field, value in values.items() if value is not msgspec.UNSET}
