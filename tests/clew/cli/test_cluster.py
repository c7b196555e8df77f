"""``minotaur cluster`` as somebody meets it who tries it: one command, and others beside it."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest

from clew.client.retrying import pause
from clew.local.process import ServerProcess
from tests.kit.client import Person
from tests.kit.commands import ran
from tests.kit.server import OUR_PROGRAM

WAIT_S: Final = 90.0

_numbers = count(1)


@pytest.fixture
def folder() -> Generator[Path]:
    """A short path that everybody may enter."""
    made = Path(tempfile.mkdtemp(prefix="minotaur-cluster-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


class Foreground(ServerProcess):
    """A cluster in the foreground of a terminal of its own."""

    def __init__(self, folder: Path, options: Sequence[str], program: tuple[str, ...]) -> None:
        command = (*program, "cluster", "--folder", str(folder), "--port", "0", "--nodes", "2", *options)
        super().__init__("the cluster", command, 0, folder / f"said-{next(_numbers)}.log")
        self.folder = folder
        self._program = program

    async def until(self, words: str) -> str:
        """The first line that begins with these words."""
        return (await self.wait_said(f"^{words}.*$"))[0]

    async def rest(self) -> list[str]:
        """All that it has said, once it ended."""
        await self.wait_gone(WAIT_S)
        return self.printed().splitlines()

    async def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return await ran("cluster", *arguments, "--folder", self.folder, program=self._program)

    async def status(self) -> dict[str, Any]:
        return json.loads((await self.run("status", "--json")).stdout)

    def pids(self, status: dict[str, Any]) -> list[int]:
        postgres = int((self.folder / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
        return [status["pid"], postgres, *(node["pid"] for node in status["nodes"] if node["pid"] is not None)]


@asynccontextmanager
async def foreground(folder: Path, *options: str, program: tuple[str, ...] = OUR_PROGRAM) -> AsyncGenerator[Foreground]:
    cluster = Foreground(folder, options, program)
    await cluster.launch()
    try:
        yield cluster
    finally:
        await cluster.kill()


@pytest.mark.long
async def test_a_cluster_is_run_looked_at_killed_at_rolled_and_stopped(folder: Path) -> None:
    async with foreground(folder, "--restart-after", "3600", "--follow") as cluster:
        url = (await cluster.until("Minotaur is ready at ")).split()[-1]
        person = await Person.guest(url, "Ada")
        code = (await person.create_game(seats=2, bots=1, round_seconds=600))["join_code"]

        killed = await cluster.run("kill", "2")
        down = await cluster.status()
        started = await cluster.run("start", "2")
        rolled = await cluster.run("roll")
        status, table = await cluster.status(), (await cluster.run("status")).stdout
        missing = await cluster.run("kill", "9")
        second = await cluster.run()

        assert (await person.game(code))["game_status"] == "lobby"
        await person.close()
        assert killed.stdout == "node-2-b1 was killed\n"
        assert [node["state"] for node in down["nodes"]] == ["ready", "down"]
        assert started.stdout.startswith("node-2-b1 is ready at http://127.0.0.1:")
        assert rolled.stdout.splitlines()[-1] == "node-2-b1 handed over and ended"
        assert status["url"] == url
        assert [(node["state"], node["release"]) for node in status["nodes"]] == [("ready", "0.3.0+2")] * 2
        assert "node-1-b2" in table
        assert (missing.returncode, missing.stderr) == (3, "minotaur: there is no node 9: this cluster has 1, 2\n")
        assert second.returncode == 1
        assert f"is in use by process {status['pid']} at {url}" in second.stderr

        pids = cluster.pids(status)
        os.killpg(cluster.pid, signal.SIGINT)  # what a Ctrl-C in the terminal does

        said = await cluster.rest()
        assert await cluster.wait_gone() == 0
        assert "Stopping: the nodes, then NATS, then PostgreSQL. Nothing is lost." in said
        assert any(line.startswith("node-1 ") for line in said), "the logs are followed"
        assert not any(is_alive(pid) for pid in pids)
        nobody = await cluster.run("status")
        assert nobody.returncode == 3
        assert "no cluster runs in" in nobody.stderr


async def test_nothing_of_a_cluster_outlives_it_when_it_is_killed(folder: Path) -> None:
    async with foreground(folder) as cluster:
        await cluster.until("Minotaur is ready at ")
        pids = cluster.pids(await cluster.status())

        cluster.kill_nowait()
        await cluster.rest()

        async with asyncio.timeout(WAIT_S):
            while any(is_alive(pid) for pid in pids):
                await pause(0.02)

    async with foreground(folder) as cluster:
        await cluster.until("Minotaur is ready at ")


async def test_a_cluster_that_is_stopped_while_it_starts_leaves_nothing_running(folder: Path) -> None:
    async with foreground(folder) as cluster:
        await cluster.until("PostgreSQL runs at ")
        postgres = int((folder / "postgres" / "data" / "postmaster.pid").read_text().split()[0])

        cluster.send_signal(signal.SIGTERM)

        assert "Stopping before it was ready." in await cluster.rest()
        assert await cluster.wait_gone() == 0
        assert not is_alive(postgres)


def is_alive(pid: int) -> bool:
    """Whether it runs; one that has ended and was not yet fetched by its parent doesn't."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
