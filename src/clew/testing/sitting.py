"""A table in the hands of a test: a game played without a host, a store or a clock, command by command."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import msgspec

from clew.game import AnyGame, Seat
from clew.sessions.ids import GameId, Millis, UserId
from clew.sessions.records import Accepted, Refused
from clew.tables.agreeing.commands import Agree, EndPause
from clew.tables.commands import AnyCommand, EndRound, Ready, RegisterPlan, Resign
from clew.tables.creating import Identity, NewTable, table_created
from clew.tables.events import AnyEvent, Happened, TableCreated
from clew.tables.lobby.commands import Join, Start
from clew.tables.lobby.members import seat_at
from clew.tables.machine import TableMachine
from clew.tables.table import AnyTable
from clew.tables.views import AnyView, table_view

BEGAN: Final[Millis] = 1_800_000_000_000
"""When every sitting begins."""


def user_at(place: int) -> UserId:
    """The user who sits down in this place, counted from 1."""
    return UserId(f"user-{place}")


def identity(game_id: str = "game-1", seed: int = 1) -> Identity:
    """Of who makes a table."""
    return Identity(GameId(game_id), f"code-{game_id}", user_at(1), "Ada", seed)


def made(game: AnyGame, asked: NewTable | None = None, seed: int = 1, game_id: str = "game-1") -> TableCreated[Any]:
    """The creation of a table that can be made."""
    created = table_created(game, asked or NewTable(), identity(game_id, seed))
    assert isinstance(created, TableCreated), created
    return created


class Sitting:
    """One table: how it stands, and its journal so far. ``now`` moves to the deadline when a round is ended."""

    def __init__(self, game: AnyGame, asked: NewTable | None = None, seed: int = 1) -> None:
        self.game = game
        self.machine = TableMachine(game)
        self.now = BEGAN
        self.journal: list[AnyEvent] = [made(game, asked, seed)]
        self.table: AnyTable = self.machine.evolve(None, self.journal[0], 1)

    def begin(self, people: int | None = None) -> Sitting:
        """Let so many sit down (None: as many as there are seats that bots don't take), and begin."""
        wanted = self.table.settings.seats - self.table.bots if people is None else people
        for place in range(len(self.table.members) + 1, wanted + 1):
            self.do(Join(user_at(place), f"Player {place}"))
        self.do(Start(user_at(1)))
        return self

    def ask(self, command: AnyCommand) -> Accepted[AnyEvent] | Refused:
        """What the command would do."""
        return self.machine.decide(self.table, command, self.now)

    def do(self, command: AnyCommand) -> tuple[AnyEvent, ...]:
        """Have it done; it must not be refused."""
        answer = self.ask(command)
        assert isinstance(answer, Accepted), answer
        for event in answer.events:
            self.journal.append(event)
            self.table = self.machine.evolve(self.table, event, len(self.journal))
        return answer.events

    def plan(self, seat: Seat, plan: msgspec.Struct) -> tuple[AnyEvent, ...]:
        return self.do(RegisterPlan(seat, self.table.round, plan))

    def ready(self, *seats: Seat) -> tuple[AnyEvent, ...]:
        """These are done, one after the other; none: all people on turn."""
        events: tuple[AnyEvent, ...] = ()
        for seat in seats or [seat for seat in self.table.on_turn if not self.table.is_bot(seat)]:
            events += self.do(Ready(seat, self.table.round))
        return events

    def resign(self, seat: Seat) -> tuple[AnyEvent, ...]:
        return self.do(Resign(seat))

    def end_round(self, *, watched: bool = False, away: Collection[Seat] | None = None) -> tuple[AnyEvent, ...]:
        """The deadline comes, that of a pause before it. ``away``: who of the people is; None: it is not known."""
        events = self.end_pause() if self.table.agreements.pause is not None else ()
        self.now = max(self.now, self.table.round_ends_at)
        return events + self.do(EndRound(self.table.round, watched, None if away is None else frozenset(away)))

    def agree(self, seat: Seat, to: str, away: Collection[Seat] = ()) -> tuple[AnyEvent, ...]:
        """Who sits there would have it so: ``pause``, ``go_on``, ``autopilot:SEAT``; all people are here but these."""
        return self.do(Agree(seat, to, self.here(away)))

    def here(self, away: Collection[Seat] = ()) -> tuple[UserId, ...]:
        """The people at the table but these."""
        users = (member.user_id for member in self.table.members if member.player_id not in away)
        return tuple(user_id for user_id in users if user_id is not None)

    def end_pause(self) -> tuple[AnyEvent, ...]:
        """The pause lasts as long as it may."""
        assert self.table.agreements.pause is not None, "the clock stands"
        self.now = max(self.now, self.table.agreements.pause.until)
        return self.do(EndPause())

    def play_out(self, rounds_max: int = 1000) -> Sitting:
        """Let rounds pass until the game is over; at most so many."""
        for _ in range(rounds_max):
            if self.table.status != "active":
                return self
            self.end_round()
        raise AssertionError(f"it is not over after {rounds_max} rounds")

    @property
    def happened(self) -> list[Any]:
        """What happened in the game, oldest first."""
        return [event.event for event in self.journal if isinstance(event, Happened)]

    def view(self, viewer: Seat | None) -> AnyView:
        return table_view(self.game, self.table, viewer)

    def told(self, viewer: Seat | None) -> list[bytes]:
        """All that a viewer was told since the beginning."""
        told = (self.machine.tellings.anew(viewer, event) for event in self.journal)
        return [bytes(text) for text in told if text is not None]


def seated(game: AnyGame, seats: int | None = None, **options: Any) -> Sitting:
    """A table of so many people (None: as few as it may have) with these options, in its first round."""
    return Sitting(game, NewTable(seats=seats, options=options)).begin()


P1, P2, P3, P4 = (seat_at(place) for place in range(1, 5))
