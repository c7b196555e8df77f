"""Minotaur as a gateway serves it: the one place where the runtime's words meet the match's."""

from collections.abc import Callable, Collection, Sequence
from typing import Final, TypeAlias, assert_never

import msgspec

from clew.catalogue.voice import Voice
from clew.gateway.company import RoundSoFar
from clew.gateway.ports import Fresh, Shapes
from clew.people.user import User
from clew.sessions.host import Host
from clew.sessions.ids import PlayerId, UserId
from clew.sessions.records import Entry
from clew.tables.agreeing.counting import Circle
from clew.tables.lobby.serving import ServedGathering
from clew.wire.socket import AgreeMessage, ReadyMessage, ResignMessage
from minotaur.play.codec import MatchCodec
from minotaur.play.creating import match_again, match_created
from minotaur.play.errors import ERRORS
from minotaur.play.kind import KIND
from minotaur.play.listing import info_of
from minotaur.play.machine import MatchMachine
from minotaur.play.match import Match, MatchCommand, MatchCreated, MatchEvent
from minotaur.play.picture import picture_of
from minotaur.play.replay import replay_of
from minotaur.play.showing import UNNAMING, showing_of
from minotaur.play.views import circle_of, standing_of
from minotaur.play.wire import PlanMessage
from minotaur.play.wire_change import ChangeGame
from minotaur.play.wire_http import ABOUT, CreateGame, GameInfo
from minotaur.play.wire_replay import Replay
from minotaur.rules.commands import Ready, RegisterPlan, Resign
from minotaur.rules.names import PlayerId as HeroId

MatchHost: TypeAlias = Host[Match, MatchCommand, MatchEvent]
Said: TypeAlias = PlanMessage | ReadyMessage | ResignMessage

_ENCODER: Final = msgspec.json.Encoder()


class ServedMinotaur(ServedGathering[Match, MatchEvent]):
    """Keeps ``gateway.ports.ServedGame``'s promises."""

    def __init__(self, machine: MatchMachine | None = None) -> None:
        self.kind = KIND
        self.machine = machine or MatchMachine()
        super().__init__(showing_of(self.machine), UNNAMING)
        self.codec = MatchCodec()
        self.subprotocol = "minotaur.v1"
        self.about = ABOUT
        self.shapes = Shapes(
            say=Said | AgreeMessage,
            creation=MatchCreated,
            request=CreateGame,
            change=ChangeGame,
            info=GameInfo,
            replay=Replay,
            errors=ERRORS,
        )

    def foresee(self, state: Match) -> Callable[[], None] | None:
        return self.machine.foreseen.work(state)

    # --- what is asked of it -------------------------------------------------------------------------------------

    def create(self, user: User, request: CreateGame, fresh: Fresh) -> MatchCreated:
        return match_created(user, request, fresh)

    def again(self, state: Match, user: User, fresh: Fresh) -> MatchCreated:
        return match_again(state, user, fresh)

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

    def agreed_about(self, state: Match) -> Circle | None:
        return circle_of(state)

    def rules_in(self, state: Match) -> object:
        return state.settings

    def round_seconds(self, state: Match) -> int:
        return state.settings.round_seconds

    def standing(self, state: Match) -> RoundSoFar:
        return standing_of(state)

    def info(self, state: Match, user_id: UserId | None, gone: Collection[UserId] = ()) -> GameInfo:
        return info_of(UNNAMING.shown(state, gone), user_id)

    def replay(self, entries: Sequence[Entry[MatchEvent]], gone: Collection[UserId] = ()) -> bytes:
        return _ENCODER.encode(replay_of(self.told(entries, gone)))

    def picture(self, entries: Sequence[Entry[MatchEvent]], voice: Voice, gone: Collection[UserId] = ()) -> bytes:
        return picture_of(self.told(entries, gone), voice).encode()
