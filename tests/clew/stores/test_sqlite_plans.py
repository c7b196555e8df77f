"""SQLite finds what nobody holds by its owner, however many games there are and whatever is known of them."""

import re
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path

import pytest

from clew.stores.sqlite import ownership
from clew.testing.hand_clock import HandClock
from tests.kit.data import FILE_NAME
from tests.kit.stores import open_sqlite


@pytest.fixture
async def file(tmp_path: Path) -> AsyncGenerator[Path]:
    async with open_sqlite(tmp_path, HandClock()):
        yield tmp_path / FILE_NAME


async def test_what_nobody_holds_is_read_from_the_index_of_owners_alone(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN {ownership.UNHELD} SELECT id FROM unheld", {"asker": "me", "now": 0}
        ).fetchall()

    read = [line for *_, line in plan if re.match(r"(SEARCH|SCAN) (s|game_session_summaries)\b", line)]
    assert len(read) >= 3
    assert all("INDEX ix_sessions_open_owner" in line for line in read), read
