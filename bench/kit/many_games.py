"""Fill a store with games that go on, through the same code that serves them.

    python -m bench.kit.many_games FOLDER GAMES ROUNDS

fills a data folder and ends by SIGKILL, so that every game is still held by a node that is no more. Each game has four
seats and four people in them, who were ready ``ROUNDS`` times; its next deadline is a day away.
"""

import asyncio
import os
import random
import signal
import sys
import time
from asyncio.subprocess import create_subprocess_exec
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import uvloop
from prometheus_client import CollectorRegistry

from clew.gateway.games import Games
from clew.gateway.service import Service
from clew.people.accounts import Accounts
from clew.people.ids import IdSource
from clew.people.user import User
from clew.sessions.host import Host
from clew.sessions.ids import GameId, NodeId, PlayerId
from clew.sessions.life import Membership
from clew.sessions.metrics import Metrics
from clew.sessions.node_records import NodeInfo
from clew.sessions.policy import Policy
from clew.sessions.ports.store import Store
from clew.sessions.records import Acknowledged
from clew.sessions.session.environment import HostSettings
from clew.stores.folder import DataFolder
from clew.wiring.clock import RealClock
from clew.wiring.secret import read_or_make_secret
from clew.wiring.storage import open_storage
from minotaur.play.kind import KIND, READS, match_games
from minotaur.play.machine import MatchMachine
from minotaur.play.served import MatchHost, ServedMinotaur
from minotaur.play.wire_http import CreateGame
from minotaur.rules.commands import Ready, RegisterPlan, Wait
from minotaur.rules.names import player_id

SEATS: Final = 4
AT_ONCE: Final = 256
GAMES_PER_USER: Final = 12
"""Fewer than one person may have sockets."""
REQUEST: Final = CreateGame(seats=SEATS, bots=0, round_seconds=86_400)


@dataclass(frozen=True)
class Made:
    """A game, and the token of the one who plays its first seat."""

    game_id: str
    join_code: str
    token: str
    user_id: str


async def make_games_and_be_killed(folder: Path, games: int, rounds: int) -> float:
    """Run this module in a process of its own until it is gone; gives the seconds it took."""
    began = time.perf_counter()
    process = await create_subprocess_exec(
        sys.executable, "-m", "bench.kit.many_games", str(folder), str(games), str(rounds)
    )
    code = await process.wait()
    if code != -signal.SIGKILL:
        raise RuntimeError(f"the games were not made: exit code {code}")
    return time.perf_counter() - began


async def fill_and_die(folder: Path, games: int, rounds: int) -> None:
    with open_storage(DataFolder(folder, "minotaur"), "http://127.0.0.1") as store:
        filler = Filler(store, read_or_make_secret(folder))
        async with filler.games.running():
            await filler.make(games, rounds)
            os.kill(os.getpid(), signal.SIGKILL)


class Filler:
    """A node that makes games in a store; when ``games.running()`` is left, it lets go of them all."""

    def __init__(
        self,
        store: Store,
        secret: bytes,
        membership: Membership | None = None,
        machine: MatchMachine | None = None,
    ) -> None:
        clock, ids = RealClock(), IdSource(random.Random(7).randrange)
        info = NodeInfo(NodeId("single"), "http://127.0.0.1", "0.1", READS)
        metrics = Metrics(CollectorRegistry())
        served = ServedMinotaur(machine)
        self.host: MatchHost = Host(
            match_games(served.machine), store, clock, info, metrics, HostSettings(ids.mark, Policy()), membership
        )
        self.games = Games({KIND: served}, self.host, store, clock, metrics, membership)
        self._service = Service(self.games, Accounts(store.users, clock, ids, secret), clock, ids)

    async def make(self, games: int, rounds: int) -> list[Made]:
        """So many games with so many rounds behind them."""
        gate = asyncio.Semaphore(AT_ONCE)
        people = [
            await self._service.create_guest(f"Player {number}")
            for number in range((games // GAMES_PER_USER + 1) * SEATS)
        ]
        made = list[Made]()

        async def one(number: int) -> None:
            async with gate:
                first = number // GAMES_PER_USER * SEATS
                seated = people[first : first + SEATS]
                made.append(await self._play([user for user, _ in seated], seated[0][1], rounds))

        async with asyncio.TaskGroup() as tasks:
            for number in range(games):
                tasks.create_task(one(number), name=f"game {number}")
        return made

    async def hand_over(self) -> None:
        """Give every game to the hosts that are there."""
        await self.host.drain()

    async def _play(self, people: list[User], token: str, rounds: int) -> Made:
        created = await self._service.create_game(people[0], REQUEST)
        for person in people[1:]:
            await self._service.join(created.join_code, person)
        await self._service.start(created.join_code, people[0])
        for number in range(1, rounds + 1):
            for seat in range(1, SEATS + 1):
                plan = RegisterPlan(player_id(seat), number, (Wait(),))
                await self._post(created.game_id, seat, f"plan-{number}", plan)
                await self._post(created.game_id, seat, f"ready-{number}", Ready(player_id(seat), number))
        return Made(created.game_id, created.join_code, token, people[0].user_id)

    async def _post(self, game_id: str, seat: int, command_id: str, command: RegisterPlan | Ready) -> None:
        answer = await self.host.post(
            GameId(game_id), command, player_id=PlayerId(player_id(seat)), command_id=command_id
        )
        assert isinstance(answer, Acknowledged), answer


if __name__ == "__main__":
    uvloop.run(fill_and_die(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
