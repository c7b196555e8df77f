"""The match as the session runtime sees it: pure functions over a frozen state.

The lobby is decided as any game's (``clew.tables.lobby``), the game by ``rules``; bots plan for their seats, and for
players on autopilot, in the very command that ends a round, so that their plans and what comes of them are one commit.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Final, assert_never, get_args

from msgspec.structs import replace

from clew.sessions.ids import GameId, UserId
from clew.sessions.ids import PlayerId as SeatId
from clew.sessions.ports.game import Cause
from clew.sessions.records import Accepted, GameStatus, Refused, Summary
from clew.sessions.result_records import SeatResult
from clew.tables.agreeing.agreements import Agreements
from clew.tables.agreeing.commands import AgreementCommand
from clew.tables.agreeing.deciding import decide_agreement, next_of
from clew.tables.agreeing.events import Agreed, AgreementEvent, AutopilotBegan, Paused, WentOn
from clew.tables.agreeing.evolving import evolve_agreements
from clew.tables.lobby.changing import Settled
from clew.tables.lobby.commands import LobbyCommand
from clew.tables.lobby.deciding import bots_for, decide_in_lobby, refuse_play
from clew.tables.lobby.events import LobbyEvent, PlayerJoined
from clew.tables.lobby.evolving import evolve_lobby
from clew.tables.lobby.gathering import founded
from clew.tables.lobby.listing import summary_of
from clew.tables.log.events_log import EventsLog
from clew.tables.log.told_once import Tellings
from minotaur.play.bots.kinds import plan_of, seed_of_bots
from minotaur.play.changing import settled
from minotaur.play.checking import check_match
from minotaur.play.foreseeing import Foreseen
from minotaur.play.match import GameStarted, Match, MatchCommand, MatchCreated, MatchEvent, SettingsChanged
from minotaur.play.results import match_results
from minotaur.play.telling import told_once
from minotaur.play.views import circle_of, status_of
from minotaur.play.wire_change import ChangeGame
from minotaur.play.wire_shapes import BotKind
from minotaur.rules import events
from minotaur.rules.commands import (
    Command,
    CreditClock,
    EndRound,
    Ready,
    Refusal,
    RegisterPlan,
    Resign,
    Steps,
    is_of_the_clock,
)
from minotaur.rules.decide import Decided, Planner, decide, go_on
from minotaur.rules.evolve import evolve, put_on_autopilot
from minotaur.rules.game import Game
from minotaur.rules.names import Millis, PlayerId
from minotaur.rules.new_game import Seat, new_game
from minotaur.rules.notation import format_plan
from minotaur.rules.notation_board import format_board
from minotaur.rules.sight import sight


class MatchMachine:
    """Decides and evolves matches; keeps ``sessions.ports.Machine``'s promises."""

    def __init__(self) -> None:
        self.tellings = Tellings(told_once)
        """Of its matches' latest events, for whoever tells viewers of them."""
        self.foreseen = Foreseen()
        """What bots plan in their latest rounds, if somebody had it worked out beforehand."""

    def decide(self, state: Match, command: MatchCommand, now: Millis) -> Accepted[MatchEvent] | Refused:
        if isinstance(command, LobbyCommand):
            return decide_in_lobby(state, command, _Play(self, state, now))
        refused = refuse_play(state)
        if refused is not None:
            return refused
        if isinstance(command, AgreementCommand):
            return self._agree(state, command, now)
        if state.agreements.pause is not None and is_of_the_clock(command):
            return Refused("too_early", "The clock of this round stands still.")
        return self.play(state, command, now)

    def evolve(self, state: Match | None, event: MatchEvent, seq: int) -> Match:
        after = _evolved(state, event)
        return after if state is None else replace(after, events_log=self._logged(state, [event], seq))

    def deadline(self, state: Match) -> tuple[Millis, MatchCommand] | None:
        if state.status != "active" or state.game is None:
            return None
        return next_of(state.agreements) or (state.game.round_ends_at, EndRound(state.game.round))

    def credit(self, state: Match, ms: int, why: Cause) -> MatchCommand | None:
        return CreditClock(ms, why) if state.status == "active" else None

    def attended(
        self, state: Match, command: MatchCommand, watched: bool, here: Collection[UserId] | None
    ) -> MatchCommand:
        if state.agreements.pause is not None:
            return command
        assert state.game is not None, "a lobby has no deadline"
        away = None if here is None else frozenset(PlayerId(seat) for seat in state.away(here))
        return EndRound(state.game.round, watched, away)

    def span(self, state: Match) -> int | None:
        if state.status != "active" or state.game is None:
            return None
        pause = state.agreements.pause
        return state.game.round_ms if pause is None else pause.until - pause.since

    def says_anew(self, command: MatchCommand) -> bool:
        return isinstance(command, RegisterPlan)

    def summary(self, state: Match) -> Summary:
        return summary_of(state, 0 if state.game is None else state.game.round, partial(status_of, state.game))

    def results(self, state: Match) -> tuple[SeatResult, ...]:
        return match_results(state)

    def check(self, state: Match, game_id: GameId, join_code: str) -> None:
        check_match(state, game_id, join_code)

    def describe(self, state: Match) -> str:
        """The round, the board and the plans in the rules' notation, and the seed: what a crash needs to be set up."""
        game = state.game
        if game is None:
            return f"{state.status}, {len(state.members)} of {state.settings.seats} seats taken"
        plans = [f"{player}={format_plan(hero.plan)}" for player, hero in game.heroes.items() if hero.plan is not None]
        return " ".join([f"seed {game.seed} round {game.round}: {format_board(game)}", *plans])

    def play(self, match: Match, command: Command, now: Millis) -> Accepted[MatchEvent] | Refused:
        """What becomes of a command of the rules, the game being on."""
        assert match.game is not None, "it is played"
        answer = decide(match.game, command, now, partial(self.foreseen.plan, match))
        if isinstance(answer, Refusal):
            return Refused(answer.code, answer.message, answer.details)
        # A plan, or one who is ready, alone: whatever it brings with it would be an event of its own.
        relists = not (isinstance(command, RegisterPlan | Ready) and len(answer.events) == 1)
        return Accepted(answer.events, partial(self._arrived, match, answer), relists)

    def _agree(self, match: Match, command: AgreementCommand, now: Millis) -> Accepted[MatchEvent] | Refused:
        circle, game = circle_of(match), match.game
        assert circle is not None and game is not None, "it is played"
        come = decide_agreement(circle, command, now)
        if isinstance(come, Refused):
            return come
        happened: list[MatchEvent] = list(come.events)
        if come.stood_ms:
            happened.append(events.ClockCredited(round=game.round, ms=come.stood_ms, why="agreed"))
        after = reduce(_evolved, happened, match)
        if come.changes_who_plans:
            assert after.game is not None, "it is played yet"
            happened += go_on(after.game, now, partial(self.foreseen.plan, after)).events
        return Accepted(tuple(happened))

    def _arrived(self, match: Match, answer: Decided, seq: int) -> Match:
        """What evolving these events comes to, without working out the game a second time."""
        return _with_game(match, answer.after, answer.events, self._logged(match, answer.events, seq))

    def _logged(self, match: Match, events: Sequence[MatchEvent], seq: int) -> EventsLog:
        return self.tellings.logged(match.events_log, events, match.people, seq)


