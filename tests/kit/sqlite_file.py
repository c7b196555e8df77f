"""A SQLite file, past every store."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any


def change(path: Path, statement: str) -> None:
    """Have somebody else change it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def ask(path: Path, statement: str) -> list[tuple[Any, ...]]:
    """What it says to one statement."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def nonsense_in(path: Path, table: str) -> None:
    """Have the first pages of a table and its indexes overwritten, as a bad disk does; all others are as they were.

    Whoever has them in memory goes on with what is there.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        pages = [
            page for (page,) in connection.execute("SELECT rootpage FROM sqlite_schema WHERE tbl_name = ?", (table,))
        ]
    assert pages, f"no table {table}"
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * size)
            file.write(b"\xde\xad\xbe\xef" * (size // 4))
