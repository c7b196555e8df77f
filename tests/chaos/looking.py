"""Questions put to one node while something happens, each answer held to what was known before it was asked."""

import asyncio
from dataclasses import dataclass
from typing import Final

import httpx

from clew.client.faults import Rejected
from clew.client.retrying import pause
from tests.chaos.moments import now_ms
from tests.chaos.tables import Tables
from tests.kit.client import Person, Player

EVERY_S: Final = 0.2
WATCH_WITHIN_S: Final = 20.0


@dataclass(frozen=True)
class Look:
    """A question about a game that was answered, and when, in ms since the epoch."""

    game_id: str
    asked_at: int
    answered_at: int


class Looker:
    """One guest who asks about games again and again, over HTTP and by watching. ``complaints`` are stale answers."""

    def __init__(self, person: Person, tables: Tables) -> None:
        self.complaints = list[str]()
        self.looks = list[Look]()
        self.watched = 0
        self._person = person
        self._tables = tables

    async def look_on(self, join_code: str, group: asyncio.TaskGroup) -> None:
        """Ask about this game, and begin to watch it, until cancelled; no question waits for the answer before it."""
        number = 0
        while True:
            group.create_task(self._ask(join_code), name=f"asks about {join_code}")
            if number % 5 == 0:
                group.create_task(self._watch(join_code), name=f"watches {join_code}")
            number += 1
            await pause(EVERY_S)

    async def _ask(self, join_code: str) -> None:
        known_round, asked_at = self._known_round(join_code), now_ms()
        try:
            answer = await self._person.game(join_code)
        except (httpx.TransportError, Rejected):
            return
        self.looks.append(Look(answer["game_id"], asked_at, now_ms()))
        if answer["latest_round"] < known_round:
            self.complaints.append(f"{join_code}: told of round {answer['latest_round']}, {known_round} was known")

    async def _watch(self, join_code: str) -> None:
        known_round = self._known_round(join_code)
        spectator = Player(self._person, join_code, None)
        async with asyncio.TaskGroup() as group:
            socket = group.create_task(spectator.stay(), name=f"spectator of {join_code}")
            try:
                await spectator.wait_until(lambda record: bool(record.views), WATCH_WITHIN_S)
            except TimeoutError:
                return
            finally:
                socket.cancel()
        self.watched += 1
        began: int = spectator.record.views[0].view["round"]
        if began < known_round:
            self.complaints.append(f"{join_code}: a new spectator began in round {began}, {known_round} was known")

    def _known_round(self, join_code: str) -> int:
        players = self._tables.playing.get(join_code, [])
        return max((p.record.view["round"] for p in players if p.record.views), default=0)
