"""Everyone who is compared: how each is served, how one speaks to it, and what an acknowledgement promises there."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from bench.peers.install import SERVERS, Programs
from bench.peers.ours import our_cluster, ours_on_postgres, ours_on_sqlite
from bench.peers.serving import PeerProcess, Serving, postgres_on_core
from bench.peers.talks.boardgame import BoardgameTalk
from bench.peers.talks.colyseus import ColyseusTalk
from bench.peers.talks.plain import PlainTalk
from bench.peers.talks.talk import Talk

Served = tuple[Serving, Talk]
Opening = Callable[[Programs, Path], AbstractAsyncContextManager[Served]]
"""Starts it, with its data in that folder, until the end of the block."""


@dataclass(frozen=True)
class Entrant:
    """One row of the table."""

    title: str
    promise: str
    """What an acknowledgement says has happened."""
    opened: Opening
    is_installed: bool = True
    """Whether it needs what is not in our own locks."""
    keeps: bool = True
    """Whether there is anything that a kill could take."""


@asynccontextmanager
async def _started(server: PeerProcess, talk: Talk, engines: list[int] | None = None) -> AsyncGenerator[Served]:
    serving = Serving([server], server, engines or [])
    try:
        await serving.start()
        yield serving, talk
    finally:
        await serving.kill()


@asynccontextmanager
async def _python(script: str, options: tuple[str, ...], programs: Programs, folder: Path) -> AsyncGenerator[Served]:
    server = PeerProcess.at(
        script, folder, lambda port: (str(programs.python), str(SERVERS / script), "--port", str(port), *options)
    )
    async with _started(server, PlainTalk()) as served:
        yield served


@asynccontextmanager
async def _starlette(keeping: str, programs: Programs, folder: Path) -> AsyncGenerator[Served]:
    options = ("--keeping", keeping, "--data", str(folder / "rooms.db"))
    async with _python("rooms.py", options, programs, folder) as served:
        yield served


@asynccontextmanager
async def _dbos(programs: Programs, folder: Path) -> AsyncGenerator[Served]:
    with postgres_on_core() as postgres:
        command = (str(programs.python), str(SERVERS / "workflows.py"), "--url", postgres.url())
        server = PeerProcess.at("workflows", folder, lambda port: (*command, "--port", str(port)))
        assert postgres.pid is not None
        async with _started(server, PlainTalk(), [postgres.pid]) as served:
            yield served


def _node(programs: Programs, script: str, *options: str) -> Callable[[int], tuple[str, ...]]:
    return lambda port: (str(programs.node), str(programs.node_servers / script), *options, "--port", str(port))


@asynccontextmanager
async def _colyseus(keeping: str, patch: str, programs: Programs, folder: Path) -> AsyncGenerator[Served]:
    options = ("--keeping", keeping, "--patch", patch)
    if keeping == "postgres":
        with postgres_on_core() as postgres:
            assert postgres.pid is not None
            command = _node(programs, "colyseus.mjs", *options, "--url", postgres.url())
            server = PeerProcess.at("colyseus", folder, command)
            async with _started(server, ColyseusTalk(), [postgres.pid]) as served:
                yield served
        return
    command = _node(programs, "colyseus.mjs", *options, "--data", str(folder / "rooms.db"))
    async with _started(PeerProcess.at("colyseus", folder, command), ColyseusTalk()) as served:
        yield served


@asynccontextmanager
async def _boardgame(storage: str, programs: Programs, folder: Path) -> AsyncGenerator[Served]:
    command = _node(programs, "boardgame.mjs", "--storage", storage, "--data", str(folder / "matches"))
    async with _started(PeerProcess.at("boardgame", folder, command), BoardgameTalk()) as served:
        yield served


NOTHING: Final = "nothing"
ON_DISK: Final = "on disk"
OURS: Final = "on disk, once, by the rules, fenced"

ENTRANTS: Final[Mapping[str, Entrant]] = {
    "ours": Entrant("ours, SQLite", OURS, ours_on_sqlite, is_installed=False),
    "ours-postgres": Entrant("ours, PostgreSQL", OURS, ours_on_postgres, is_installed=False),
    "ours-cluster": Entrant("ours, a gateway and two hosts", f"{OURS}; any node may die", our_cluster, False),
    "colyseus-20": Entrant("Colyseus, in memory, 20 patches a second", NOTHING, partial(_colyseus, "memory", "rate")),
    "colyseus": Entrant("Colyseus, in memory, a patch at each action", NOTHING, partial(_colyseus, "memory", "action")),
    "colyseus-sqlite": Entrant("Colyseus, a SQLite commit an action", ON_DISK, partial(_colyseus, "commit", "action")),
    "colyseus-grouped": Entrant(
        "Colyseus, a SQLite commit a turn of the loop", ON_DISK, partial(_colyseus, "grouped", "action")
    ),
    "colyseus-postgres": Entrant("Colyseus, PostgreSQL an action", ON_DISK, partial(_colyseus, "postgres", "action")),
    "boardgame": Entrant("boardgame.io, in memory", NOTHING, partial(_boardgame, "memory")),
    "boardgame-files": Entrant(
        "boardgame.io, FlatFile", "nothing: told before it is written", partial(_boardgame, "flatfile")
    ),
    "starlette": Entrant("Starlette, in memory", NOTHING, partial(_starlette, "memory")),
    "starlette-sqlite": Entrant("Starlette, a SQLite commit an action", ON_DISK, partial(_starlette, "commit")),
    "starlette-grouped": Entrant("Starlette, commits grouped by a thread", ON_DISK, partial(_starlette, "grouped")),
    "dbos": Entrant("DBOS, a workflow an action, PostgreSQL", "on disk, once", _dbos),
    "echo-one": Entrant(
        "bare ASGI, one frame out", "–", partial(_python, "echo.py", ("--frames", "one")), False, keeps=False
    ),
    "echo-five": Entrant(
        "bare ASGI, five frames out", "–", partial(_python, "echo.py", ("--frames", "five")), False, keeps=False
    ),
    "echo-ours": Entrant(
        "bare ASGI, frames like ours", "–", partial(_python, "echo.py", ("--frames", "ours")), False, keeps=False
    ),
}
