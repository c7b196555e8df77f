"""Which schema a SQLite file has, told without the migrations' machinery, whose loading is a good part of a start."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NEWEST: Final = "0002.1"
"""The schema of this release: the last of ``migrations/versions``."""


class UnknownSchema(Exception):
    """The database was made by a release this one doesn't know: run that release, or a newer one."""


class SchemaBehind(Exception):
    """The database is empty, or of an older release: migrate it, then start."""


class Unopenable(Exception):
    """The file is no database, is damaged or is held by something else; the server lets nobody in by this name, or has
    no such database. The message is the driver's.
    """


@dataclass(frozen=True, slots=True)
class Migrated:
    """The schema's revision before and after; None: the database was empty."""

    before: str | None
    after: str


def bring_up_to_date(path: Path) -> Migrated:
    """Give the file, made if it isn't there, this release's schema. Raises ``UnknownSchema``, ``Unopenable``.

    A file made here is its owner's to read alone, and so are those SQLite keeps beside it.
    """
    if is_newest(path):
        return Migrated(NEWEST, NEWEST)
    path.touch(mode=0o600, exist_ok=True)
    from minotaur.stores.migrating import migrate_sqlite  # noqa: PLC0415 - only where there is something to migrate

    return migrate_sqlite(path)


def is_newest(path: Path) -> bool:
    """Whether the file has this release's schema. False also where it can't be read: migrating it tells why."""
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.Error:
        return False
    return found == [(NEWEST,)]
