"""What a gateway and operators' tools ask of the people around any game: the half of their ports that is no game's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import Any, Generic, TypeVar, assert_never

from msgspec.structs import replace

from clew.gateway.calls import ChangeOrder, LeaveOrder, Opening, Order, SendAwayOrder
from clew.gateway.company import Company
from clew.gateway.ports import Comer, Journal
from clew.operators.ports import Asked
from clew.sessions.ids import GameId, PlayerId, UserId
from clew.sessions.ports.clock import Clock
from clew.sessions.records import Entry
from clew.sessions.session.watch import Watch
from clew.tables.agreeing.commands import Agree, CountAgreed
from clew.tables.agreeing.counting import Circle, counts, is_agreed
from clew.tables.feed import GameFeed, Showing
from clew.tables.lobby.changing import change_of
from clew.tables.lobby.commands import Cancel, Join, Lapse, Leave, LobbyCommand, PassOn, SendAway, Start
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
from clew.tables.lobby.unnamed import named_in, names_of, roll_of, told_without, without_names
from clew.tables.lobby.unnaming import Unnaming

G = TypeVar("G", bound=Gathering)
E = TypeVar("E")


class ServedGathering(Generic[G, E]):
    """Keeps those of ``gateway.ports.ServedGame``'s promises that are about people and what they are shown."""

    def __init__(self, showing: Showing[G, E], unnaming: Unnaming[G, E]) -> None:
        self._showing = showing
        self._unnaming = unnaming

    def foresee(self, state: G) -> Callable[[], None] | None:  # noqa: ARG002 - a promise of the port
        """Most games' bots are quick."""
        return None

    def wants_bots(self, request: Any) -> bool:
        return request.bots > 0

    def join(self, user_id: UserId, display_name: str) -> Join:
        return Join(user_id, display_name)

    def start(self, user_id: UserId) -> Start:
        return Start(user_id)

    def cancel(self, user_id: UserId) -> Cancel:
        return Cancel(user_id)

    def lapse(self) -> Lapse:
        return Lapse()

    def pass_on(self, here: Sequence[UserId]) -> PassOn:
        return PassOn(tuple(here))

    def agreed_about(self, state: G) -> Circle | None:
        """Those who play, as they agree on something; None where no round is on."""
        raise NotImplementedError

    def agree(self, seat: PlayerId, to: str, here: Collection[UserId] | None) -> Agree:
        return Agree(seat, to, None if here is None else tuple(here))

    def is_asked(self, state: G) -> bool:
        return bool(state.agreements.marks)

    def count_agreed(self, state: G, here: Collection[UserId]) -> CountAgreed | None:
        circle = self.agreed_about(state)
        if circle is None:
            return None
        away = circle.away(here)
        return CountAgreed(tuple(here)) if any(is_agreed(each, away) for each in counts(circle, away)) else None

    def host_of(self, state: G) -> PlayerId | None:
        return state.host_id if state.status == "lobby" else None

    def rules_in(self, state: G) -> object:
        """All that is chosen of the game itself."""
        raise NotImplementedError

    def begins_as(self, state: G) -> object:
        bots = tuple(member for member in state.members if member.is_bot)
        return self.rules_in(state), state.bots, state.usual_bot, bots

    def order(self, user_id: UserId, order: Order[Any]) -> LobbyCommand:
        match order:
            case LeaveOrder():
                return Leave(user_id)
            case SendAwayOrder(player_id):
                return SendAway(user_id, player_id)
            case ChangeOrder(asked):
                return change_of(user_id, asked)
            case _:
                assert_never(order)

    def people(self, state: G) -> Mapping[PlayerId, UserId]:
        return {member.player_id: member.user_id for member in state.members if member.user_id is not None}

    def named_in(self, state: G) -> frozenset[UserId]:
        return named_in(state)

    async def named_ever(self, game_id: GameId, state: G, comer: Comer, journal: Journal[E]) -> frozenset[UserId]:
        return await self._unnaming.named_ever(game_id, state, comer, journal)

    def named_by(self, entries: Sequence[Entry[E]]) -> frozenset[UserId]:
        return roll_of(entries).people

    def told(self, entries: Sequence[Entry[E]], gone: Collection[UserId]) -> Sequence[Entry[E]]:
        """A whole journal, those not named in it who have gone for good."""
        return told_without(entries, roll_of(entries).names(gone)) if gone else entries

    def name_at(self, state: G, seat: PlayerId) -> str:
        return state.member_at(seat).display_name

    def seat_of(self, state: G, user_id: UserId) -> PlayerId | None:
        return state.seat_of(user_id)

    def number_at(
        self, game_id: GameId, state: G, seq: int, entry: int, seat: PlayerId, journal: Journal[E]
    ) -> Awaitable[int]:
        return self._showing.number_at(game_id, state, seq, entry, seat, journal)

    def number_now(self, state: G, seq: int, entry: int, seat: PlayerId) -> int | None:
        return self._showing.number_now(state, seq, entry, seat)

    async def open_feed(
        self,
        game_id: GameId,
        watch: Watch[G, E],
        company: Callable[[], Company],
        journal: Journal[E],
        comer: Comer,
        clock: Clock,
    ) -> tuple[GameFeed[G, E], Opening]:
        feed = GameFeed(self._showing, watch.state, comer.user_id, company)
        return feed, await feed.open(game_id, watch.seq, watch.terms, journal, comer, clock.now())


def line_of(event: LobbyEvent) -> str:
    """An event in one line."""
    match event:
        case PlayerJoined(member):
            return f"player_joined id={member.player_id} user={member.user_id or '-'}"
        case GameCanceled():
            return "game_canceled"
        case Left(seat):
            return f"left id={seat}"
        case SentAway(seat):
            return f"sent_away id={seat}"
        case HostPassed(seat):
            return f"host_passed id={seat}"
        case SeatChanged(seat, bot):
            return f"seat_changed id={seat} bot={'-' if bot is None else bot.bot}"
        case Released(seat):
            return f"released id={seat}"
        case _:
            assert_never(event)


class OperatedGathering(Generic[G]):
    """Keeps those of ``operators.ports.OperatedGame``'s promises that are about people."""

    def open_to_bots(self, state: G) -> G:
        return replace(state, bots=state.places - len(state.members))

    def start(self, state: G) -> Asked:
        host = state.host
        assert host.user_id is not None, "a game is made by a person"
        return Asked(host.player_id, Start(host.user_id))

    def names(self, state: G, gone: Collection[UserId]) -> Sequence[str]:
        return [member.display_name for member in without_names(state, names_of(state, gone)).members]
