"""Statements that take many rows at once.

One statement for a whole batch, because between any two steps of SQLite the writer's thread gives up the interpreter
lock and, under load, waits up to a switch interval for it: a step for each row costs milliseconds a row
(docs/decisions/0022). Rows are padded with NULLs to a power of two, so a few texts serve every size.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import cache

ROWS_MAX = 512
"""Rows in one statement; more take several."""

Row = Sequence[object]


def write_rows(connection: sqlite3.Connection, before: str, after: str, rows: Sequence[Row]) -> int:
    """Execute ``before (VALUES …) after`` for all rows; gives how many rows of the table it changed.

    ``column1`` is never NULL in a real row; the statement must leave out those where it is, if it would take them.
    """
    changed = 0
    for start in range(0, len(rows), ROWS_MAX):
        chunk = rows[start : start + ROWS_MAX]
        size = 1 << (len(chunk) - 1).bit_length()
        width = len(chunk[0])
        values = [value for row in chunk for value in row]
        values += [None] * (width * (size - len(chunk)))
        changed += connection.execute(f"{before} ({_values(size, width)}) {after}", values).rowcount
    return changed


@cache
def _values(size: int, width: int) -> str:
    row = f"({','.join('?' * width)})"
    return f"VALUES {','.join([row] * size)}"
