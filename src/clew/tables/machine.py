"""A table as the session runtime sees it: pure functions over a frozen state.

Bots plan for their seats, and for players on autopilot, in the very command that ends a round, so that their plans and
what comes of them are one commit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeAlias, assert_never

import msgspec
from msgspec.structs import replace

from clew.game import AnyGame, Seat
from clew.sessions.ids import GameId, Millis, UserId
from clew.sessions.ports.game import Cause
from clew.sessions.records import Accepted, Refused, Summary
from clew.sessions.result_records import SeatResult
from clew.tables import rounds
from clew.tables.agreeing.commands import AgreementCommand
from clew.tables.agreeing.deciding import decide_agreement, next_of
from clew.tables.beginning import begun_by_bots
from clew.tables.checking import check_table
from clew.tables.commands import AnyCommand, CreditClock, EndRound, Ready, RegisterPlan, Resign
from clew.tables.creating import settled
from clew.tables.events import AnyEvent
from clew.tables.evolving import evolve_table
from clew.tables.lobby.changing import Settled
from clew.tables.lobby.commands import LobbyCommand
from clew.tables.lobby.deciding import decide_in_lobby, refuse_play
from clew.tables.lobby.listing import summary_of
from clew.tables.log.told_once import Tellings
from clew.tables.results import table_results
from clew.tables.table import BOT, AnyTable
from clew.tables.tale import Tale
from clew.tables.telling import told_once
from clew.tables.views import status_of

_Playing: TypeAlias = RegisterPlan[Any] | Ready | Resign | EndRound | CreditClock


class TableMachine:
    """Decides and evolves tables of one game; keeps ``sessions.ports.Machine``'s promises."""

    def __init__(self, game: AnyGame) -> None:
        self.game = game
        self.tellings = Tellings[AnyEvent](partial(told_once, game))
        """Of its tables' latest events, for whoever tells viewers of them."""

    def decide(self, state: AnyTable, command: AnyCommand, now: Millis) -> Accepted[AnyEvent] | Refused:
        answer = self._decided(state, command, now)
        if isinstance(answer, Tale):
            # A plan, or one who is ready, alone: whatever it brings with it would be an event of its own.
            alone = isinstance(command, RegisterPlan | Ready) and len(answer.events) == 1
            return self.told(answer, relists=not alone)
        return answer

    def told(self, tale: Tale, *, relists: bool = True) -> Accepted[AnyEvent]:
        """A tale as an answer, with the table that it has come to already."""
        return Accepted(tuple(tale.events), partial(self._arrived, tale) if tale.events else None, relists)

    def _decided(self, state: AnyTable, command: AnyCommand, now: Millis) -> Tale | Accepted[AnyEvent] | Refused:
        if isinstance(command, LobbyCommand):
            return decide_in_lobby(state, command, _Play(self.game, state, now))
        refused = refuse_play(state)
        if refused is not None:
            return refused
        if isinstance(command, AgreementCommand):
            come = decide_agreement(rounds.circle_of(self.game, state), command, now)
            return come if isinstance(come, Refused) else rounds.agree(self.game, state, come, now)
        return self._play(state, command, now)

    def evolve(self, state: AnyTable | None, event: AnyEvent, seq: int) -> AnyTable:
        after = evolve_table(self.game, state, event)
        return after if state is None else self._logged(state, after, [event], seq)

    def deadline(self, state: AnyTable) -> tuple[Millis, AnyCommand] | None:
        if state.status != "active":
            return None
        return next_of(state.agreements) or (state.round_ends_at, EndRound(state.round))

    def credit(self, state: AnyTable, ms: int, why: Cause) -> AnyCommand | None:
        return CreditClock(ms, why) if state.status == "active" else None

    def attended(
        self, state: AnyTable, command: AnyCommand, watched: bool, here: Collection[UserId] | None
    ) -> AnyCommand:
        if state.agreements.pause is not None:
            return command
        return EndRound(state.round, watched, None if here is None else state.away(here))

    def span(self, state: AnyTable) -> int | None:
        if state.status != "active":
            return None
        pause = state.agreements.pause
        return state.round_ms if pause is None else pause.until - pause.since

    def says_anew(self, command: AnyCommand) -> bool:
        return isinstance(command, RegisterPlan)

    def summary(self, state: AnyTable) -> Summary:
        return summary_of(state, state.round, partial(status_of, self.game, state))

    def results(self, state: AnyTable) -> tuple[SeatResult, ...]:
        return table_results(self.game, state)

    def check(self, state: AnyTable, game_id: GameId, join_code: str) -> None:
        check_table(self.game, state, game_id, join_code)

    def describe(self, state: AnyTable) -> str:
        """The round, the game's own line, the plans and the seed: what a crash needs to be set up again."""
        if state.game is None:
            return f"{state.status}, {len(state.members)} of {state.settings.seats} seats taken"
        plans = [f"{seat}={msgspec.json.encode(plan).decode()}" for seat, plan in state.plans.items()]
        return " ".join([f"seed {state.seed} round {state.round}: {self.game.describe(state.game)}", *plans])

    def _play(self, table: AnyTable, command: _Playing, now: Millis) -> Tale | Refused:
        match command:
            case RegisterPlan():
                return rounds.plan(self.game, table, command)
            case Ready():
                return rounds.ready(self.game, table, command, now)
            case Resign():
                return rounds.resign(self.game, table, command, now)
            case EndRound():
                return rounds.end_round(self.game, table, command, now)
            case CreditClock():
                return rounds.credit_clock(self.game, table, command)
            case _:
                assert_never(command)

    def _arrived(self, tale: Tale, seq: int) -> AnyTable:
        """What evolving these events comes to, without applying them a second time."""
        return self._logged(tale.before, tale.table, tale.events, seq)

    def _logged(self, before: AnyTable, after: AnyTable, events: Sequence[AnyEvent], seq: int) -> AnyTable:
        """People sit down one event at a time, and none while the game is on: those from before are told of all."""
        return replace(after, events_log=self.tellings.logged(before.events_log, events, before.people, seq))


@dataclass(frozen=True, slots=True)
class _Play:
    """Keeps ``lobby.deciding.Playable``'s promises."""

    game: AnyGame
    table: AnyTable
    now: Millis
    bot_kinds: Final = (BOT,)

    def begin(self) -> Tale:
        return begun_by_bots(self.game, self.table, self.now)

    def resign(self, seat: Seat) -> Tale | Refused:
        return rounds.resign(self.game, self.table, Resign(seat), self.now)

    def settled(self, asked: Any) -> Settled | Refused:
        return settled(self.game, self.table, asked)
