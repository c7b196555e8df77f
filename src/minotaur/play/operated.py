"""Minotaur as its operators' tools try it out and show it."""

from collections.abc import Sequence
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from clew.operators.ports import Asked
from clew.sessions.ids import PlayerId
from clew.sessions.ports.game import Codec, Machine
from clew.sessions.records import Entry
from minotaur.play.codec import MatchCodec
from minotaur.play.kind import KIND
from minotaur.play.machine import PLANNERS, MatchMachine
from minotaur.play.match import (
    GameCanceled,
    GameStarted,
    Match,
    MatchCommand,
    MatchCreated,
    MatchEvent,
    PlayerJoined,
    Start,
)
from minotaur.play.replay import replay_of
from minotaur.play.views import view_of
from minotaur.rules.commands import RegisterPlan
from minotaur.rules.notation import NOTHING
from minotaur.rules.notation_event import format_event

MatchRules: TypeAlias = Machine[Match, MatchCommand, MatchEvent]
MatchWriting: TypeAlias = Codec[Match, MatchEvent]


class OperatedMinotaur:
    """Keeps ``operators.ports.OperatedGame``'s promises."""

    def __init__(self, machine: MatchRules | None = None, codec: MatchWriting | None = None) -> None:
        self.kind = KIND
        self.machine: MatchRules = machine or MatchMachine()
        self.codec: MatchWriting = codec or MatchCodec()

    def open_to_bots(self, state: Match) -> Match:
        return replace(state, bots=state.settings.seats - len(state.members))

    def start(self, state: Match) -> Asked:
        host = state.host
        assert host.user_id is not None, "a match is made by a person"
        return Asked(PlayerId(host.player_id), Start(host.user_id))

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
        viewers = (None, *(PlayerId(member.player_id) for member in state.members))
        return [msgspec.json.encode(view_of(state, viewer)) for viewer in viewers]

    def replay(self, entries: Sequence[Entry[MatchEvent]]) -> bytes:
        return msgspec.json.encode(replay_of(entries))

    def names(self, state: Match) -> Sequence[str]:
        return [member.display_name for member in state.members]

    def line(self, event: MatchEvent) -> str:
        match event:
            case MatchCreated():
                settings = event.settings
                return (
                    f"match_created preset={settings.preset} seats={settings.seats} bots={event.bots} seed={event.seed}"
                )
            case PlayerJoined(member):
                return f"player_joined id={member.player_id} user={member.user_id or NOTHING}"
            case GameStarted(game):
                return f"game_started heroes={','.join(game.heroes)}"
            case GameCanceled():
                return "game_canceled"
            case _:
                return format_event(event)
