"""Bring a database's schema to this release's, by the Alembic migrations that travel with the package."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import sqlalchemy as sa
import sqlalchemy.event
from alembic.command import upgrade
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from minotaur.stores.revision import NEWEST, Migrated, UnknownSchema, Unopenable, is_ahead, is_served


def migrate_sqlite(path: Path) -> Migrated:
    """Apply what a SQLite file, made if it isn't there, is missing: all or nothing, and nothing the second time.

    Raises ``UnknownSchema``, ``Unopenable``.
    """
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(path)),  # a path may hold what a URL would read
        poolclass=NullPool,
    )
    make_transactional(engine)
    try:
        with engine.begin() as connection:
            return bring_to(connection, NEWEST)
    except sqlite3.Error as error:
        raise Unopenable(str(error)) from error
    except DBAPIError as error:
        raise Unopenable(str(error.orig)) from error
    finally:
        engine.dispose()


def bring_to(connection: sa.Connection, revision: str) -> Migrated:
    """Apply the migrations up to a revision inside the caller's transaction. Raises ``UnknownSchema``.

    A newer schema that this release can serve from stays as it is.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    before = MigrationContext.configure(connection).get_current_revision()
    if before is not None and is_ahead(before) and is_served(before):
        return Migrated(before, before)
    if before is not None and before not in {known.revision for known in script.walk_revisions()}:
        raise UnknownSchema(f"schema revision {before} is not known to this release, whose newest is {NEWEST}")
    if before != revision:
        config.attributes["connection"] = connection
        upgrade(config, revision)
    return Migrated(before, revision)


def make_transactional(engine: sa.Engine) -> None:
    """Have SQLite's driver begin when told, not at the first change of rows: tables are made all or none too."""

    def let_go(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None

    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    sqlalchemy.event.listen(engine, "connect", let_go)
    sqlalchemy.event.listen(engine, "begin", begin)
