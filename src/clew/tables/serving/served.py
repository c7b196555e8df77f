"""A table of any game as a gateway serves it: the one place where the gateway's words meet the table's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final, assert_never

import msgspec

from clew.catalogue.voice import Voice
from clew.game import AnyGame
from clew.gateway.company import RoundSoFar
from clew.gateway.ports import Fresh, Shapes
from clew.people.user import User
from clew.sessions.ids import Kind, PlayerId, UserId
from clew.sessions.records import Entry, Refused
from clew.tables.agreeing.counting import Circle
from clew.tables.codec import TableCodec
from clew.tables.commands import AnyCommand, Ready, RegisterPlan, Resign
from clew.tables.creating import Identity, NewTable, table_created
from clew.tables.events import AnyEvent, TableCreated
from clew.tables.lobby.again import again
from clew.tables.lobby.serving import ServedGathering
from clew.tables.machine import TableMachine
from clew.tables.serving.about import about, subprotocol_of
from clew.tables.serving.errors import ERRORS
from clew.tables.serving.listing import info_of
from clew.tables.serving.picture import picture_of
from clew.tables.serving.replay import replay_of
from clew.tables.serving.showing import UNNAMING, showing_of
from clew.tables.serving.wire import PlanMessage, Said, TableInfo, change_type, info_type, request_type, said_type
from clew.tables.serving.wire_replay import replay_type
from clew.tables.table import AnyTable
from clew.tables.views import agreed_about, standing_of
from clew.wire.errors import ApiError
from clew.wire.socket import ReadyMessage, ResignMessage

_ENCODER: Final = msgspec.json.Encoder()


class ServedTable(ServedGathering[AnyTable, AnyEvent]):
    """Keeps ``gateway.ports.ServedGame``'s promises."""

    def __init__(self, game: AnyGame) -> None:
        self._game = game
        self._info = info_type(game)
        self.kind = Kind(game.kind)
        self.machine = TableMachine(game)
        super().__init__(showing_of(self.machine), UNNAMING)
        self.codec = TableCodec(game)
        self.subprotocol = subprotocol_of(game)
        self.about = about(game)
        self.shapes = Shapes(
            say=said_type(game),
            creation=TableCreated[game.options],
            request=request_type(game),
            change=change_type(game),
            info=self._info,
            replay=replay_type(game),
            errors=ERRORS,
        )

    # --- what is asked of it -------------------------------------------------------------------------------------

    def create(self, user: User, request: Any, fresh: Fresh) -> TableCreated[Any]:
        asked = NewTable(
            seats=request.seats,
            round_seconds=request.round_seconds,
            bots=request.bots,
            options=msgspec.to_builtins(request.options),
            seed=request.seed,
            away_after=request.away_after,
            public=request.public,
        )
        identity = Identity(fresh.game_id, fresh.join_code, user.user_id, user.display_name, fresh.seed)
        created = table_created(self._game, asked, identity)
        if isinstance(created, Refused):
            raise ApiError(created.code, created.message, created.details)
        return created

    def again(self, state: AnyTable, user: User, fresh: Fresh) -> TableCreated[Any]:
        people = again(state, user)
        if isinstance(people, Refused):
            raise ApiError(people.code, people.message)
        return TableCreated(
            game_id=fresh.game_id,
            join_code=fresh.join_code,
            settings=state.settings,
            options=state.options,
            seed=fresh.seed,
            bots=state.bots,
            seed_chosen=False,
            **people._asdict(),
        )

    def command(self, said: Said, seat: PlayerId) -> AnyCommand:
        match said:
            case PlanMessage():
                return RegisterPlan(seat, said.round, said.plan)
            case ReadyMessage():
                return Ready(seat, said.round)
            case ResignMessage():
                return Resign(seat)
            case _:
                assert_never(said)

    # --- what of it is told --------------------------------------------------------------------------------------

    def agreed_about(self, state: AnyTable) -> Circle | None:
        return agreed_about(self._game, state)

    def rules_in(self, state: AnyTable) -> object:
        return state.settings, state.options

    def round_seconds(self, state: AnyTable) -> int:
        return state.settings.round_seconds

    def standing(self, state: AnyTable) -> RoundSoFar:
        return standing_of(self._game, state)

    def info(self, state: AnyTable, user_id: UserId | None, gone: Collection[UserId] = ()) -> TableInfo:
        return info_of(self._game, self._info, UNNAMING.shown(state, gone), user_id)

    def replay(self, entries: Sequence[Entry[AnyEvent]], gone: Collection[UserId] = ()) -> bytes:
        return _ENCODER.encode(replay_of(self._game, self.told(entries, gone)))

    def picture(self, entries: Sequence[Entry[AnyEvent]], voice: Voice, gone: Collection[UserId] = ()) -> bytes:
        return picture_of(self._game, self.about.title, self.told(entries, gone), voice).encode()
