"""Those who have gone for good, told without their names: in a state, in a journal, in what was told before.

Pure, and of what is told alone: nothing that is stored becomes otherwise by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, assert_never, cast

from msgspec.structs import replace

from clew.game import Seat
from clew.people.departed import SOMEBODY_WHO_LEFT
from clew.people.names import numbered, told_apart
from clew.sessions.ids import UserId
from clew.sessions.records import Entry
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
from clew.tables.lobby.gathering import Founding, Gathering
from clew.tables.lobby.members import Member, place_of

G = TypeVar("G", bound=Gathering)
Names = Mapping[UserId, str]
"""What those are called who have gone."""


def named_in(at: Gathering) -> frozenset[UserId]:
    """Every person whom a state names: who sits there, and for whom a seat is kept."""
    return frozenset([each.user_id for each in at.members + at.kept if each.user_id is not None])


def names_of(at: Gathering, gone: Collection[UserId]) -> Names:
    """What those of them are called whom the state names: each by their seat, whoever else goes."""
    return _names((*at.members, *at.kept), (), gone)


def without_names(at: G, names: Names) -> G:
    """The state as it is told."""
    if not names:
        return at
    members = tuple(_called(each, names) for each in at.members)
    return replace(at, members=members, kept=tuple(_called(each, names) for each in at.kept))


class Roll(NamedTuple):
    """Whom a journal names: who sits there in the end, or is asked to, and all others, who came first first."""

    seated: tuple[Member, ...]
    others: tuple[UserId, ...]

    @property
    def people(self) -> frozenset[UserId]:
        return frozenset({*self.others, *(each.user_id for each in self.seated if each.user_id is not None)})

    def names(self, gone: Collection[UserId]) -> Names:
        """What those of them are called: who sits there as ``names_of`` has it, all others behind every seat."""
        return _names(self.seated, self.others, gone)


def roll_of(entries: Iterable[Entry[Any]]) -> Roll:
    """Of a journal from its first entry on."""
    seats = _Seats()
    named = dict[UserId, None]()
    for entry in entries:
        if entry.seq == 1:
            seats.found(cast("Founding", entry.event))
        elif isinstance(entry.event, LobbyEvent):
            seats.named_by(entry.event)
        else:
            continue
        named |= dict.fromkeys(each.user_id for each in seats.all if each.user_id is not None)
    last = seats.all
    seated = {each.user_id for each in last}
    return Roll(last, tuple(user_id for user_id in named if user_id not in seated))


def told_without(entries: Sequence[Entry[Any]], names: Names, at: Gathering | None = None) -> list[Entry[Any]]:
    """The entries as they are told: the very same but for those that name somebody.

    ``at``: the state to which they came; None: they are a journal from its first entry on.
    """
    seats = _Seats() if at is None else _Seats(at.members, at.kept)
    told = list[Entry[Any]]()
    for entry in entries:
        event = entry.event
        if entry.seq == 1:
            founding = cast("Founding", event)
            seats.found(founding)
            event = _founded(founding, names)
        elif isinstance(event, LobbyEvent):
            named = seats.named_by(event)
            if named is not None and named.user_id is not None and named.user_id in names:
                event = _renamed(event, names[named.user_id])
        told.append(entry if event is entry.event else replace(entry, event=event))
    return told


class _Seats:
    """Who sits where, and for whom a seat is kept, while the events of a lobby go by."""

    def __init__(self, members: Iterable[Member] = (), kept: Iterable[Member] = ()) -> None:
        self._members = {each.player_id: each for each in members}
        self._kept = {each.player_id: each for each in kept}

    @property
    def all(self) -> tuple[Member, ...]:
        """As a state has them: members in the order of their seats, then those for whom one is kept."""
        return (*_in_order(self._members), *_in_order(self._kept))

    def found(self, event: Founding) -> None:
        for each in (event.host, *event.others):
            to = self._members if each.is_bot or each is event.host else self._kept
            to[each.player_id] = each

    def named_by(self, event: LobbyEvent) -> Member | None:
        """Who is named in it, if anybody is; and they are where it has them now."""
        match event:
            case PlayerJoined(member):
                self._kept.pop(member.player_id, None)
                self._members[member.player_id] = member
                return member
            case Left(seat) | SentAway(seat):
                return self._members.pop(seat, None)
            case Released(seat):
                return self._kept.pop(seat, None)
            case SeatChanged(seat, bot):
                self._members.pop(seat, None)
                if bot is not None:
                    self._kept.pop(seat, None)
                    self._members[seat] = bot
                return None
            case HostPassed() | GameCanceled():
                return None
            case _:
                assert_never(event)


def _in_order(members: Mapping[Seat, Member]) -> list[Member]:
    return sorted(members.values(), key=lambda each: place_of(each.player_id))


def _names(seated: Sequence[Member], others: Iterable[UserId], gone: Collection[UserId]) -> Names:
    numbers = dict[UserId | None, int]()
    for each in seated:
        numbers.setdefault(each.user_id, place_of(each.player_id))
    # All of them count, gone or not: otherwise one who goes later would take an earlier one's number.
    last = max((place_of(each.player_id) for each in seated), default=0)
    numbers |= {user_id: number for number, user_id in enumerate(others, last + 1)}
    taken = [each.display_name for each in seated if each.user_id not in gone]
    names = dict[UserId, str]()
    for user_id, number in numbers.items():
        if user_id is not None and user_id in gone:
            names[user_id] = told_apart(numbered(SOMEBODY_WHO_LEFT, number), [*taken, *names.values()])
    return names


def _called(member: Member, names: Names) -> Member:
    name = None if member.user_id is None else names.get(member.user_id)
    return member if name is None else replace(member, display_name=name)


def _founded(event: Founding, names: Names) -> Founding:
    host, others = _called(event.host, names), tuple(_called(each, names) for each in event.others)
    if host is event.host and others == event.others:
        return event
    return replace(cast("Any", event), host=host, others=others)


def _renamed(event: LobbyEvent, name: str) -> LobbyEvent:
    match event:
        case PlayerJoined(member):
            return PlayerJoined(replace(member, display_name=name))
        case Left(seat):
            return Left(seat, name)
        case SentAway(seat):
            return SentAway(seat, name)
        case Released(seat):
            return Released(seat, name)
        case SeatChanged() | HostPassed() | GameCanceled():
            return event
        case _:
            assert_never(event)
