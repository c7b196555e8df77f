"""How a table is shown to its viewers."""

from __future__ import annotations

from functools import partial
from typing import TypeAlias

from clew.tables.events import AnyEvent, PlanAccepted, ReadyAccepted
from clew.tables.feed import GameFeed, Showing
from clew.tables.machine import TableMachine
from clew.tables.table import AnyTable
from clew.tables.views import table_view, you_of

TableFeed: TypeAlias = GameFeed[AnyTable, AnyEvent]


def showing_of(machine: TableMachine) -> Showing[AnyTable, AnyEvent]:
    """Tables of the machine's game, as it has told of them."""
    return Showing(
        tellings=machine.tellings,
        view=partial(table_view, machine.game),
        you=partial(you_of, machine.game),
        changes_the_picture=_changes_the_picture,
    )


def _changes_the_picture(before: AnyTable, event: AnyEvent) -> bool:
    """Plans change nothing of a view but ``you``, unless they end an autopilot, which everybody may see."""
    if not isinstance(event, PlanAccepted | ReadyAccepted):
        return True
    player = before.players.get(event.player_id)
    return player is None or player.autopilot
