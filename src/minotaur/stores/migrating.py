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

from minotaur.stores.revision import Migrated, UnknownSchema, Unopenable


def migrate(url: str | sa.URL) -> Migrated:
    """Apply what is missing, all or nothing; nothing is missing the second time. Raises ``UnknownSchema``."""
    engine = sa.create_engine(url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        _make_transactional(engine)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    after = script.get_current_head()
    assert after is not None, "the package brings its migrations"
    with engine.connect() as connection:
        before = MigrationContext.configure(connection).get_current_revision()
        if before is not None and before not in {revision.revision for revision in script.walk_revisions()}:
            raise UnknownSchema(f"schema revision {before} is not known to this release, whose newest is {after}")
        if before != after:
            config.attributes["connection"] = connection
            upgrade(config, "head")
            connection.commit()
    engine.dispose()
    return Migrated(before, after)


def migrate_sqlite(path: Path) -> Migrated:
    """``migrate`` for a SQLite file, made if it isn't there. Raises ``Unopenable`` too."""
    try:
        return migrate(sa.URL.create("sqlite", database=str(path)))  # a path may hold what a URL would read
    except sqlite3.Error as error:
        raise Unopenable(str(error)) from error
    except DBAPIError as error:
        raise Unopenable(str(error.orig)) from error


def _make_transactional(engine: sa.Engine) -> None:
    """Have SQLite's driver begin when told, not at the first change of rows: tables are made all or none too."""

    def let_go(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None

    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    sqlalchemy.event.listen(engine, "connect", let_go)
    sqlalchemy.event.listen(engine, "begin", begin)
