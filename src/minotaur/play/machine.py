"""The match as the session runtime sees it: pure functions over a frozen state.

The lobby is decided here, the game by ``rules``; bots plan for their seats, and for players on autopilot, in the very
command that ends a round, so that their plans and what comes of them are one commit.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from msgspec.structs import replace

from clew.sessions.ids import GameId
from clew.sessions.ids import PlayerId as SeatId
from clew.sessions.ports.game import Cause
from clew.sessions.records import OPEN, Accepted, PlayerSummary, Refused, Summary
from clew.tables.log.events_log import EventsLog
from clew.tables.log.told_once import Tellings
from minotaur.play.bots.kinds import plan_of
from minotaur.play.checking import check_match
from minotaur.play.match import (
    Cancel,
    GameCanceled,
    GameStarted,
    Join,
    Lapse,
    Match,
    MatchCommand,
    MatchCreated,
    MatchEvent,
    Member,
    PlayerJoined,
    Start,
)
from minotaur.play.telling import saying_of
from minotaur.play.views import status_of
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.commands import Command, CreditClock, EndRound, Refusal, RegisterPlan, Steps
from minotaur.rules.decide import Decided, Planner, decide
from minotaur.rules.evolve import evolve
from minotaur.rules.game import Game
from minotaur.rules.names import Millis, PlayerId, player_id
from minotaur.rules.new_game import Seat, new_game
from minotaur.rules.notation import format_plan
from minotaur.rules.notation_board import format_board
from minotaur.rules.sight import sight

BOT_NAMES: Final = ("Ariadne", "Theseus", "Daedalus", "Icarus", "Phaedra", "Androgeus", "Pasiphae", "Asterion")
"""What bots are called, by their seats."""


class MatchMachine:
    """Decides and evolves matches; keeps ``sessions.ports.Machine``'s promises."""

    def __init__(self) -> None:
        self.tellings = Tellings(saying_of)
        """Of its matches' latest events, for whoever tells viewers of them."""

    def decide(self, state: Match, command: MatchCommand, now: Millis) -> Accepted[MatchEvent] | Refused:
        match command:
            case Join():
                return _join(state, command)
            case Start():
                return _start(state, command, now)
            case Cancel():
                return _cancel(state, command)
            case Lapse():
                return Accepted((GameCanceled(),)) if state.status == "lobby" else _closed_lobby(state)
            case _:
                return self._play(state, command, now)

    def evolve(self, state: Match | None, event: MatchEvent, seq: int) -> Match:
        if isinstance(event, MatchCreated):
            assert state is None, "a match is created once"
            return _created(event)
        assert state is not None, "a match begins with its creation"
        log = self._logged(state, [event], seq)
        match event:
            case PlayerJoined(member):
                return replace(state, members=(*state.members, member), events_log=log)
            case GameStarted(game):
                return replace(state, status="active", game=game, events_log=log)
            case GameCanceled():
                return replace(state, status="canceled", events_log=log)
            case _:
                assert state.game is not None, "the rules' events come after the start"
                return _with_game(state, evolve(state.game, event), log)

    def deadline(self, state: Match) -> tuple[Millis, MatchCommand] | None:
        if state.status != "active" or state.game is None:
            return None
        return state.game.round_ends_at, EndRound(state.game.round)

    def credit(self, state: Match, ms: int, why: Cause) -> MatchCommand | None:
        return CreditClock(ms, why) if state.status == "active" else None

    def while_watched(self, command: MatchCommand) -> MatchCommand:
        return replace(command, watched=True) if isinstance(command, EndRound) else command

    def span(self, state: Match) -> int | None:
        return None if state.status != "active" or state.game is None else state.game.round_ms

    def says_anew(self, command: MatchCommand) -> bool:
        return isinstance(command, RegisterPlan)

    def summary(self, state: Match) -> Summary:
        return Summary(
            game_status=state.status,
            latest_round=0 if state.game is None else state.game.round,
            players=tuple(
                PlayerSummary(
                    player_id=SeatId(member.player_id),
                    user_id=member.user_id,
                    player_status=status_of(state.game, member.player_id),
                )
                for member in state.members
            ),
        )

    def check(self, state: Match, game_id: GameId, join_code: str) -> None:
        check_match(state, game_id, join_code)

    def describe(self, state: Match) -> str:
        """The round, the board and the plans in the rules' notation, and the seed: what a crash needs to be set up."""
        game = state.game
        if game is None:
            return f"{state.status}, {len(state.members)} of {state.settings.seats} seats taken"
        plans = [f"{player}={format_plan(hero.plan)}" for player, hero in game.heroes.items() if hero.plan is not None]
        return " ".join([f"seed {game.seed} round {game.round}: {format_board(game)}", *plans])

    def _play(self, match: Match, command: Command, now: Millis) -> Accepted[MatchEvent] | Refused:
        if match.status == "canceled":
            return Refused("game_canceled", "This game was called off.")
        if match.game is None:
            return Refused("game_not_started", "This game has not begun yet.")
        answer = decide(match.game, command, now, PLANNERS[match.bot])
        if isinstance(answer, Refusal):
            return Refused(answer.code, answer.message, answer.details)
        return Accepted(answer.events, partial(self._arrived, match, answer))

    def _arrived(self, match: Match, answer: Decided, seq: int) -> Match:
        """What evolving these events comes to, without working out the game a second time."""
        return _with_game(match, answer.after, self._logged(match, answer.events, seq))

    def _logged(self, match: Match, events: Sequence[MatchEvent], seq: int) -> EventsLog:
        people = [SeatId(member.player_id) for member in match.members if not member.is_bot]
        return self.tellings.logged(match.events_log, events, people, seq)


