"""The schema of a PostgreSQL database: brought to this release's by who is told to, checked by who serves."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import asyncpg

from clew.sessions.faults import Busy, NeedsOperator
from clew.stores.bounds import MIGRATION_LOCK_MS
from clew.stores.postgres.connections import PgConnection, connect
from clew.stores.postgres.faults import fault_of
from clew.stores.schema.revision import (
    NEEDED,
    NEWEST,
    Migrated,
    SchemaBehind,
    TablesInUse,
    ThisRelease,
    UnknownSchema,
    Unopenable,
    is_beyond,
    is_readable,
    is_served,
)

if TYPE_CHECKING:
    import sqlalchemy as sa

ONE_AT_A_TIME: Final = 0x6D696E6F74617572
"""The advisory lock of migrations, in every release and of whatever program."""


async def migrate_postgres(url: str, *, beside_older: bool = False, serving: ThisRelease | None = None) -> Migrated:
    """Apply what the database is missing: all or nothing, and nothing the second time.

    ``beside_older``: only what nodes of the release before can live with. Else what they can't live with is refused
    while there are any, told apart from ours by ``serving``; without that the caller knows that there are none.

    Any number may try at the same time: one does it, the others wait and find it done. Raises ``OlderNodes``,
    ``TablesInUse``, ``UnknownSchema``, ``Unopenable``, ``Busy``, ``OutcomeUnknown``: try again.
    """
    # Only here: their loading is a good part of a start, and who serves needs none of it.
    from clew.stores.postgres.alchemy import in_one_transaction, was_locked_out  # noqa: PLC0415
    from clew.stores.schema.migrating import bring_alone, bring_beside  # noqa: PLC0415

    def migrate(synchronous: sa.Connection) -> Migrated:
        return bring_beside(synchronous) if beside_older else bring_alone(synchronous, serving)

    async with _let_in(url) as connection:
        await _refuse_other_encodings(connection)
    try:
        return await in_one_transaction(url, "migration", migrate, alone=ONE_AT_A_TIME, lock_ms=MIGRATION_LOCK_MS)
    except Busy as busy:
        if was_locked_out(busy):
            raise TablesInUse(f"the tables were not free within {MIGRATION_LOCK_MS} ms") from busy
        raise


async def check_postgres(url: str, *, unmigrated: bool = False) -> None:
    """See that this release can serve from the database's schema, or (``unmigrated``) read it, and change nothing.

    Raises ``SchemaBehind``: it has none or too old a one (the message says what to run); ``UnknownSchema``: a newer
    release made it, and this one can't live with it; ``Unopenable``; ``Busy``: it can't be reached just now.
    """
    async with _let_in(url) as connection:
        await _refuse_other_encodings(connection)
        found = await _revision(connection)
    if found is not None and (is_served(found) or (unmigrated and is_readable(found))):
        return
    if found is not None and is_beyond(found):
        raise UnknownSchema(f"schema revision {found} is not known to this release, whose newest is {NEWEST}")
    state = "has no schema yet" if found is None else f"has schema revision {found}, this release needs {NEEDED}"
    raise SchemaBehind(f"the database {state}: run `clew migrate --database-url {without_password(url)}` first")


def without_password(url: str) -> str:
    """The URL as it may be shown."""
    parts = urlsplit(url)
    user, at, place = parts.netloc.rpartition("@")
    netloc = user.partition(":")[0] + at + place
    query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if "password" not in name], safe="/")
    return f"{parts.scheme}://{netloc}{parts.path}{query and '?' + query}"


@asynccontextmanager
async def _let_in(url: str) -> AsyncGenerator[PgConnection]:
    try:
        connection = await connect(url, "schema")
    except ValueError as error:
        raise Unopenable(f"this is no PostgreSQL URL: {without_password(url)}") from error
    except NeedsOperator as broken:
        raise Unopenable(f"{broken.__cause__}: {broken.advice}") from broken
    try:
        yield connection
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        fault = fault_of(error, writes=False)
        if isinstance(fault, NeedsOperator):
            raise Unopenable(f"{error}: {fault.advice}") from error
        raise fault or error from error
    finally:
        connection.terminate()


async def _refuse_other_encodings(connection: PgConnection) -> None:
    ((encoding,),) = await connection.fetch(
        "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
    )
    if encoding != "UTF8":
        raise Unopenable(f"the database's encoding is {encoding}; make one with ENCODING 'UTF8'")


async def _revision(connection: PgConnection) -> str | None:
    ((there,),) = await connection.fetch("SELECT to_regclass('alembic_version') IS NOT NULL")
    if not there:
        return None
    rows = await connection.fetch("SELECT version_num FROM alembic_version")
    return rows[0][0] if rows else None
