"""Which schema a SQLite file has, told without the migrations' machinery: its loading is a good part of a start."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from clew.stores.schema.revision import NEWEST, Migrated, is_ahead, is_served


def bring_up_to_date(path: Path) -> Migrated:
    """Give the file, made if it isn't there, this release's schema. Raises ``UnknownSchema``, ``Unopenable``.

    A file made here is its owner's to read alone, and so are those SQLite keeps beside it.
    """
    found = _revision_of(path)
    if found is not None and (found == NEWEST or (is_ahead(found) and is_served(found))):
        return Migrated(found, found)
    path.touch(mode=0o600, exist_ok=True)
    from clew.stores.sqlite.migrating import migrate_sqlite  # noqa: PLC0415 - only where there is something to migrate

    return migrate_sqlite(path)


def _revision_of(path: Path) -> str | None:
    """None also where it can't be read: migrating it tells why."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = [str(row[0]) for row in connection.execute("SELECT version_num FROM alembic_version")]
    except sqlite3.Error:
        return None
    return found[0] if len(found) == 1 else None
