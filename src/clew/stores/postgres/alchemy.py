"""SQLAlchemy on PostgreSQL, for what happens rarely: migrations, exports, imports. Over the same driver."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

import asyncpg
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from clew.sessions.faults import Fault, NeedsOperator
from clew.stores.postgres.connections import connect
from clew.stores.postgres.faults import fault_of
from clew.stores.schema.revision import Unopenable

T = TypeVar("T")

_NO_LIMIT: Final = {"statement_timeout": "0", "enable_seqscan": "on", "enable_mergejoin": "on"}


async def in_one_transaction(
    url: str,
    name: str,
    work: Callable[[sa.Connection], T],
    *,
    alone: int | None = None,
    isolation: str | None = None,
    lock_ms: int | None = None,
) -> T:
    """Do the work, all or nothing, however long it takes. Raises ``Busy``, ``OutcomeUnknown``, ``Unopenable``.

    ``alone``: the number of an advisory lock to hold meanwhile. ``lock_ms``: how long any other lock is waited for
    (``Busy``, see ``was_locked_out``).
    """
    engine = create_async_engine(
        "postgresql+asyncpg://", async_creator=lambda: connect(url, name, **_NO_LIMIT), poolclass=NullPool
    )
    if isolation is not None:
        engine = engine.execution_options(isolation_level=isolation)
    try:
        async with engine.begin() as connection:
            if alone is not None:
                await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({alone})")
            if lock_ms is not None:
                await connection.exec_driver_sql(f"SET LOCAL lock_timeout = {lock_ms}")
            return await connection.run_sync(work)
    except DBAPIError as error:
        told = None if error.orig is None else error.orig.__cause__
        fault = fault_of(told, writes=True) if isinstance(told, Exception) else None
        if isinstance(fault, NeedsOperator):
            raise Unopenable(f"{told}: {fault.advice}") from error
        raise fault or Unopenable(str(told or error)) from error
    finally:
        await engine.dispose()


def was_locked_out(fault: Fault) -> bool:
    """Whether it was raised because a lock did not come in time."""
    error = fault.__cause__
    told = error.orig.__cause__ if isinstance(error, DBAPIError) and error.orig is not None else None
    return isinstance(told, asyncpg.LockNotAvailableError)
