"""One game's people, from the lobby to the end: what the state of every game around which people sit begins with.

What people agree on, leave or pass on, in the lobby and later, is kept here: a field that is added is every game's.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol, TypedDict

import msgspec

from clew.game import Seat
from clew.sessions.ids import GameId, UserId
from clew.sessions.records import GameStatus
from clew.tables.agreeing.agreements import Agreements
from clew.tables.lobby.members import Member, place_of
from clew.tables.log.events_log import EventsLog


class Gathering(msgspec.Struct, frozen=True, kw_only=True):
    """The people around one game. A game's state is a child of it.

    Members are in the order of their seats, among which there are gaps as long as it has not begun. ``arrived`` are the
    people's seats, who is here longest first; ``host_id`` is one of them. ``sent_away`` may not sit down here again.
    ``kept`` are people for whom an empty seat each is kept, since they played the game before, which it ``follows``.
    ``bots`` is how many empty seats bots may take. ``public``: whoever looks for a game may find it, as long as it is
    open. ``agreements`` are what they agree on while it is on. ``seed_chosen``: by the maker, who may know what it
    brings. ``events_log`` is what who comes back is told from.
    """

    game_id: GameId
    join_code: str
    seed: int
    bots: int
    members: tuple[Member, ...]
    host_id: Seat
    arrived: tuple[Seat, ...]
    sent_away: tuple[UserId, ...] = ()
    kept: tuple[Member, ...] = ()
    follows: GameId | None = None
    public: bool = False
    status: GameStatus = "lobby"
    agreements: Agreements = Agreements()
    seed_chosen: bool = False
    events_log: EventsLog = EventsLog()

    @property
    def places(self) -> int:
        """How many seats there are, taken or not: what each game's settings say."""
        raise NotImplementedError

    @property
    def usual_bot(self) -> str:
        """Of which kind a bot is of which nothing else is said."""
        raise NotImplementedError

    @property
    def host(self) -> Member:
        return self.member_at(self.host_id)

    @property
    def seats(self) -> tuple[Seat, ...]:
        """The seats that are taken, in their order."""
        return tuple(member.player_id for member in self.members)

    @property
    def people(self) -> list[Seat]:
        """The seats that people sit in."""
        return [member.player_id for member in self.members if member.user_id is not None]

    def away(self, here: Collection[UserId]) -> frozenset[Seat]:
        """The seats of people who are not among these."""
        people = (each for each in self.members if each.user_id is not None)
        return frozenset(each.player_id for each in people if each.user_id not in here)

    def member_of(self, user_id: UserId) -> Member | None:
        """The seat of this user, if they have one."""
        for member in self.members:  # for every command: a generator would cost more than all that it looks at
            if member.user_id == user_id:
                return member
        return None

    def seat_of(self, user_id: UserId | None) -> Seat | None:
        """Its name; None for who has none, or is nobody with a name."""
        member = None if user_id is None else self.member_of(user_id)
        return None if member is None else member.player_id

    def kept_for(self, user_id: UserId) -> Member | None:
        """The seat that is kept for this user, if one is."""
        return next((member for member in self.kept if member.user_id == user_id), None)

    def kept_at(self, seat: Seat) -> Member | None:
        """For whom this seat is kept, if it is."""
        return next((member for member in self.kept if member.player_id == seat), None)

    def member_at(self, seat: Seat) -> Member:
        """Who sits there; somebody must."""
        return next(member for member in self.members if member.player_id == seat)

    def is_bot(self, seat: Seat) -> bool:
        return self.member_at(seat).is_bot

    def bot_at(self, seat: Seat) -> str | None:
        """Of which kind the bot is that sits there; None: it is a person, or nobody."""
        bot = next((member for member in self.members if member.player_id == seat and member.is_bot), None)
        return None if bot is None else bot.bot or self.usual_bot


class Founding(Protocol):
    """The event that makes a game, as far as it is about its people."""

    @property
    def game_id(self) -> GameId: ...
    @property
    def join_code(self) -> str: ...
    @property
    def seed(self) -> int: ...
    @property
    def bots(self) -> int: ...
    @property
    def host(self) -> Member: ...
    @property
    def seed_chosen(self) -> bool: ...
    @property
    def others(self) -> tuple[Member, ...]: ...
    @property
    def follows(self) -> GameId | None: ...
    @property
    def public(self) -> bool: ...


class Founded(TypedDict):
    """The fields of a new ``Gathering``."""

    game_id: GameId
    join_code: str
    seed: int
    bots: int
    members: tuple[Member, ...]
    host_id: Seat
    arrived: tuple[Seat, ...]
    seed_chosen: bool
    kept: tuple[Member, ...]
    follows: GameId | None
    public: bool


def founded(event: Founding) -> Founded:
    """With its maker in the seat they took; of the ``others`` bots sit in theirs, and people's are kept for them."""
    bots = [member for member in event.others if member.is_bot]
    return Founded(
        game_id=event.game_id,
        join_code=event.join_code,
        seed=event.seed,
        bots=event.bots,
        members=tuple(sorted([event.host, *bots], key=lambda member: place_of(member.player_id))),
        host_id=event.host.player_id,
        arrived=(event.host.player_id,),
        seed_chosen=event.seed_chosen,
        kept=tuple(member for member in event.others if not member.is_bot),
        follows=event.follows,
        public=event.public,
    )
