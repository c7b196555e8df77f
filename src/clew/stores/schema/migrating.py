"""Bring a database's schema to this release's, by the Alembic migrations that travel with the package."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import sqlalchemy as sa
import sqlalchemy.event
from alembic.command import upgrade
from alembic.runtime.migration import MigrationContext

from clew.stores.schema.phases import FOLDER, config_of, leading_before, migrations_in, missing_after, older_nodes
from clew.stores.schema.revision import (
    NEWEST,
    Migrated,
    OlderNodes,
    ThisRelease,
    UnknownSchema,
    is_ahead,
    is_served,
)


def bring_to(connection: sa.Connection, revision: str, folder: Path = FOLDER) -> Migrated:
    """Apply the migrations up to a revision inside the caller's transaction. Raises ``UnknownSchema``.

    A newer schema that this release can serve from stays as it is.
    """
    before = _found(connection, folder)
    if before is not None and is_ahead(before):
        return Migrated(before, before)
    if before != revision:
        config = config_of(folder)
        config.attributes["connection"] = connection
        upgrade(config, revision)
    return Migrated(before, revision)


def bring_beside(connection: sa.Connection, folder: Path = FOLDER) -> Migrated:
    """Apply only what the release before can live with; what is left is named. Raises ``UnknownSchema``.

    An empty database has no release before: it gets all.
    """
    known, found = migrations_in(folder), _found(connection, folder)
    if found is None or is_ahead(found):
        return bring_to(connection, known[-1].revision, folder)
    missing = missing_after(found, known)
    fitting = leading_before(missing)
    done = bring_to(connection, fitting[-1].revision if fitting else found, folder)
    return Migrated(done.before, done.after, tuple(one.revision for one in missing[len(fitting) :]))


def bring_alone(connection: sa.Connection, serving: ThisRelease | None, folder: Path = FOLDER) -> Migrated:
    """Apply everything, unless a node of an older release lives and can't live with it.

    Raises ``OlderNodes``, ``UnknownSchema``. Without ``serving`` the caller knows that there is no such node.
    """
    known, found = migrations_in(folder), _found(connection, folder)
    if serving is not None and found is not None and not is_ahead(found):
        missing = missing_after(found, known)
        after = [one.revision for one in missing if one.phase != "before"]
        if after and (older := older_nodes(connection, serving)):
            raise OlderNodes(
                f"{', '.join(after)} may be applied only once no node of an older release is left, and there are: "
                f"{', '.join(older)}"
            )
    return bring_to(connection, known[-1].revision, folder)


def _found(connection: sa.Connection, folder: Path) -> str | None:
    """The schema's revision: none, one of the folder's, or a newer one that this release can serve from."""
    found = MigrationContext.configure(connection).get_current_revision()
    if found is None or (is_ahead(found) and is_served(found)):
        return found
    if found not in {one.revision for one in migrations_in(folder)}:
        raise UnknownSchema(f"schema revision {found} is not known to this release, whose newest is {NEWEST}")
    return found


def make_transactional(engine: sa.Engine) -> None:
    """Have SQLite's driver begin when told, not at the first change of rows: tables are made all or none too."""

    def let_go(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None

    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    sqlalchemy.event.listen(engine, "connect", let_go)
    sqlalchemy.event.listen(engine, "begin", begin)
