"""Whole games of bots, without a session around them: for balance, for speed, to see a game come to its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from statistics import median
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from clew.game import AnyGame, Seat
from clew.sessions.ids import GameId, UserId
from clew.sessions.records import Accepted, Refused
from clew.tables.beginning import begun_by_bots
from clew.tables.bounds import SEED_MAX
from clew.tables.commands import EndRound
from clew.tables.creating import Identity, NewTable, table_created
from clew.tables.events import TableCreated
from clew.tables.lobby.members import Member, seat_at
from clew.tables.machine import TableMachine

ROUNDS_MAX: Final = 10_000
"""A game of bots that goes on for longer is given up: it has no end."""
SEEDS_APART: Final = 1_000_003
"""Simulations with neighbouring seeds share no game as long as they play fewer games than this."""


class Endless(Exception):
    """A game that bots don't bring to its end."""


class Played(msgspec.Struct, frozen=True, gc=False):
    """How one game went: its rounds, who won (nobody: a draw), and how long it lasts if every round takes its time."""

    rounds: int
    winners: tuple[Seat, ...]
    seconds: int


class Spread(msgspec.Struct, frozen=True, gc=False):
    """The least, the middle and the greatest of many numbers."""

    least: float
    median: float
    greatest: float


class Simulated(msgspec.Struct, frozen=True, gc=False):
    """What many games come to. ``won`` counts, for each seat, the games that it won, be it with others; ``drawn`` those
    that nobody did.
    """

    games: int
    rounds: Spread
    seconds: Spread
    won: dict[Seat, int]
    shared: int
    """Games that several seats won together."""
    drawn: int


def simulation(
    game: AnyGame, seats: int, options: Mapping[str, Any], games: int, seed: int
) -> Iterator[Played] | Refused:
    """Play so many games, one after the other; or why there is no such table. The same seed gives the same games."""
    asked = NewTable(seats=seats, bots=seats - 1, options=dict(options))
    refused = table_created(game, asked, _identity(0))
    if isinstance(refused, Refused):
        return refused
    return (play_game(game, asked, (seed * SEEDS_APART + number) % SEED_MAX) for number in range(games))


def play_game(game: AnyGame, asked: NewTable, seed: int) -> Played:
    """One game of bots in every seat, round by round, as a session would play it. Raises ``Endless``.

    What the game itself raises says which seed it was.
    """
    try:
        return _played(game, asked, seed)
    except Exception as wrong:
        wrong.add_note(f"in a game of {asked.seats} with seed {seed}")
        raise


def summed_up(played: Iterable[Played], seats: int) -> Simulated:
    """Add up at least one game."""
    all_of_them = list(played)
    won = Counter(seat for one in all_of_them for seat in one.winners)
    return Simulated(
        games=len(all_of_them),
        rounds=_spread([one.rounds for one in all_of_them]),
        seconds=_spread([one.seconds for one in all_of_them]),
        won={seat_at(place): won[seat_at(place)] for place in range(1, seats + 1)},
        shared=sum(len(one.winners) > 1 for one in all_of_them),
        drawn=sum(not one.winners for one in all_of_them),
    )


def _played(game: AnyGame, asked: NewTable, seed: int) -> Played:
    machine = TableMachine(game)
    created = table_created(game, asked, _identity(seed))
    assert isinstance(created, TableCreated), "whoever asks has seen that there can be such a table"
    table = machine.evolve(None, replace(created, host=Member(seat_at(1), None, "")), 1)
    seq = 1
    answer: Accepted[Any] | Refused = machine.told(begun_by_bots(game, table, now=0))
    while True:
        assert isinstance(answer, Accepted), f"a round that is over ends: {answer}"
        assert answer.arrive is not None, "it was worked out"
        table = answer.arrive(seq + 1)
        seq += len(answer.events)
        if table.status != "active":
            return Played(table.round, table.winner_ids, table.round * table.settings.round_seconds)
        if table.round >= ROUNDS_MAX:
            raise Endless(f"the game has not ended after {ROUNDS_MAX} rounds")
        answer = machine.decide(table, EndRound(table.round), table.round_ends_at)


def _identity(seed: int) -> Identity:
    return Identity(GameId("simulated"), "simulated", UserId("nobody"), "", seed)


def _spread(numbers: list[int]) -> Spread:
    return Spread(min(numbers), median(numbers), max(numbers))
