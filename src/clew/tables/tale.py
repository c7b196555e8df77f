"""What a command comes to, event by event, and who plays at a table just now."""

from __future__ import annotations

from collections.abc import Iterable

from clew.game import AnyGame, Seat
from clew.tables.events import AnyEvent, Happened
from clew.tables.evolving import evolve_table
from clew.tables.table import AnyTable


class Tale:
    """What has happened since a table stood so, and how it stands now."""

    def __init__(self, game: AnyGame, table: AnyTable, *events: AnyEvent) -> None:
        self.rules = game
        self.before = table
        self.events: list[AnyEvent] = []
        self.table = table
        for event in events:
            self.happens(event)

    def happens(self, event: AnyEvent) -> None:
        self.events.append(event)
        self.table = evolve_table(self.rules, self.table, event)

    def happens_in_game(self, events: Iterable[object]) -> None:
        """What the game gave, all of it, before any of it is applied: it was worked out from one state."""
        for event in tuple(events):  # a generator would look at a state that its own events have changed
            self.happens(Happened(self.table.round, event))


def playing(game: AnyGame, table: AnyTable) -> tuple[Seat, ...]:
    """The seats that still play, in their order; in the lobby all that are taken."""
    if table.game is None:
        return table.seats
    out = game.out(table.game)
    return tuple(seat for seat in table.seats if seat not in out and not table.players[seat].resigned)


def planning(game: AnyGame, table: AnyTable) -> tuple[Seat, ...]:
    """The seats that plan in this round and still play."""
    still = playing(game, table)
    return tuple(seat for seat in table.on_turn if seat in still)


def turn_of(game: AnyGame, table: AnyTable) -> tuple[Seat, ...]:
    """Who plans in a round that begins with this state, in the order of seats."""
    assert table.game is not None, "rounds are played once the game is on"
    still = playing(game, table)
    on_turn = game.on_turn(table.game, still)
    assert set(on_turn) <= set(still), f"{sorted(on_turn)} are on turn, and only {still} play"
    return tuple(seat for seat in still if seat in on_turn)
