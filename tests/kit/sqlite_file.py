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