def bot_planner(kind: BotKind) -> Planner:
    """A planner that lets this kind of bot plan for whoever needs it."""

    def plan(game: Game, player: PlayerId) -> Steps:
        return plan_of(kind, game.seed, game.settings, sight(game, player))

    return plan


PLANNERS: Final[dict[BotKind, Planner]] = {"hunter": bot_planner("hunter"), "wanderer": bot_planner("wanderer")}


def _join(match: Match, command: Join) -> Accepted[MatchEvent] | Refused:
    """A seat for a user; who has one in an open match keeps it, and nothing happens."""
    if match.status in OPEN and match.member_of(command.user_id) is not None:
        return Accepted(())
    if match.status != "lobby":
        return _closed_lobby(match)
    if len(match.members) >= match.settings.seats:
        return Refused("game_full", "All seats are taken.")
    member = Member(player_id(len(match.members) + 1), command.user_id, command.display_name)
    return Accepted((PlayerJoined(member),))


def _start(match: Match, command: Start, now: Millis) -> Accepted[MatchEvent] | Refused:
    if match.host.user_id != command.user_id:
        return Refused("not_host", "Only the player who made the game can begin it.")
    if match.status != "lobby":
        return _closed_lobby(match)
    seats = match.settings.seats
    empty = seats - len(match.members)
    if empty > match.bots:
        missing = empty - match.bots
        return Refused("too_few_players", f"{missing} more must join before the game can begin.", {"missing": missing})
    bots = [Member(player_id(seat), None, BOT_NAMES[seat - 1]) for seat in range(seats - empty + 1, seats + 1)]
    kinds: list[Seat] = ["bot" if member.is_bot else "human" for member in (*match.members, *bots)]
    game = new_game(match.settings, match.seed, kinds, now)
    return Accepted((*(PlayerJoined(bot) for bot in bots), GameStarted(game)))


def _cancel(match: Match, command: Cancel) -> Accepted[MatchEvent] | Refused:
    if match.host.user_id != command.user_id:
        return Refused("not_host", "Only the player who made the game can call it off.")
    if match.status != "lobby":
        return _closed_lobby(match)
    return Accepted((GameCanceled(),))


def _closed_lobby(match: Match) -> Refused:
    if match.status == "canceled":
        return Refused("game_canceled", "This game was called off.")
    if match.status == "concluded":
        return Refused("game_over", "The game is over.")
    return Refused("game_started", "This game has already begun.")


def _created(event: MatchCreated) -> Match:
    return Match(
        game_id=event.game_id,
        join_code=event.join_code,
        settings=event.settings,
        seed=event.seed,
        bots=event.bots,
        bot=event.bot,
        members=(event.host,),
        seed_chosen=event.seed_chosen,
    )


def _with_game(match: Match, game: Game, log: EventsLog) -> Match:
    return replace(match, game=game, status="concluded" if game.status == "over" else "active", events_log=log)
