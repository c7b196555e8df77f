"""A trial: tables play while something happens to where they play; once it is over every game ends and is judged."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from random import Random
from typing import Final

from tests.chaos.moments import ANSWERS_BETWEEN_MAX, ANSWERS_OF_A_TABLE, Moments
from tests.chaos.tables import Arena, Order, Report, Tables

SEED_VARIABLE: Final = "MINOTAUR_CHAOS_SEED"
COMPLAINTS_SHOWN: Final = 40

Trouble = Callable[[Tables, Moments], Awaitable[None]]
"""What happens. It returns when the arena is whole again."""


async def try_out(order: Order, arena: Arena, trouble: Trouble) -> Report:
    """The whole trial. Raises what a stuck game or the trouble itself raises."""
    moments = Moments(Random(order.seed), min(ANSWERS_BETWEEN_MAX, ANSWERS_OF_A_TABLE * order.tables))
    tables = Tables(order, arena, moments)

    async def disturb() -> None:
        await trouble(tables, moments)
        tables.calm_down()

    async with asyncio.TaskGroup() as group:
        group.create_task(disturb(), name="trouble")
        group.create_task(tables.play(), name="tables")
    _tell(tables.report)
    return tables.report


def seed_for(test: str, default: int | None = None) -> int:
    """The seed of a run, printed with the line that runs it again; without a default a new one each time."""
    anew = time.time_ns() % 1_000_000  # noqa: TID251  a new seed each time is what the long runs are for
    seed = int(os.environ.get(SEED_VARIABLE, str(anew if default is None else default)))
    line = f'make test ARGS="tests/chaos -k {test}"' if default is not None else f'make chaos ARGS="-k {test}"'
    print(f"\nseed {seed}; again: {SEED_VARIABLE}={seed} {line}")
    return seed


def _tell(report: Report) -> None:
    print(
        f"{report.games} games, {report.rounds} rounds, {report.accepted} accepted, {report.refused} refused, "
        f"put off {dict(report.put_off)}, {report.events_shown} events shown over {report.connections} connections, "
        f"reconnections {dict(report.reconnections)}; {len(report.complaints)} complaints"
    )
    for complaint in report.complaints[:COMPLAINTS_SHOWN]:
        print(complaint)
