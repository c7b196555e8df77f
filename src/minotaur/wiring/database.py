"""A PostgreSQL that several nodes share, opened for one of them."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from minotaur.sessions.ports import Lifelines
from minotaur.stores.postgres import PostgresStore


@dataclass(frozen=True)
class Database:
    """Sessions and users, and how deaths are heard of."""

    store: PostgresStore
    lifelines: Lifelines


@asynccontextmanager
async def open_database(url: str) -> AsyncGenerator[Database]:
    """The database, with exactly this release's schema. Raises ``CannotStart`` with the command to run."""
    raise NotImplementedError
