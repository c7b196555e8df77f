"""Our own servers, as their operators start them."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

from bench.commands import UNCAPPED
from bench.kit.machine import SERVER_CORE, on_core
from bench.peers.install import Programs
from bench.peers.serving import Serving, postgres_on_core
from bench.peers.talks.ours import OurTalk, journal_in_file, journal_in_postgres
from bench.peers.talks.talk import Talk
from clew.local.nats import LocalNats
from clew.local.process import free_port
from clew.stores.postgres.schema import migrate_postgres
from tests.kit.server import Server

KEY: Final = bytes(range(32))
OPTIONS: Final = ("--rate-limits", "off", *UNCAPPED)


@asynccontextmanager
async def ours_on_sqlite(programs: Programs, folder: Path) -> AsyncGenerator[tuple[Serving, Talk]]:
    """One process and its file."""
    server = Server(folder / "data", *OPTIONS)
    async with _started(Serving([server], server)) as serving:
        yield serving, OurTalk(journal_in_file(folder / "data" / "minotaur.db"))


@asynccontextmanager
async def ours_on_postgres(programs: Programs, folder: Path) -> AsyncGenerator[tuple[Serving, Talk]]:
    """One process and a PostgreSQL on the same core."""
    with postgres_on_core() as postgres:
        await migrate_postgres(postgres.url())
        server = Server(folder / "data", *OPTIONS, *_shared(folder, postgres.url()))
        assert postgres.pid is not None
        async with _started(Serving([server], server, [postgres.pid])) as serving:
            yield serving, OurTalk(journal_in_postgres(postgres.url()))


@asynccontextmanager
async def our_cluster(programs: Programs, folder: Path) -> AsyncGenerator[tuple[Serving, Talk]]:
    """Two hosts and a gateway, PostgreSQL and NATS, all on the same core. A host is killed, and not started again."""
    with postgres_on_core() as postgres, _nats_on_core(folder) as nats:
        await migrate_postgres(postgres.url())
        shared = (*OPTIONS, *_shared(folder, postgres.url()), "--bus", nats.url)
        roles = {"host-1": "host,gateway", "host-2": "host,gateway", "gate-1": "gateway"}
        nodes = [Server(folder / name, *shared, "--node-id", name, "--roles", role) for name, role in roles.items()]
        assert postgres.pid is not None
        assert nats.pid is not None
        async with _started(Serving(nodes, nodes[0], [postgres.pid, nats.pid], starts_again=False)) as serving:
            yield serving, OurTalk(journal_in_postgres(postgres.url()))


@asynccontextmanager
async def _started(serving: Serving) -> AsyncGenerator[Serving]:
    try:
        await serving.start()
        yield serving
    finally:
        await serving.kill()


@contextmanager
def _nats_on_core(folder: Path) -> Generator[LocalNats]:
    nats = LocalNats(folder, free_port())
    with on_core(SERVER_CORE):
        nats.start()
    try:
        yield nats
    finally:
        nats.kill()


def _shared(folder: Path, url: str) -> tuple[str, ...]:
    key = folder / "secret.key"
    key.write_bytes(KEY)
    return ("--database-url", url, "--secret-key-file", str(key))
