"""What everyone may know of the people around a game, as listings and views show it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final, Literal, TypeAlias, TypedDict

import msgspec

from clew.game import Seat
from clew.gateway.company import Company, RoundSoFar
from clew.sessions.ids import PlayerId, UserId
from clew.sessions.records import GameStatus, PlayerSummary, Summary
from clew.tables.lobby.gathering import Gathering
from clew.wire.asides import Presence

PlayerStatus: TypeAlias = Literal["waiting", "playing", "eliminated", "resigned", "won", "survived"]
StatusOf: TypeAlias = Callable[[Seat], PlayerStatus]
"""What has become of who sits there."""


class PlayerInfo(msgspec.Struct, frozen=True):
    """One seat that is taken, as everyone may know it. ``bot``: of which kind the bot is in it; null: none."""

    player_id: PlayerId
    display_name: str
    player_status: PlayerStatus
    is_bot: bool
    autopilot: bool
    bot: str | None = None


class KeptSeat(msgspec.Struct, frozen=True):
    """A seat that is empty and kept for somebody who played the game before."""

    player_id: PlayerId
    display_name: str


INVITED: Final = "invited"
"""In a store's listings, the status of somebody for whom a seat is kept."""


class PlayerSeen(PlayerInfo, frozen=True, kw_only=True):
    """One such seat as all who are shown the game see it. What was planned is not said.

    ``presence`` is of people, bots are always here. ``has_plan``: there is a plan of theirs for this round, be it the
    one of who is ready without any. ``ready``: they are done with it. A bot's plan is made at its end.
    """

    presence: Presence
    has_plan: bool
    ready: bool


class Listed(TypedDict):
    """What the listing of any game says of its people; ``you`` is the asker's seat, None if they have none, and
    ``invited`` the seat that is kept for them.
    """

    game_id: str
    join_code: str
    game_status: GameStatus
    seats: int
    bots: int
    host_id: Seat
    you: Seat | None
    seed_chosen: bool
    kept: tuple[KeptSeat, ...]
    invited: Seat | None
    public: bool


def listed(at: Gathering, user_id: UserId | None) -> Listed:
    """To this user."""
    return Listed(
        game_id=at.game_id,
        join_code=at.join_code,
        game_status=at.status,
        seats=at.places,
        bots=at.bots,
        host_id=at.host.player_id,
        you=at.seat_of(user_id),
        seed_chosen=at.seed_chosen,
        kept=kept_of(at),
        invited=_invited(at, user_id),
        public=at.public,
    )


def kept_of(at: Gathering) -> tuple[KeptSeat, ...]:
    """The seats that are kept, and for whom."""
    return tuple(KeptSeat(member.player_id, member.display_name) for member in at.kept)


def _invited(at: Gathering, user_id: UserId | None) -> Seat | None:
    kept = None if user_id is None else at.kept_for(user_id)
    return None if kept is None else kept.player_id


def players_of(at: Gathering, status_of: StatusOf, autopilots: Collection[str]) -> tuple[PlayerInfo, ...]:
    """All seats taken so far, in their order."""
    return tuple(
        PlayerInfo(
            player_id=member.player_id,
            display_name=member.display_name,
            player_status=status_of(member.player_id),
            is_bot=member.is_bot,
            autopilot=member.player_id in autopilots,
            bot=at.bot_at(member.player_id),
        )
        for member in at.members
    )


def seen(
    at: Gathering, status_of: StatusOf, autopilots: Collection[str], standing: RoundSoFar, company: Company
) -> tuple[PlayerSeen, ...]:
    """The same, for who is shown the game."""
    nothing = (False, False)
    return tuple(
        PlayerSeen(
            player_id=member.player_id,
            display_name=member.display_name,
            player_status=status_of(member.player_id),
            is_bot=member.is_bot,
            autopilot=member.player_id in autopilots,
            bot=at.bot_at(member.player_id),
            presence="away" if member.player_id in company.away else "here",
            has_plan=standing.players.get(member.player_id, nothing)[0],
            ready=standing.players.get(member.player_id, nothing)[1],
        )
        for member in at.members
    )


def waited_for(standing: RoundSoFar, autopilots: Collection[str]) -> tuple[Seat, ...]:
    """Whom the round waits for, if it does not end by its time: those who plan for themselves and are not ready."""
    return tuple(seat for seat, (_, ready) in standing.players.items() if not ready and seat not in autopilots)


def summary_of(at: Gathering, round_number: int, status_of: StatusOf) -> Summary:
    """As the store lists it. Who is invited finds the game among theirs."""
    seated = [PlayerSummary(member.player_id, member.user_id, status_of(member.player_id)) for member in at.members]
    invited = [PlayerSummary(member.player_id, member.user_id, INVITED) for member in at.kept]
    return Summary(at.status, round_number, (*seated, *invited), at.follows, at.public)
