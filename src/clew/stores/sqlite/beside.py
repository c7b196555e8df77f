"""A data folder opened for an operator, beside the server that may be running on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

from clew.sessions.ports.clock import Clock
from clew.stores.folder import DataFolder
from clew.stores.schema.revision import (
    NEEDED,
    NEWEST,
    SchemaBehind,
    UnknownSchema,
    Unopenable,
    is_beyond,
    is_readable,
    is_served,
)
from clew.stores.sqlite.faults import in_words
from clew.stores.sqlite.store import SqliteStore, sqlite_store


class NoGames(Exception):
    """The folder holds no database."""


@contextmanager
def open_beside(data: DataFolder, clock: Clock, *, read_only: bool, unmigrated: bool = False) -> Generator[SqliteStore]:
    """The folder's store, open in the block, whoever serves from it: the folder's lock is not taken.

    That is safe for orders too: each is one transaction, and one that takes a session from the server raises the epoch,
    so what the server still has on its way is fenced. Nothing is made or migrated here; ``unmigrated``: a schema that
    can be read will do. Raises ``NoGames``, ``SchemaBehind``, ``UnknownSchema``, ``Unopenable``.
    """
    path = _file_in(data)
    try:
        store = sqlite_store(path, clock, read_only=read_only)
    except sqlite3.Error as error:
        raise Unopenable(in_words(error)) from error
    with closing(store.connections):
        _check_schema(data, unmigrated=unmigrated)
        yield store


def checked_beside(data: DataFolder) -> Path:
    """The folder's database, which this release can read. Raises what ``open_beside`` does."""
    path = _file_in(data)
    _check_schema(data, unmigrated=False)
    return path


def _file_in(data: DataFolder) -> Path:
    if not data.database.is_file():
        raise NoGames(f"there are no games in {data}")
    return data.database


def _check_schema(data: DataFolder, *, unmigrated: bool) -> None:
    try:
        with closing(sqlite3.connect(f"{data.database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            found = [str(row[0]) for row in connection.execute("SELECT version_num FROM alembic_version")]
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            raise SchemaBehind(f"the database has no schema yet: {_how_to_migrate(data)}") from error
        raise Unopenable(in_words(error)) from error
    except sqlite3.Error as error:
        raise Unopenable(in_words(error)) from error
    if unmigrated and found and all(map(is_readable, found)):
        return
    if any(map(is_beyond, found)):
        raise UnknownSchema(f"schema revision {found[0]} is not known to this release, whose newest is {NEWEST}")
    if not (len(found) == 1 and is_served(found[0])):
        state = f"has schema revision {'-'.join(found)}, this release needs {NEEDED}"
        raise SchemaBehind(f"the database {state}: {_how_to_migrate(data)}")


def _how_to_migrate(data: DataFolder) -> str:
    return f"run `clew migrate --data {data}` first"