def bot_planner(kind: BotKind) -> Planner:
    """A planner that lets this kind of bot plan for whoever needs it."""

    def plan(game: Game, player: PlayerId) -> Steps:
        return plan_of(kind, seed_of_bots(game), game.settings, sight(game, player))

    return plan


PLANNERS: Final[Mapping[str, Planner]] = {kind: bot_planner(kind) for kind in get_args(BotKind)}


@dataclass(frozen=True, slots=True)
class _Play:
    """Keeps ``clew.tables.lobby.deciding.Playable``'s promises."""

    machine: MatchMachine
    match: Match
    now: Millis
    bot_kinds: Final = tuple(PLANNERS)

    def begin(self) -> Accepted[MatchEvent]:
        return _begun(self.match, self.now)

    def resign(self, seat: SeatId) -> Accepted[MatchEvent] | Refused:
        return self.machine.play(self.match, Resign(PlayerId(seat)), self.now)

    def settled(self, asked: ChangeGame) -> Settled | Refused:
        return settled(self.match, asked)


def _begun(match: Match, now: Millis) -> Accepted[MatchEvent]:
    """Bots take the empty seats, and the board is laid."""
    joined = [PlayerJoined(bot) for bot in bots_for(match)]
    full = reduce(evolve_lobby, joined, match)
    kinds: list[Seat] = ["bot" if member.is_bot else "human" for member in full.members]
    return Accepted((*joined, GameStarted(new_game(match.settings, match.seed, kinds, now))))


def _evolved(match: Match | None, event: MatchEvent) -> Match:
    """All but the log, which is the machine's."""
    if isinstance(event, MatchCreated):
        assert match is None, "a match is created once"
        return Match(**founded(event), settings=event.settings, bot=event.bot)
    assert match is not None, "a match begins with its creation"
    if isinstance(event, LobbyEvent):
        return evolve_lobby(match, event)
    if isinstance(event, AgreementEvent):
        return _agreed(match, event)
    match event:
        case SettingsChanged(settings, bots, bot, public):
            return replace(match, settings=settings, bots=bots, bot=bot, public=public)
        case GameStarted(game):
            return replace(match, status="active", game=game)
        case _:
            assert match.game is not None, "the rules' events come after the start"
            return _with_game(match, evolve(match.game, event), [event], match.events_log)


def _agreed(match: Match, event: AgreementEvent) -> Match:
    after = replace(match, agreements=evolve_agreements(match.agreements, event))
    assert match.game is not None, "people agree on what they play"
    match event:
        case AutopilotBegan(_, seat):
            return replace(after, game=put_on_autopilot(match.game, PlayerId(seat)))
        case Agreed() | Paused() | WentOn():
            return after
        case _:
            assert_never(event)


def _agreements_after(agreements: Agreements, event: events.Event) -> Agreements:
    """What a round's clock and its end mean to what people agree on in it."""
    match event:
        case events.ClockCredited(ms=ms):
            return agreements.moved(ms)
        case events.RoundStarted() | events.GameOver():
            return agreements.without_round()
        case (
            events.PcEnteredHex()
            | events.PcLeftHex()
            | events.PcAttacked()
            | events.PcBumped()
            | events.Noise()
            | events.PlanAccepted()
            | events.ReadyAccepted()
            | events.Killed()
            | events.Resigned()
            | events.MinotaurSlain()
            | events.Collapsed()
            | events.Drained()
            | events.Tremor()
        ):
            return agreements
        case _:
            assert_never(event)


def _with_game(match: Match, game: Game, happened: Sequence[events.Event], log: EventsLog) -> Match:
    status: GameStatus = "concluded" if game.status == "over" else "active"
    agreements = match.agreements
    if not agreements.is_idle:
        agreements = reduce(_agreements_after, happened, agreements)
    return replace(match, game=game, status=status, agreements=agreements, events_log=log)
