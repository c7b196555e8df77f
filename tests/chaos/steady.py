"""A table of two who plan in every round, and what was wrong about their game once it is over."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from clew.client.retrying import patiently, pause
from tests.chaos.checkers import Evidence, check
from tests.chaos.fleet import Fleet
from tests.kit.client import Person, Player
from tests.kit.record import PASSING_REFUSALS, Message, Record

ROUND_S: Final = 10
"""Longer than it takes a node to send its people on: so nobody may miss a round for that."""
ROUNDS: Final = 5
ASK_AGAIN_S: Final = 0.1
PATIENCE_S: Final = 40.0
"""Longer than being sent on and two rounds: after that the game is stuck."""


class SteadyTable:
    """One game and its two people, in the first round. They plan once told to, and hurry once told to."""

    def __init__(self, people: Sequence[Person], created: Message, players: Sequence[Player]) -> None:
        self.players = players
        self._people = people
        self._game_id = str(created["game_id"])
        self.join_code = str(created["join_code"])
        self._may_plan = asyncio.Event()
        self._first = 1
        self._hurries = False

    async def wait_next_round(self) -> None:
        """Until one has just begun, before they plan: what happens next has all of it."""
        number = max(int(player.record.view["round"]) for player in self.players)
        for player in self.players:
            await player.wait_until(lambda record: _is_past(record, number), PATIENCE_S)

    def plan_now(self) -> None:
        """From now on they plan, from the round that is on: to prepare what happens may have taken one."""
        self._first = max(int(player.record.view["round"]) for player in self.players)
        self._may_plan.set()

    def hurry(self) -> None:
        """From now on a round ends when both have planned, and no more at its deadline."""
        self._hurries = True

    async def play(self) -> None:
        """Until the game is over. Raises ``TimeoutError`` if nothing moves any more."""
        async with asyncio.TaskGroup() as group:
            for player in self.players:
                group.create_task(self._play_seat(player), name=f"seat {player.player_id}")

    async def _play_seat(self, player: Player) -> None:
        await self._may_plan.wait()
        number = self._first
        while player.record.view["game_status"] == "active":
            await self._plan(player, number)
            await player.wait_until(lambda record, n=number: self._hurries or _is_past(record, n), PATIENCE_S)
            await player.ready(number)
            await player.wait_until(lambda record, n=number: _is_past(record, n), PATIENCE_S)
            number = int(player.record.view["round"])

    async def _plan(self, player: Player, number: int) -> None:
        """As often as it is refused for now."""
        while not _is_past(player.record, number):
            answer = await player.wait_answer(await player.plan(number, []), PATIENCE_S)
            if answer["type"] == "accepted" or answer["error"]["code"] not in PASSING_REFUSALS:
                return
            await pause(ASK_AGAIN_S)

    async def complaints(self, fleet: Fleet) -> list[str]:
        """What the referee says of the finished game, and who missed which round."""
        replay: Message = await patiently(lambda: self._people[0].replay(self.join_code), PATIENCE_S)
        records = [(player.player_id, player.record) for player in self.players]
        found = check(Evidence(replay, records, await fleet.outages(self._game_id)))
        found += await fleet.complaints(self._game_id)
        planned = {(e["id"], e["round"]) for e in replay["events"] if e["type"] == "plan_accepted" and e["command_id"]}
        last = int(replay["events"][-1]["round"])
        wanted = {(str(player.player_id), number) for player in self.players for number in range(self._first, last + 1)}
        found += [f"{who} missed round {number}" for who, number in sorted(wanted - planned)]
        return [f"{self.join_code}: {complaint}" for complaint in found]


@asynccontextmanager
async def steady_table(url: str, seed: int) -> AsyncGenerator[SteadyTable]:
    """A game that has begun, with both its players' sockets open, until the end of the block."""
    people = [await patiently(lambda n=name: Person.guest(url, n), PATIENCE_S) for name in ("Ada", "Bob")]
    settings = {"health": 100, "rounds_max": ROUNDS}
    request = {"seats": 2, "bots": 0, "round_seconds": ROUND_S, "preset": "classic", "settings": settings, "seed": seed}
    created: Message = await patiently(lambda: people[0].create_game(**request), PATIENCE_S)
    join_code = str(created["join_code"])
    seats = [str(created["player_id"]), await people[1].join(join_code)]
    players = [Player(person, join_code, seat) for person, seat in zip(people, seats, strict=True)]
    async with asyncio.TaskGroup() as group:
        sockets = [group.create_task(player.stay(after=0), name=f"socket {player.player_id}") for player in players]
        for player in players:
            await player.wait_until(lambda record: bool(record.views), PATIENCE_S)
        await people[0].start(join_code)
        for player in players:
            await player.wait_until(lambda record: record.view["round"] == 1, PATIENCE_S)
        yield SteadyTable(people, created, players)
        for socket in sockets:
            socket.cancel()
    for person in people:
        await person.close()


def _is_past(record: Record, number: int) -> bool:
    return record.view["game_status"] == "concluded" or int(record.view["round"]) > number
