"""A node whose people sit on it, cut off from the store and the bus, and whole again."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

import httpx

from clew.sessions.bounds import LEASE_MS
from tests.chaos.behind import Front, front_of
from tests.chaos.fleet import Fleet, Loss
from tests.chaos.moments import now_ms
from tests.chaos.steady import SteadyTable, steady_table
from tests.kit.client import Person, Player
from tests.kit.cluster import wait_for

LEASE_S: Final = LEASE_MS / 1_000
LATE_S: Final = 1.5
"""How late a busy machine may be in telling what was known in time."""
RESTARTING: Final = 1012
WITHIN_S: Final = 30.0


class Trial:
    """One node, and the tables whose people sit on it."""

    def __init__(self, fleet: Fleet, front: Front, victim: str) -> None:
        self._fleet = fleet
        self._front = front
        self._victim = victim
        self._loss = Loss(victim, 0)

    async def seat(self, held: AsyncExitStack, tables: int, seed: int) -> list[SteadyTable]:
        """So many tables whose people all sit on the victim; whoever comes later goes to any node."""
        self._front.send_all_to(self._victim)
        seated = [await held.enter_async_context(steady_table(self._front.url, seed + n)) for n in range(tables)]
        self._front.send_all_to(None)
        return seated

    async def have_watch(self, held: AsyncExitStack, table: SteadyTable, onlookers: int) -> list[Player]:
        """So many who look on at a table, all by the victim."""
        self._front.send_all_to(self._victim)
        watching = await held.enter_async_context(_watching(self._front.url, table, onlookers))
        self._front.send_all_to(None)
        return watching

    def cut(self, lose: Callable[[], object]) -> None:
        lose()
        self._loss.from_ms = now_ms()
        self._fleet.losses.append(self._loss)

    async def heal(self, mend: Callable[[], object]) -> None:
        """Returns when it is ready and has said that it lives."""
        mend()
        self._loss.until_ms = now_ms()
        await wait_for(lambda: self._says(200))
        await wait_for(self._beats_again)

    async def _beats_again(self) -> bool:
        since_ms = now_ms() - (self._loss.until_ms or 0)
        rows = await self._fleet.cluster.lives(self._victim)
        return any(row.alive and row.silent_ms < since_ms for row in rows)

    async def wait_not_ready(self) -> dict[str, Any]:
        """What it says once it is not ready, which is within its lease. Raises ``TimeoutError``."""
        await wait_for(lambda: self._says(503), LEASE_S + LATE_S)
        return (await self._ready()).json()

    async def _says(self, status: int) -> bool:
        return (await self._ready()).status_code == status

    async def _ready(self) -> httpx.Response:
        async with httpx.AsyncClient(base_url=self._fleet.server(self._victim).url) as http:
            return await http.get("/health/ready")


@asynccontextmanager
async def trial_of(fleet: Fleet, victim: str) -> AsyncGenerator[tuple[Trial, AsyncExitStack]]:
    """People come by a balancer before the fleet. What is entered on the stack is left before it goes."""
    async with front_of(fleet.cluster) as front, AsyncExitStack() as held:
        yield Trial(fleet, front, victim), held


@asynccontextmanager
async def _watching(url: str, table: SteadyTable, number: int) -> AsyncGenerator[list[Player]]:
    people = [await Person.guest(url, f"Onlooker {n}") for n in range(number)]
    onlookers = [Player(person, table.join_code, None) for person in people]
    async with asyncio.TaskGroup() as group:
        sockets = [group.create_task(onlooker.stay(), name="looks on") for onlooker in onlookers]
        for onlooker in onlookers:
            await onlooker.wait_until(lambda record: bool(record.views), WITHIN_S)
        yield onlookers
        for socket in sockets:
            socket.cancel()
    for person in people:
        await person.close()


async def are_elsewhere(people: list[Player]) -> bool:
    """Whether all were sent away and are connected again."""
    return all(player.is_connected and player.connections > 1 for player in people)
