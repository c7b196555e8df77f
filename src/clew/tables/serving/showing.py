"""How a table is shown to its viewers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final, TypeAlias

from clew.game import AnyGame, Seat
from clew.gateway.company import Company
from clew.tables.events import AnyEvent, GameStarted, PlanAccepted, ReadyAccepted
from clew.tables.feed import GameFeed, Showing
from clew.tables.lobby.unnaming import Unnaming
from clew.tables.machine import TableMachine
from clew.tables.table import AnyTable
from clew.tables.views import live_parts, table_view, you_of

TableFeed: TypeAlias = GameFeed[AnyTable, AnyEvent]

UNNAMING: Final = Unnaming[AnyTable, AnyEvent](GameStarted)


def showing_of(machine: TableMachine) -> Showing[AnyTable, AnyEvent]:
    """Tables of the machine's game, as it has told of them."""
    return Showing(
        tellings=machine.tellings,
        view=partial(table_view, machine.game),
        live=partial(_live, machine.game),
        you=partial(you_of, machine.game),
        changes_the_picture=_changes_the_picture,
        unnaming=UNNAMING,
    )


def _live(game: AnyGame, table: AnyTable, viewer: Seat | None, company: Company) -> Mapping[str, object]:
    return live_parts(game, table, viewer, company)


def _changes_the_picture(before: AnyTable, event: AnyEvent) -> bool:
    """Plans change the live parts of a view alone, unless they end an autopilot: that everybody sees at once."""
    if not isinstance(event, PlanAccepted | ReadyAccepted):
        return True
    player = before.players.get(event.player_id)
    return player is None or player.autopilot
