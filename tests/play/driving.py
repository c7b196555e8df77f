"""Matches driven by scripts of small numbers: every script is a legal course of a real game.

A script is drawn by hypothesis (``matches``) and played through the machine alone, with the clock moved by hand. What
it leaves is what a session would have: the state after every commit, and the journal.
"""

from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar, get_args

from hypothesis import strategies as st

from clew.sessions.ids import GameId, UserId
from clew.sessions.ids import PlayerId as SeatId
from clew.sessions.ports.game import Cause
from clew.sessions.records import Accepted, Answer, Committed, Entry, Receipt, Refused
from clew.tables.agreeing.commands import Agree, EndPause
from clew.tables.lobby.commands import Join, Start
from clew.tables.lobby.members import Member, seat_at
from minotaur.play.machine import MatchMachine
from minotaur.play.match import Match, MatchCommand, MatchCreated, MatchEvent
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.commands import MOVES, Attack, EndRound, Ready, RegisterPlan, Resign, Step, Steps, Wait
from minotaur.rules.decide import legal_targets
from minotaur.rules.game import Game
from minotaur.rules.names import Millis, PlayerId
from minotaur.rules.settings import STEPS_MAX, Settings, preset

T = TypeVar("T")

MACHINE: Final = MatchMachine()
START: Final = 1_750_000_000_123
GAME: Final = GameId("g1")
MARK: Final = "m1"
"""Of the one term in which a table is played."""

Kind = Literal["plan", "ready", "resign", "end", "credit", "agree"]
Action = tuple[Kind, int, tuple[int, ...]]
"""What is done, by which of the living, and numbers to choose the rest by: to what somebody agrees, and who is away."""


def user(seat: int) -> UserId:
    """The user in this seat."""
    return UserId(f"u{seat}")


