"""Generated tables: who sits there, what was chosen, and what its people do, command by command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec
from hypothesis import note
from hypothesis import strategies as st

from clew.game import AnyGame, Seat
from clew.sessions.ids import Millis
from clew.sessions.records import Refused
from clew.tables.agreeing.commands import Agree, EndPause
from clew.tables.commands import AnyCommand, EndRound, Ready, RegisterPlan, Resign
from clew.tables.creating import NewTable
from clew.tables.lobby.members import seat_at
from clew.testing.exam.strategies import values_of
from clew.testing.sitting import Sitting

Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]
"""A value of a strategy, as hypothesis chooses it."""
Make: TypeAlias = Callable[[], AnyGame]
"""The game anew, as another process has it."""

PEOPLE_MORE: Final = 3
"""So many seats more than the least, at most: a crowd finds little that a few don't."""
ROUNDS_PLANNED: Final = 4
"""Rounds in which people plan; what is left of a game is played by bots, or passes."""
SAYINGS: Final = ("plan", "plan", "plan twice", "plan and ready", "ready", "nothing", "resign", "agree")
TRIES: Final = 4
"""Plans that are made up for one seat until one is legal; after that it sends none."""


class TimedCommand(NamedTuple):
    """One command, and the time at which it came."""

    now: Millis
    command: AnyCommand


class Play:
    """A generated game so far. ``asked`` is all that was asked, refused or not."""

    def __init__(self, make: Make, draw: Draw) -> None:
        self.game = make()
        self.draw = draw
        self.wanted = _table(self.game, draw)
        self.seed = draw(st.integers(0, 2**32))
        self.asked: list[TimedCommand] = []
        self.heard: Callable[[Sitting, AnyCommand], None] = lambda _sitting, _command: None
        """Called with each command before it is decided."""
        self.sitting = Sitting(self.game, self.wanted, self.seed)

    def begin(self) -> Play:
        """Everyone sits down, and the first round begins."""
        self.sitting.begin()
        note(f"a table of {msgspec.json.encode(self.wanted).decode()} with seed {self.seed}")
        return self

    def rounds(self, many: int = ROUNDS_PLANNED) -> Play:
        """Play some rounds: people plan, change their minds, are done, give up, or say nothing."""
        for _ in range(self.draw(st.integers(1, many))):
            if self.sitting.table.status != "active":
                break
            self._round()
        return self

    def ask(self, command: AnyCommand) -> None:
        """Have it decided, and done unless it is refused."""
        note(f"{type(command).__name__} {msgspec.json.encode(command).decode()}")
        self.heard(self.sitting, command)
        self.asked.append(TimedCommand(self.sitting.now, command))
        if not isinstance(self.sitting.ask(command), Refused):
            self.sitting.do(command)

    def any_plan(self) -> Any:
        """A plan that may be legal or not."""
        return self.draw(values_of(self.game.types.plan, self.sitting.table.seats))

    def legal_plan(self, seat: Seat, state: Any) -> Any:
        """A legal plan for a seat in a state of the game; the idle one where none was found."""
        for _ in range(TRIES):
            plan = self.any_plan()
            if self.game.legal(state, seat, plan) is None:
                return plan
        return self.game.idle(state, seat)

    def _round(self) -> None:
        table = self.sitting.table
        number = table.round
        people = [seat for seat in table.on_turn if not table.is_bot(seat)]
        for seat in self.draw(st.permutations(people)):
            self._say(seat, number)
        table = self.sitting.table
        if table.status == "active" and table.round == number:
            if table.agreements.pause is not None:
                self.sitting.now = max(self.sitting.now, table.agreements.pause.until)
                self.ask(EndPause())
            self.sitting.now = max(self.sitting.now, self.sitting.table.round_ends_at)
            self.ask(EndRound(number, watched=self.draw(st.booleans())))

    def _say(self, seat: Seat, number: int) -> None:
        """What one person does in a round; now and then too late, which is refused."""
        what = self.draw(st.sampled_from(SAYINGS))
        if "plan" in what:
            for _ in range(2 if what == "plan twice" else 1):
                self.ask(RegisterPlan(seat, number, self.any_plan()))
        if "ready" in what:
            self.ask(Ready(seat, number))
        if what == "resign" and self.draw(st.integers(0, 3)) == 0:
            self.ask(Resign(seat))
        if what == "agree":
            self._agree()

    def _agree(self) -> None:
        """Somebody would have something, and all but a few who are away agree; or not all of them do."""
        table = self.sitting.table
        away = self.draw(st.sets(st.sampled_from(table.people), max_size=len(table.people) - 1))
        to = self.draw(st.sampled_from(["pause", "go_on", *(f"autopilot:{seat}" for seat in table.seats)]))
        for seat in self.draw(st.permutations(table.people)):
            if seat not in away:
                self.ask(Agree(seat, to, self.sitting.here(away)))


def _table(game: AnyGame, draw: Draw) -> NewTable:
    least, greatest = game.seats
    seats = draw(st.integers(least, min(greatest, least + PEOPLE_MORE)))
    names = [seat_at(place) for place in range(1, seats + 1)]
    options = msgspec.to_builtins(draw(values_of(game.options, names)))
    return NewTable(seats=seats, bots=draw(st.integers(0, seats - 1)), options=options)
