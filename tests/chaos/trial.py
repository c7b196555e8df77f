"""The trial: tables of scripted players, a server that is killed under them, and a judgement of every finished game."""

import asyncio
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from tests.chaos.checkers import Evidence, Outage, check
from tests.chaos.script import PATIENCE_S, ScriptedPlayer
from tests.kit.client import Person, Player, RejectedError, patiently, pause
from tests.kit.record import Message
from tests.kit.server import Server

PLAYERS_PER_TABLE: Final = 4
ANSWERS_BETWEEN_KILLS_MAX: Final = 60
INSTANT_SHARE: Final = 0.6
NEVER: Final = 0
"""Answers still to go when no strike is due: counting on from here never comes back to zero."""
UPTIME_S_MAX: Final = 4.0
START_KILLED_SHARE: Final = 0.15
"""How often a server is killed again while it is still starting."""
KINDS: Final[tuple[tuple[str, int, dict[str, int]], ...]] = (
    ("labyrinth", 0, {}),
    ("classic", 0, {"rounds_max": 40}),
    ("labyrinth", 2, {"radius": 4, "health": 6, "collapse_first": 3, "collapse_every": 1}),
)
"""Preset, bots and settings of the tables in turn. Bots left alone wait for deadlines: a short game."""


@dataclass(frozen=True)
class Order:
    """What is asked of a trial. ``round_seconds`` is the least the protocol allows."""

    seed: int
    kills: int
    tables: int
    round_seconds: int = 5


@dataclass
class Report:
    """What happened, in numbers, and every broken promise in a sentence."""

    kills: int = 0
    games: int = 0
    accepted: int = 0
    refused: int = 0
    events_shown: int = 0
    connections: int = 0
    rounds: int = 0
    longest_outage_ms: int = 0
    complaints: list[str] = field(default_factory=list[str])


class Trial:
    """One run. Several in one process do not disturb each other."""

    def __init__(self, order: Order, server: Server) -> None:
        self._order = order
        self._server = server
        self._chance = Random(order.seed)
        self._outages: list[Outage] = []
        self._report = Report()
        self._down_at: int | None = None
        self._answers_to_go = NEVER
        self._is_instant = False
        self._struck = asyncio.Event()
        self._calm = asyncio.Event()

    async def run(self) -> Report:
        """Start, play, kill, let every game end, judge. Raises what the server or a stuck game raises."""
        await self._server.start()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._kill_again_and_again(), name="killer")
                for number in range(self._order.tables):
                    group.create_task(self._table(number), name=f"table {number}")
        finally:
            await self._server.close()
        self._report.kills = len(self._outages)
        self._report.longest_outage_ms = max((o.up_at - o.down_at for o in self._outages), default=0)
        return self._report

    # -- the server goes and comes ----------------------------------------------------------------------------------

    async def _kill_again_and_again(self) -> None:
        for _ in range(self._order.kills):
            await self._strike()
            if self._chance.random() < START_KILLED_SHARE:
                await self._server.launch()
                await pause(self._chance.uniform(0.3, 1.5))
                await self._server.kill()
            await self._server.start()
            self._outages.append(Outage(self._down_at or 0, _now_ms()))
            self._down_at = None
        self._calm.set()

    async def _strike(self) -> None:
        """Kill the server at a random answer, often in the very moment the answer is read, else a little later.

        The moment of an answer is when a server that answers too early has most to lose. In silence it is killed too.
        """
        self._answers_to_go = self._chance.randint(1, ANSWERS_BETWEEN_KILLS_MAX)
        self._is_instant = self._chance.random() < INSTANT_SHARE
        self._struck.clear()
        try:
            async with asyncio.timeout(UPTIME_S_MAX):
                await self._struck.wait()
        except TimeoutError:
            self._answers_to_go = NEVER
        if self._down_at is None:
            await pause(self._chance.uniform(0.0, 0.1))
            self._down_at = _now_ms()
        await self._server.kill()

    def _note_message(self, message: Message) -> None:
        if message["type"] not in ("accepted", "refused"):
            return
        self._answers_to_go -= 1
        if self._answers_to_go == 0:
            if self._is_instant:
                self._server.kill_nowait()
                self._down_at = _now_ms()
            self._struck.set()

    # -- the tables ---------------------------------------------------------------------------------------------------

    async def _table(self, number: int) -> None:
        """Game after game with the same people, until the killing is over and the last game has ended."""
        names = [f"Player {number}-{seat}" for seat in range(PLAYERS_PER_TABLE)]
        people = [await patiently(lambda n=name: Person.guest(self._server.url, n), PATIENCE_S) for name in names]
        try:
            played = 0
            while not (self._calm.is_set() and played):
                await self._game(number, played, people)
                played += 1
        finally:
            for person in people:
                await person.close()

    async def _game(self, table: int, played: int, people: list[Person]) -> None:
        join_code, seats = await self._begin(table, played, people)
        players = [Player(p, join_code, seats[p.user_id], self._note_message) for p in people]
        chances = [Random(f"{self._order.seed}/{table}/{played}/{seat}") for seat in range(len(players))]
        scripts = [ScriptedPlayer(p, c, self._calm.is_set) for p, c in zip(players, chances, strict=True)]
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
                last: int = replay["events"][-1]["seq"]
                await player.wait_until(lambda record, last=last: (record.last_seq or 0) >= last, PATIENCE_S)
                await script.ask_for_old_answers()
            for socket in sockets:
                socket.cancel()
        self._judge(join_code, replay, players)

    async def _begin(self, table: int, played: int, people: list[Person]) -> tuple[str, dict[str, str]]:
        """Create, join and start a game, however often the server goes away meanwhile."""
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
        created = await patiently(lambda: people[0].create_game(**request), PATIENCE_S)
        join_code = str(created["join_code"])
        seats = {people[0].user_id: str(created["player_id"])}
        for person in people[1:]:
            seats[person.user_id] = await patiently(lambda p=person: p.join(join_code), PATIENCE_S)
        try:
            await patiently(lambda: people[0].start(join_code), PATIENCE_S)
        except RejectedError as rejected:
            if rejected.code != "game_started":  # the first try did it, and its answer was lost
                raise
        return join_code, seats

    def _judge(self, join_code: str, replay: Message, players: list[Player]) -> None:
        report = self._report
        present = [] if self._down_at is None else [Outage(self._down_at, _now_ms())]
        records = [(player.player_id, player.record) for player in players]
        evidence = Evidence(replay, records, [*self._outages, *present])
        report.complaints += [f"{join_code}: {complaint}" for complaint in check(evidence)]
        report.games += 1
        report.rounds += int(replay["events"][-1]["round"])
        for player in players:
            report.accepted += len(player.record.accepted)
            report.refused += len(player.record.refused)
            report.events_shown += len(player.record.events)
            report.connections += player.connections


async def try_server(order: Order, folder: Path) -> Report:
    """The whole trial on a data folder of its own."""
    return await Trial(order, Server(folder / "data", "--rate-limits", "off")).run()


def _now_ms() -> int:
    return time.time_ns() // 1_000_000  # noqa: TID251  replays are on the machine's clock, and so are real outages