def at_once(work: Coroutine[Any, Any, T]) -> T:
    """What this gives without waiting for anything."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value
    raise AssertionError("it waits")


@dataclass
class Table:
    """A match being played, with all that a session would have kept of it."""

    match: Match
    now: Millis = START
    journal: list[Entry[MatchEvent]] = field(default_factory=list[Entry[MatchEvent]])
    commits: list[Committed[Match, MatchEvent]] = field(default_factory=list[Committed[Match, MatchEvent]])

    @classmethod
    def laid(
        cls, settings: Settings, seed: int = 1, bots: int = 7, bot: BotKind = "hunter", game: str = GAME
    ) -> "Table":
        """A lobby with its host."""
        host = Member(seat_at(1), user(1), "Ada")
        created = MatchCreated(GameId(game), "ABC234", settings, seed, min(bots, settings.seats - 1), bot, host)
        table = cls(MACHINE.evolve(None, created, 1))
        table.journal.append(Entry(1, START, created))
        return table

    @property
    def game(self) -> Game:
        assert self.match.game is not None, "the game has begun"
        return self.match.game

    @property
    def seq(self) -> int:
        return self.journal[-1].seq

    def do(self, command: MatchCommand, command_id: str | None = None, by: PlayerId | None = None) -> Answer | None:
        """Decide and commit; None is as good as acknowledged. What is refused changes nothing."""
        answer = MACHINE.decide(self.match, command, self.now)
        if isinstance(answer, Refused):
            return answer
        self.commit(answer, None if command_id is None or by is None else Receipt(SeatId(by), command_id))
        return None

    def commit(self, accepted: Accepted[MatchEvent], receipt: Receipt | None = None) -> None:
        """Append the events to the journal, and evolve."""
        before = self.match
        entries: list[Entry[MatchEvent]] = []
        for event in accepted.events:
            self.match = MACHINE.evolve(self.match, event, self.seq + len(entries) + 1)
            first = receipt if not entries else None
            entries.append(Entry(self.seq + len(entries) + 1, self.now, event, first))
        if entries:
            self.journal += entries
            self.commits.append(Committed(GAME, before, self.match, entries, MARK))

    def start(self, humans: int) -> None:
        """Seat so many people, the host among them, and begin; bots take the other seats."""
        for seat in range(2, humans + 1):
            assert self.do(Join(user(seat), f"Player {seat}")) is None
        assert self.do(Start(user(1))) is None

    def act(self, action: Action) -> None:
        """Do what an action of a script says, as nearly as the game allows."""
        kind, who, numbers = action
        living = [player for player, hero in self.game.heroes.items() if hero.alive and not hero.is_bot]
        self.now += 1 + sum(numbers)
        if kind == "end" or not living:
            self.end_round()
            return
        player = living[who % len(living)]
        command_id = f"c{self.seq}"
        match kind:
            case "plan":
                plan = RegisterPlan(player, self.game.round, legal_plan(self.game, player, numbers))
                assert self.do(plan, command_id, player) is None
            case "ready":
                assert self.do(Ready(player, self.game.round), command_id, player) is None
            case "resign":
                assert self.do(Resign(player), command_id, player) is None
            case "agree":
                self.do(self._agreement(player, living, numbers), command_id, player)  # refused, if it can't be
            case "credit":
                credit = MACHINE.credit(self.match, 1 + sum(numbers), CAUSES[who % len(CAUSES)])
                assert credit is not None
                assert self.do(credit) is None

    def end_round(self) -> None:
        """Let the deadline pass, that of a pause before it."""
        if self.match.agreements.pause is not None:
            self.now = max(self.now, self.match.agreements.pause.until)
            assert self.do(EndPause()) is None
        self.now = max(self.now, self.game.round_ends_at)
        assert self.do(EndRound(self.game.round)) is None

    def _agreement(self, player: PlayerId, living: Sequence[PlayerId], numbers: Sequence[int]) -> Agree:
        what, *away = numbers or (0,)
        tos = ["pause", "go_on", f"autopilot:{living[what % len(living)]}"]
        here = (user for at, each in enumerate(living) if at not in away and (user := self._user(each)) is not None)
        return Agree(SeatId(player), tos[what % len(tos)], tuple(here))

    def _user(self, player: PlayerId) -> UserId | None:
        return self.match.member_at(SeatId(player)).user_id

    def play_out(self) -> None:
        """Let everyone who is left wait, or a bot plan, until the game ends."""
        while self.match.status == "active":
            self.end_round()


def legal_plan(game: Game, player: PlayerId, numbers: Sequence[int]) -> Steps:
    """A legal plan chosen by the numbers, as long as the action points last."""
    ap = game.heroes[player].ap
    choices: list[Step] = [Wait(), *MOVES, *(Attack(target) for target in legal_targets(game, player))]
    steps: list[Step] = []
    for number in numbers[:STEPS_MAX]:
        step = choices[number % len(choices)] if ap else Wait()
        ap -= type(step) is not Wait
        steps.append(step)
    return tuple(steps)


CAUSES: Final[tuple[Cause, ...]] = get_args(Cause)
KINDS: Final[list[Kind]] = [
    "plan",
    "plan",
    "plan",
    "plan",
    "plan",
    "ready",
    "end",
    "end",
    "credit",
    "resign",
    "agree",
    "agree",
]
actions: Final = st.tuples(
    st.sampled_from(KINDS),
    st.integers(0, 7),
    st.lists(st.integers(0, 15), max_size=STEPS_MAX).map(tuple),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A match somewhere in its course: lobby, any round, or over."""
    seats = draw(st.integers(2, 8))
    settings = preset(draw(st.sampled_from(["labyrinth", "classic"])), seats, {"autopilot_after": 2})
    table = Table.laid(settings, draw(st.integers(0, 2**53 - 1)), bot=draw(st.sampled_from(["hunter", "wanderer"])))
    if draw(st.integers(0, 9)) == 0:
        return table
    table.start(humans=draw(st.integers(1, seats)))
    for action in draw(st.lists(actions, max_size=40)):
        if table.match.status == "active":
            table.act(action)
    return table
