"""Bring a SQLite file's schema to this release's."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from clew.stores.schema.migrating import bring_to, make_transactional
from clew.stores.schema.revision import NEWEST, Migrated, Unopenable
from clew.stores.sqlite.faults import in_words


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
        raise Unopenable(in_words(error)) from error
    except DBAPIError as error:
        raise Unopenable(in_words(error.orig or error)) from error
    finally:
        engine.dispose()
