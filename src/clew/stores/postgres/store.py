"""The store in one PostgreSQL database, for many nodes on many machines."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.stores.postgres.account_book import PostgresAccountBook
from clew.stores.postgres.archives import PostgresArchives
from clew.stores.postgres.counts import PostgresCounts
from clew.stores.postgres.histories import PostgresHistories
from clew.stores.postgres.journal import PostgresJournal
from clew.stores.postgres.listings import PostgresListings
from clew.stores.postgres.nodes import PostgresNodes
from clew.stores.postgres.ownership import PostgresOwnership
from clew.stores.postgres.passkey_book import PostgresPasskeyBook
from clew.stores.postgres.pools import PostgresPools
from clew.stores.postgres.pushes import PostgresPushes
from clew.stores.postgres.results import PostgresResults
from clew.stores.postgres.users import PostgresUsers


@asynccontextmanager
async def open_postgres(
    url: str, clock: Clock | None = None, *, read_only: bool = False
) -> AsyncGenerator[PostgresStore]:
    """A store in a database of this release's schema (``postgres_schema`` brings or checks it), open in the block.

    ``url`` is libpq's: ``postgresql://user:password@host:5432/database``, several ``host:port`` with commas between
    them, ``?host=/folder`` for a socket, and as parameters ``sslmode`` (say ``verify-full``), ``sslrootcert``,
    ``sslcert``, ``sslkey``, ``passfile``, ``target_session_attrs=read-write`` where one host of several is the primary.
    What it leaves out comes from libpq's variables (``PGPASSWORD``, ``PGSSLMODE``, …). A pooler must pool sessions, not
    transactions: statements are prepared.

    Nothing is connected yet: a database that is away is ``Busy`` to who asks, now and later, until it is back. Leases
    are told by its clock; by ``clock`` where one is given, in tests. Raises ``ValueError``, later: the URL is none.
    ``read_only``: nothing done with it can change the database; to write is ``Busy``.
    """
    store = postgres_store(url, clock, read_only=read_only)
    try:
        yield store
    finally:
        await store.pools.close()


@dataclass(frozen=True)
class PostgresStore(Store):
    """``Store`` in one database, shared by any number of nodes."""

    pools: PostgresPools


def postgres_store(url: str, clock: Clock | None = None, *, read_only: bool = False) -> PostgresStore:
    """As ``open_postgres``; whoever makes it closes its pools."""
    pools = PostgresPools(url, clock, read_only=read_only)
    return PostgresStore(
        journal=PostgresJournal(pools),
        ownership=PostgresOwnership(pools),
        nodes=PostgresNodes(pools),
        listings=PostgresListings(pools),
        archives=PostgresArchives(pools),
        histories=PostgresHistories(pools),
        counts=PostgresCounts(pools),
        users=PostgresUsers(pools),
        account_book=PostgresAccountBook(pools),
        passkey_book=PostgresPasskeyBook(pools),
        results=PostgresResults(pools),
        pushes=PostgresPushes(pools),
        health=pools.health,
        pools=pools,
    )
