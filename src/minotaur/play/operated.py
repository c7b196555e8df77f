"""Minotaur as its operators' tools try it out and show it."""

from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from clew.operators.ports import Asked
from clew.sessions.ids import PlayerId
from clew.sessions.ports.game import Codec, Machine
from clew.sessions.records import Entry
from clew.tables.agreeing.events import AgreementEvent
from clew.tables.agreeing.telling import line_of_agreement
from clew.tables.lobby.events import LobbyEvent
from clew.tables.lobby.serving import OperatedGathering, line_of
from minotaur.play.codec import MatchCodec
from minotaur.play.kind import KIND
from minotaur.play.machine import PLANNERS, MatchMachine
from minotaur.play.match import GameStarted, Match, MatchCommand, MatchCreated, MatchEvent, SettingsChanged
from minotaur.play.replay import replay_of
from minotaur.play.views import view_of
from minotaur.rules.commands import RegisterPlan
from minotaur.rules.notation_event import format_event

MatchRules: TypeAlias = Machine[Match, MatchCommand, MatchEvent]
MatchWriting: TypeAlias = Codec[Match, MatchEvent]


class OperatedMinotaur(OperatedGathering[Match]):
    """Keeps ``operators.ports.OperatedGame``'s promises."""

    def __init__(self, machine: MatchRules | None = None, codec: MatchWriting | None = None) -> None:
        self.kind = KIND
        self.machine: MatchRules = machine or MatchMachine()
        self.codec: MatchWriting = codec or MatchCodec()

    def plans(self, state: Match) -> Sequence[Asked]:
        """For bots and for players on autopilot the end of the round plans by itself."""
        game = state.game
        assert game is not None, "it has begun"
        return [
            Asked(PlayerId(player), RegisterPlan(player, game.round, PLANNERS[state.bot](game, player)))
            for player, hero in game.heroes.items()
            if hero.alive and hero.plan is None and not hero.is_bot and not hero.autopilot
        ]

    def shown(self, state: Match) -> Sequence[bytes]:
        return [msgspec.json.encode(view_of(state, viewer)) for viewer in (None, *state.seats)]

    def replay(self, entries: Sequence[Entry[MatchEvent]]) -> bytes:
        return msgspec.json.encode(replay_of(entries))

    def line(self, event: MatchEvent) -> str:
        if isinstance(event, LobbyEvent):
            return line_of(event)
        if isinstance(event, AgreementEvent):
            return line_of_agreement(event)
        match event:
            case MatchCreated():
                settings = event.settings
                return (
                    f"match_created preset={settings.preset} seats={settings.seats} bots={event.bots} seed={event.seed}"
                )
            case SettingsChanged(settings, bots, bot, public):
                return (
                    f"settings_changed preset={settings.preset} seats={settings.seats} bots={bots} bot={bot}"
                    f"{' public' if public else ''}"
                )
            case GameStarted(game):
                return f"game_started heroes={','.join(game.heroes)}"
            case _:
                return format_event(event)
