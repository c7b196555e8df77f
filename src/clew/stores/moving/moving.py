"""Moving a server's games and users to another database: out to a file, whole, and in from it, all or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from clew.sessions.ids import GameId, Millis
from clew.stores.folder import DataFolder
from clew.stores.lock import DataLock
from clew.stores.moving.format import ExportReader, ExportWriter, MovedCounts
from clew.stores.moving.rows import read_rows, write_rows, write_session
from clew.stores.postgres.alchemy import in_one_transaction
from clew.stores.postgres.schema import check_postgres
from clew.stores.schema.migrating import make_transactional
from clew.stores.schema.revision import Unopenable
from clew.stores.sqlite.beside import checked_beside
from clew.stores.sqlite.faults import in_words
from clew.stores.sqlite.schema import bring_up_to_date

T = TypeVar("T")

_AS_AT_ONE_MOMENT: Final = "REPEATABLE READ"


async def export_to(file: BinaryIO, program: str, source: DataFolder | str, now: Millis) -> MovedCounts:
    """Write all games, journals, users and sign-ins to a file: from a data folder that nobody serves, or a PostgreSQL
    URL, as they are at one moment. ``program`` is who says so in its first line.

    What nodes of a database that is still served do later is not in it. Raises ``DataInUse``, ``Unopenable``,
    ``UnknownSchema``, ``SchemaBehind``, ``Busy``; ``Unreadable`` where a compacted journal is damaged.
    """
    if isinstance(source, DataFolder) and not source.database.exists():
        raise Unopenable(f"there are no games in {source}")
    writer = ExportWriter(file, program, now)
    return await _within(source, lambda connection: write_rows(connection, writer, now), _AS_AT_ONE_MOMENT)


async def export_session_to(
    file: BinaryIO, program: str, source: DataFolder | str, game_id: GameId, now: Millis
) -> MovedCounts:
    """Write one game to a file, byte for byte whatever is wrong with it, beside whoever serves it.

    ``import_from`` reads it. Raises ``NoGames``, ``BadExport`` where it is too large, and what ``export_to`` raises but
    for ``DataInUse``.
    """
    writer = ExportWriter(file, program, now, game_id)

    def work(connection: sa.Connection) -> MovedCounts:
        return write_session(connection, writer, game_id, now)

    if isinstance(source, str):
        return await _within(source, work, _AS_AT_ONE_MOMENT)
    uri = f"{checked_beside(source).absolute().as_uri()}?mode=ro"
    return _with_engine(sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(uri, uri=True)), work)


async def import_from(file: BinaryIO, target: DataFolder | str) -> MovedCounts:
    """Read what ``export_to`` wrote into a data folder that nobody serves, or a PostgreSQL database of this release's
    schema: all of it or nothing.

    Ids and times stay. Open games are held by nobody, at a later epoch, and since the export: whoever claims them
    credits that time to the players' clocks. Raises ``BadExport``; ``Clash`` where something is there already;
    ``OutcomeUnknown``; and what ``export_to`` raises.
    """
    reader = ExportReader(file)

    def work(connection: sa.Connection) -> MovedCounts:
        read_rows(connection, reader.rows())
        return reader.moved

    return await _within(target, work, None)


async def _within(place: DataFolder | str, work: Callable[[sa.Connection], T], isolation: str | None) -> T:
    if isinstance(place, str):
        await check_postgres(place)
        return await in_one_transaction(place, "moving", work, isolation=isolation)
    lock = DataLock(place.lock)
    try:
        bring_up_to_date(place.database)
        return _in_file(place.database, work)
    finally:
        lock.release()


def _in_file(path: Path, work: Callable[[sa.Connection], T]) -> T:
    return _with_engine(sa.create_engine(sa.URL.create("sqlite", database=str(path)), poolclass=NullPool), work)


def _with_engine(engine: sa.Engine, work: Callable[[sa.Connection], T]) -> T:
    make_transactional(engine)
    try:
        with engine.begin() as connection:
            return work(connection)
    except DBAPIError as error:
        raise Unopenable(in_words(error.orig or error)) from error
    finally:
        engine.dispose()
