"""Tables of scripted players who play game after game wherever they are sent; every finished game is judged."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, Protocol

from clew.client.doors import Doors
from clew.client.faults import Rejected
from clew.client.retrying import patiently
from tests.chaos.checkers import Evidence, check
from tests.chaos.moments import Moments
from tests.chaos.script import PATIENCE_S, ScriptedPlayer
from tests.chaos.served import Outage
from tests.kit.client import Person, Player
from tests.kit.record import PASSING_REFUSALS, Message

PLAYERS_PER_TABLE: Final = 4
KINDS: Final[tuple[tuple[str, int, dict[str, int]], ...]] = (
    ("labyrinth", 0, {}),
    ("classic", 0, {"rounds_max": 40}),
    ("labyrinth", 2, {"radius": 4, "health": 6, "collapse_first": 3, "collapse_every": 1}),
)
"""Preset, bots and settings of the tables in turn. Bots left alone wait for deadlines: a short game."""


@dataclass(frozen=True)
class Order:
    """What is asked of the tables. ``round_seconds`` is the least the protocol allows."""

    seed: int
    tables: int
    round_seconds: int = 5


@dataclass
class Report:
    """What happened, in numbers, and every broken promise in a sentence."""

    games: int = 0
    accepted: int = 0
    refused: int = 0
    put_off: Counter[str] = field(default_factory=Counter[str])
    """Answers that said "not now", by their code."""
    events_shown: int = 0
    connections: int = 0
    reconnections: Counter[str] = field(default_factory=Counter[str])
    """Connections that a player had to open again though it had not broken the last one, by the name of its doors."""
    rounds: int = 0
    complaints: list[str] = field(default_factory=list[str])


class Arena(Protocol):
    """Where the tables are, and what its troubles mean to one game."""

    def doors(self, table: int, seat: int) -> Doors:
        """Where this player comes in."""
        ...

    async def outages(self, game_id: str) -> Sequence[Outage]:
        """When nobody ran this game."""
        ...

    async def complaints(self, game_id: str) -> Sequence[str]:
        """What else there is to say of a finished game."""
        ...

    async def story(self, game_id: str) -> str:
        """What befell a game that was complained about, for whoever looks into it."""
        ...


class Tables:
    """All tables of one trial. Several trials in one process do not disturb each other."""

    def __init__(self, order: Order, arena: Arena, moments: Moments) -> None:
        self.report = Report()
        self.playing: dict[str, list[Player]] = {}
        """The players of each game that goes on, by its join code."""
        self._order = order
        self._arena = arena
        self._moments = moments
        self._calm = asyncio.Event()

    def calm_down(self) -> None:
        """The troubles are over: every game may come to its end, and no other begins."""
        self._calm.set()

    async def play(self) -> None:
        """Until the last game has ended after the troubles. Raises what a stuck game raises."""
        async with asyncio.TaskGroup() as group:
            for number in range(self._order.tables):
                group.create_task(self._table(number), name=f"table {number}")

    async def _table(self, number: int) -> None:
        """Game after game with the same people."""
        seats = [(f"Player {number}-{seat}", self._arena.doors(number, seat)) for seat in range(PLAYERS_PER_TABLE)]
        people = [await patiently(lambda n=name, d=doors: Person.guest(d, n), PATIENCE_S) for name, doors in seats]
        try:
            played = 0
            while not (self._calm.is_set() and played):
                await self._game(number, played, people)
                played += 1
        finally:
            for person in people:
                await person.close()

    async def _game(self, table: int, played: int, people: list[Person]) -> None:
        created, seats = await self._begin(table, played, people)
        join_code = str(created["join_code"])
        players = [Player(p, join_code, seats[p.user_id], self._note) for p in people]
        chances = [Random(f"{self._order.seed}/{table}/{played}/{seat}") for seat in range(len(players))]
        scripts = [ScriptedPlayer(p, c, self._calm.is_set) for p, c in zip(players, chances, strict=True)]
        self.playing[join_code] = players
        async with asyncio.TaskGroup() as group:
            sockets = [
                group.create_task(player.stay(after=0 if index else None), name=f"socket {join_code} {index}")
                for index, player in enumerate(players)
            ]
            async with asyncio.TaskGroup() as acting:
                for index, script in enumerate(scripts):
                    acting.create_task(script.play(), name=f"script {join_code} {index}")
            replay: Message = await patiently(lambda: people[0].replay(join_code), PATIENCE_S)
            for player, script in zip(players, scripts, strict=True):
                last: str = replay["events"][-1]["type"]
                await player.wait_until(lambda record, last=last: record.was_told(last), PATIENCE_S)
                await script.ask_for_old_answers()
            for socket in sockets:
                socket.cancel()
        del self.playing[join_code]
        await self._judge(join_code, str(created["game_id"]), replay, players)

    def _note(self, message: Message) -> None:
        if message["type"] == "refused" and message["error"]["code"] in PASSING_REFUSALS:
            self.report.put_off[message["error"]["code"]] += 1
        self._moments.note(message)

    async def _begin(self, table: int, played: int, people: list[Person]) -> tuple[Message, dict[str, str]]:
        """Create, join and start a game, however often its servers go away meanwhile."""
        preset, bots, settings = KINDS[table % len(KINDS)]
        request = {
            "seats": PLAYERS_PER_TABLE + bots,
            "bots": bots,
            "bot": "wanderer" if played % 2 else "hunter",
            "round_seconds": self._order.round_seconds,
            "preset": preset,
            "settings": settings,
            "seed": self._order.seed + table * 1000 + played,
        }
        created: Message = await patiently(lambda: people[0].create_game(**request), PATIENCE_S)
        join_code = str(created["join_code"])
        seats = {people[0].user_id: str(created["player_id"])}
        for person in people[1:]:
            seats[person.user_id] = await patiently(lambda p=person: p.join(join_code), PATIENCE_S)
        try:
            await patiently(lambda: people[0].start(join_code), PATIENCE_S)
        except Rejected as rejected:
            if rejected.code != "game_started":  # the first try did it, and its answer was lost
                raise
        return created, seats

    async def _judge(self, join_code: str, game_id: str, replay: Message, players: list[Player]) -> None:
        report = self.report
        records = [(player.player_id, player.record) for player in players]
        evidence = Evidence(replay, records, await self._arena.outages(game_id))
        found = [*check(evidence), *await self._arena.complaints(game_id)]
        report.complaints += [f"{join_code}: {complaint}" for complaint in found]
        if found:
            print(f"{join_code}: {await self._arena.story(game_id)}")
        report.games += 1
        report.rounds += int(replay["events"][-1]["round"])
        for player in players:
            report.accepted += len(player.record.accepted)
            report.refused += len(player.record.refused)
            report.events_shown += len(player.record.events)
            report.connections += player.connections
            report.reconnections[player.person.doors.name] += player.connections - 1 - player.drops
