"""A table of any game as its operators' tools try it out and show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, assert_never

import msgspec

from clew.game import AnyGame
from clew.operators.ports import Asked
from clew.sessions.ids import Kind
from clew.sessions.records import Entry
from clew.tables import events
from clew.tables.agreeing.events import AgreementEvent
from clew.tables.agreeing.telling import line_of_agreement
from clew.tables.autopilot import bots_plan
from clew.tables.codec import TableCodec
from clew.tables.commands import RegisterPlan
from clew.tables.events import AnyEvent
from clew.tables.lobby.events import LobbyEvent
from clew.tables.lobby.serving import OperatedGathering, line_of
from clew.tables.machine import TableMachine
from clew.tables.serving.replay import replay_of
from clew.tables.table import AnyTable
from clew.tables.tale import planning
from clew.tables.views import table_view

_ENCODER: Final = msgspec.json.Encoder()
_NOBODY: Final = "-"


class OperatedTable(OperatedGathering[AnyTable]):
    """Keeps ``operators.ports.OperatedGame``'s promises."""

    def __init__(self, game: AnyGame) -> None:
        self._game = game
        self.kind = Kind(game.kind)
        self.machine = TableMachine(game)
        self.codec = TableCodec(game)

    def plans(self, state: AnyTable) -> Sequence[Asked]:
        """For bots and for players on autopilot the end of the round plans by itself."""
        game = self._game
        return [
            Asked(seat, RegisterPlan(seat, state.round, bots_plan(game, state, seat) or game.idle(state.game, seat)))
            for seat in planning(game, state)
            if seat not in state.plans and not state.is_bot(seat) and not state.players[seat].autopilot
        ]

    def shown(self, state: AnyTable) -> Sequence[bytes]:
        return [_ENCODER.encode(table_view(self._game, state, viewer)) for viewer in (None, *state.seats)]

    def replay(self, entries: Sequence[Entry[AnyEvent]]) -> bytes:
        return _ENCODER.encode(replay_of(self._game, entries))

    def line(self, event: AnyEvent) -> str:
        if isinstance(event, LobbyEvent):
            return line_of(event)
        if isinstance(event, AgreementEvent):
            return line_of_agreement(event)
        match event:
            case events.TableCreated():
                settings = event.settings
                return (
                    f"table_created seats={settings.seats} round_seconds={settings.round_seconds} bots={event.bots}"
                    f" seed={event.seed} options={_written(event.options)}"
                )
            case events.SettingsChanged(settings, options, bots, public):
                return (
                    f"settings_changed seats={settings.seats} round_seconds={settings.round_seconds} bots={bots}"
                    f" options={_written(options)}{' public' if public else ''}"
                )
            case events.GameStarted(state, on_turn=on_turn):
                return f"game_started on_turn={','.join(on_turn)} {self._game.describe(state)}"
            case events.PlanAccepted(number, seat, plan, by_bot):
                return f"{number} plan_accepted id={seat} plan={_written(plan)}{' by_bot' if by_bot else ''}"
            case events.ReadyAccepted(number, seat):
                return f"{number} ready_accepted id={seat}"
            case events.Resigned(number, seat):
                return f"{number} resigned id={seat}"
            case events.Happened(number, inner):
                return f"{number} happened {_written(inner)}"
            case events.RoundStarted(number, on_turn=on_turn):
                return f"{number} round_started on_turn={','.join(on_turn)}"
            case events.ClockCredited(number, ms, why):
                return f"{number} clock_credited ms={ms} why={why}"
            case events.GameOver(number, winner_ids, why):
                return f"{number} game_over winners={','.join(winner_ids) or _NOBODY} why={why or _NOBODY}"
            case _:
                assert_never(event)


def _written(part: object) -> str:
    return _ENCODER.encode(part).decode()
