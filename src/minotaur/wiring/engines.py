"""What a node stands on: a store, and in company a bus. One machine: a SQLite file. Many: PostgreSQL and NATS."""

import secrets
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, Protocol

from prometheus_client import CollectorRegistry

from minotaur.sessions.ids import NodeId
from minotaur.sessions.life import Company
from minotaur.sessions.ports import Clock, Store
from minotaur.sessions.users import Users
from minotaur.wiring.faults import CannotStart
from minotaur.wiring.secret import read_or_make_secret, read_secret
from minotaur.wiring.settings import Settings
from minotaur.wiring.storage import open_storage

SINGLE: Final = NodeId("single")
"""On one machine there is one node; each of its lives is a new incarnation in the store."""


class Storage(Store, Users, Protocol):
    """Sessions and users."""


@dataclass(frozen=True)
class Engines:
    """``company`` is None where this node is alone on its store, whatever happens."""

    storage: Storage
    company: Company | None
    secret: bytes
    node_id: NodeId


@asynccontextmanager
async def open_engines(
    settings: Settings, clock: Clock, registry: CollectorRegistry, url: str
) -> AsyncGenerator[Engines]:
    """All of it, until the end of the block. Raises ``CannotStart`` with what to do about it."""
    if settings.database_url is None:
        if settings.bus is not None:
            raise CannotStart("A bus is for several nodes on one PostgreSQL: give --database-url too, or neither.")
        with open_storage(settings.data, url) as storage:
            yield Engines(storage, None, read_or_make_secret(settings.data), SINGLE)
        return
    secret = _shared_secret(settings)
    node_id = NodeId(settings.node_id or f"{socket.gethostname()}-{secrets.token_hex(3)}")
    from minotaur.wiring.company import open_company  # noqa: PLC0415 - its drivers are a good part of a start

    async with open_company(settings, settings.database_url, node_id, clock, registry) as (store, company):
        yield Engines(store, company, secret, node_id)


def _shared_secret(settings: Settings) -> bytes:
    if settings.secret_key_file is None:
        raise CannotStart(
            "Nodes of one database need one secret key, or people are signed out when they change nodes: write 32"
            " random bytes to a file (head -c 32 /dev/urandom > secret.key) and give it to every node with"
            " --secret-key-file."
        )
    return read_secret(settings.secret_key_file)
