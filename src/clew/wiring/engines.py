"""What a node stands on: SQLite on one machine; for many, PostgreSQL and, to speak to the others, NATS."""

import asyncio
import secrets
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry

from clew.sessions.ids import NodeId
from clew.sessions.life import Membership
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.stores.metrics import WalMetrics
from clew.wiring.faults import CannotStart
from clew.wiring.secret import read_or_make_secret, read_secret
from clew.wiring.settings import ServerSettings
from clew.wiring.storage import keep_wal_small, open_storage

SINGLE: Final = NodeId("single")
"""On one machine there is one node; each of its lives is a new incarnation in the store."""


@dataclass(frozen=True)
class Engines:
    """``membership`` is None where this node is alone on its store, whatever happens."""

    store: Store
    membership: Membership | None
    secret: bytes
    node_id: NodeId
    keep: Callable[[], Awaitable[None]] | None = None
    """What the store needs done while it is served from, for ever; None: nothing."""


@asynccontextmanager
async def open_engines(
    program: str, settings: ServerSettings, clock: Clock, registry: CollectorRegistry, url: str, asked: asyncio.Event
) -> AsyncGenerator[Engines]:
    """All of it, until the end of the block. Raises ``CannotStart`` with what to do about it.

    A database that may come yet is waited for, unless the process is ``asked`` to stop meanwhile.
    """
    if settings.database_url is None:
        if settings.bus is not None:
            raise CannotStart("A bus is for several nodes on one PostgreSQL: give --database-url too, or neither.")
        with open_storage(settings.data, url) as store:
            keep = partial(keep_wal_small, store.connections.wal_keeper(WalMetrics(registry)), clock)
            yield Engines(store, None, _own_secret(settings.data.path), SINGLE, keep)
        return
    secret = _shared_secret(settings)
    node_id = NodeId(settings.node_id or f"{socket.gethostname()}-{secrets.token_hex(3)}")
    from clew.wiring.membership import open_membership  # noqa: PLC0415 - its drivers are a good part of a start

    async with open_membership(program, settings, settings.database_url, node_id, clock, registry, asked) as (
        store,
        membership,
    ):
        yield Engines(store, membership, secret, node_id)


def _own_secret(data: Path) -> bytes:
    try:
        return read_or_make_secret(data)
    except OSError as refused:
        raise CannotStart(f"The secret key cannot be kept in {data}: {refused.strerror}.") from refused


def _shared_secret(settings: ServerSettings) -> bytes:
    if settings.secret_key_file is None:
        raise CannotStart(
            "Nodes of one database need one secret key, or people are signed out when they change nodes: write 32"
            " random bytes to a file (head -c 32 /dev/urandom > secret.key) and give it to every node with"
            " --secret-key-file."
        )
    return read_secret(settings.secret_key_file)
