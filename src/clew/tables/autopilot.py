"""Plans for who sends none: bots, players on autopilot, and the idle."""

from __future__ import annotations

from typing import Any

from clew.game import AnyGame, Seat
from clew.lot import Lot
from clew.tables.events import PlanAccepted
from clew.tables.table import AnyTable
from clew.tables.tale import Tale, planning


def plan_for_bots(tale: Tale) -> None:
    """Let a bot plan for each seat on turn that needs one: a bot's, or one on autopilot, which has no plan.

    Their plans come as events: what a bot of a later release would plan changes nothing that is past.
    """
    table = tale.table
    for seat in planning(tale.rules, table):
        player = table.players[seat]
        if table.is_bot(seat) or player.autopilot:
            plan = bots_plan(tale.rules, table, seat)
            if plan is not None:
                tale.happens(PlanAccepted(table.round, seat, plan, by_bot=True))


def bots_plan(game: AnyGame, table: AnyTable, seat: Seat) -> Any:
    """The plan of the game's bot in this seat; None: it is idle. It knows what the seat may know, and no more."""
    lot = Lot.of_round(table.seed, table.round).branch(f"bot|{seat}")
    plan = game.bot(game.view(table.game, seat), seat, lot)
    if plan is not None:
        # A bug of the game's, and found here: nobody would be told why a bot's plan was refused, only that it idled.
        refused = game.legal(table.game, seat, plan)
        assert refused is None, f"the bot's plan for {seat} is not legal: {plan}: {refused}"
    return plan


def plans_of(game: AnyGame, table: AnyTable) -> dict[Seat, Any]:
    """The plan of every seat on turn, in the order of seats, whenever they came."""
    return {
        seat: table.plans[seat] if seat in table.plans else game.idle(table.game, seat)
        for seat in planning(game, table)
    }
