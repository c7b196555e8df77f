"""Minotaur as a gateway serves it: the one place where the runtime's words meet the match's."""

from collections.abc import Sequence
from typing import Final, TypeAlias, assert_never

import msgspec

from clew.gateway.calls import Opening
from clew.gateway.ports import Comer, Fresh, Journal, Shapes
from clew.people.user import User
from clew.sessions.host import Host
from clew.sessions.ids import GameId, PlayerId, UserId
from clew.sessions.ports.clock import Clock
from clew.sessions.records import Entry
from clew.sessions.session.watch import Watch
from clew.tables.feed import GameFeed
from clew.wire.socket import ReadyMessage, ResignMessage
from minotaur.play.codec import MatchCodec
from minotaur.play.creating import match_created
from minotaur.play.errors import ERRORS
from minotaur.play.kind import KIND
from minotaur.play.listing import info_of
from minotaur.play.machine import MatchMachine
from minotaur.play.match import Cancel, Join, Lapse, Match, MatchCommand, MatchCreated, MatchEvent, Start
from minotaur.play.replay import replay_of
from minotaur.play.showing import MatchFeed, seat_of, showing_of
from minotaur.play.wire import PlanMessage
from minotaur.play.wire_http import ABOUT, CreateGame, GameInfo
from minotaur.play.wire_replay import Replay
from minotaur.rules.commands import Ready, RegisterPlan, Resign
from minotaur.rules.names import PlayerId as HeroId

MatchHost: TypeAlias = Host[Match, MatchCommand, MatchEvent]
Said: TypeAlias = PlanMessage | ReadyMessage | ResignMessage

_ENCODER: Final = msgspec.json.Encoder()


class ServedMinotaur:
    """Keeps ``gateway.ports.ServedGame``'s promises."""

    def __init__(self, machine: MatchMachine | None = None) -> None:
        self.kind = KIND
        self.machine = machine or MatchMachine()
        self._showing = showing_of(self.machine)
        self.codec = MatchCodec()
        self.subprotocol = "minotaur.v1"
        self.about = ABOUT
        self.shapes = Shapes(
            say=Said,
            creation=MatchCreated,
            request=CreateGame,
            info=GameInfo,
            replay=Replay,
            errors=ERRORS,
        )

    # --- what is asked of it -------------------------------------------------------------------------------------

    def create(self, user: User, request: CreateGame, fresh: Fresh) -> MatchCreated:
        return match_created(user, request, fresh)

    def wants_bots(self, request: CreateGame) -> bool:
        return request.bots > 0

    def join(self, user_id: UserId, display_name: str) -> Join:
        return Join(user_id, display_name)

    def start(self, user_id: UserId) -> Start:
        return Start(user_id)

    def cancel(self, user_id: UserId) -> Cancel:
        return Cancel(user_id)

    def lapse(self) -> Lapse:
        return Lapse()

    def command(self, said: Said, seat: PlayerId) -> MatchCommand:
        hero = HeroId(seat)
        match said:
            case PlanMessage():
                return RegisterPlan(hero, said.round, said.steps)
            case ReadyMessage():
                return Ready(hero, said.round)
            case ResignMessage():
                return Resign(hero)
            case _:
                assert_never(said)

    # --- what of it is told --------------------------------------------------------------------------------------

    def seat_of(self, state: Match, user_id: UserId) -> PlayerId | None:
        return seat_of(state, user_id)

    def info(self, state: Match, user_id: UserId | None) -> GameInfo:
        return info_of(state, user_id)

    async def number_at(
        self, game_id: GameId, state: Match, seq: int, entry: int, seat: PlayerId, journal: Journal[MatchEvent]
    ) -> int:
        return await self._showing.number_at(game_id, state, seq, entry, seat, journal)

    async def open_feed(
        self,
        game_id: GameId,
        watch: Watch[Match, MatchEvent],
        journal: Journal[MatchEvent],
        comer: Comer,
        clock: Clock,
    ) -> tuple[MatchFeed, Opening]:
        feed = GameFeed(self._showing, watch.state, comer.user_id)
        return feed, await feed.open(game_id, watch.seq, watch.terms, journal, comer, clock.now())

    def replay(self, entries: Sequence[Entry[MatchEvent]]) -> bytes:
        return _ENCODER.encode(replay_of(entries))
