"""Fill a data folder with games that go on, through the same code that serves them, then end as if killed.

    python -m bench.kit.many_games FOLDER GAMES ROUNDS

Each game has four seats and four people in them, who were ready ``ROUNDS`` times; its next deadline is a day away.
The process ends by SIGKILL, so that every game is still held by a node that is no more.
"""

import asyncio
import os
import random
import signal
import sys
import time
from asyncio.subprocess import create_subprocess_exec
from pathlib import Path
from typing import Final

import uvloop
from prometheus_client import CollectorRegistry

from minotaur.play.accounts import Accounts
from minotaur.play.codec import MatchCodec
from minotaur.play.connection import MatchHost
from minotaur.play.ids import IdSource
from minotaur.play.machine import MatchMachine
from minotaur.play.people import User
from minotaur.play.service import Service
from minotaur.play.wire_http import CreateGame
from minotaur.rules.commands import Ready, RegisterPlan, Wait
from minotaur.rules.names import player_id
from minotaur.sessions.host import Host
from minotaur.sessions.ids import GameId, NodeId, PlayerId
from minotaur.sessions.metrics import Metrics
from minotaur.sessions.records import Acknowledged, NodeInfo
from minotaur.wiring.clock import RealClock
from minotaur.wiring.secret import read_or_make_secret
from minotaur.wiring.storage import open_storage

SEATS: Final = 4
AT_ONCE: Final = 256
GAMES_PER_USER: Final = 20
REQUEST: Final = CreateGame(seats=SEATS, bots=0, round_seconds=86_400)


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


async def fill(folder: Path, games: int, rounds: int) -> None:
    clock, codec, ids = RealClock(), MatchCodec(), IdSource(random.Random(7).randrange)
    with open_storage(folder, "http://127.0.0.1") as storage:
        info = NodeInfo(NodeId("single"), "http://127.0.0.1", "bench", codec.state_version)
        host: MatchHost = Host(MatchMachine(), codec, storage, clock, info, Metrics(CollectorRegistry()))
        accounts = Accounts(storage, clock, ids, read_or_make_secret(folder))
        service = Service(host, accounts, clock, ids)
        async with host.running():
            gate = asyncio.Semaphore(AT_ONCE)
            people = list[User]()

            async def one(number: int) -> None:
                async with gate:
                    first = number // GAMES_PER_USER * SEATS
                    await _play(host, service, people[first : first + SEATS], rounds)

            for number in range((games // GAMES_PER_USER + 1) * SEATS):
                person, _ = await service.create_guest(f"Player {number}")
                people.append(person)
            async with asyncio.TaskGroup() as tasks:
                for number in range(games):
                    tasks.create_task(one(number), name=f"game {number}")
            os.kill(os.getpid(), signal.SIGKILL)


async def _play(host: MatchHost, service: Service, people: list[User], rounds: int) -> None:
    created = await service.create_game(people[0], REQUEST)
    for person in people[1:]:
        await service.join(created.join_code, person)
    await service.start(created.join_code, people[0])
    for number in range(1, rounds + 1):
        for seat in range(1, SEATS + 1):
            await _post(host, created.game_id, seat, f"plan-{number}", RegisterPlan(player_id(seat), number, (Wait(),)))
            await _post(host, created.game_id, seat, f"ready-{number}", Ready(player_id(seat), number))


async def _post(host: MatchHost, game_id: str, seat: int, command_id: str, command: RegisterPlan | Ready) -> None:
    answer = await host.post(GameId(game_id), command, player_id=PlayerId(player_id(seat)), command_id=command_id)
    assert isinstance(answer, Acknowledged), answer


if __name__ == "__main__":
    uvloop.run(fill(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
