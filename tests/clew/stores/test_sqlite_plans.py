"""SQLite finds what nobody holds by its owner, and what is public by itself, however many games there are.

What a node asks each second reads no session that sleeps on.
"""

import re
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path

import pytest

from clew.stores.sqlite import listings, nodes, ownership
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


@pytest.mark.parametrize(
    ("asked", "values", "found"),
    [
        (ownership.DUE, ("me", 0, 20), "ix_sessions_sleepers (owner=? AND sleeps_until<?)"),
        (ownership.AWAKE, ("me",), "ix_sessions_open_owner (owner=? AND asleep=?)"),
        (nodes.COUNT_AWAKE, ("me",), "ix_sessions_open_owner (owner=? AND asleep=?)"),
    ],
    ids=["who is to be woken", "who is awake", "how many are awake"],
)
async def test_what_is_asked_each_second_passes_by_all_that_sleep_on(
    file: Path, asked: str, values: tuple[object, ...], found: str
) -> None:
    with closing(sqlite3.connect(file)) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {asked}", values).fetchall()

    (line,) = [line for *_, line in plan]  # and nothing is sorted
    assert line.endswith(found)


@pytest.mark.parametrize("order", [ownership.TRANSFER, ownership.PUT_TO_SLEEP], ids=["transfer", "put to sleep"])
async def test_an_order_about_some_of_many_finds_each_by_its_id(file: Path, order: str) -> None:
    values = {"owner": "me", "target": "you", "versions": '[["g1", 1, 1]]'}
    with closing(sqlite3.connect(file)) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {order}", values).fetchall()

    (line,) = [line for *_, line in plan if re.match(r"(SEARCH|SCAN) (s|game_session_summaries)\b", line)]
    assert line.endswith("(game_id=?)")


@pytest.mark.parametrize("older", [False, True])
@pytest.mark.parametrize("statuses", [0, 1, 2])
async def test_a_users_sessions_are_found_by_their_seats_in_whatever_status(
    file: Path, statuses: int, older: bool
) -> None:
    values = ("ada", "a", *["active"] * statuses, *((1, 1) if older else ()), 20)
    with closing(sqlite3.connect(file)) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {listings.of_user(1, statuses, older=older)}", values).fetchall()

    read = [line for *_, line in plan if re.match("SEARCH|SCAN", line)]
    assert read == ["SEARCH p USING INDEX ix_players_user (user_id=?)", "SEARCH s USING INTEGER PRIMARY KEY (rowid=?)"]


@pytest.mark.parametrize("older", [False, True])
async def test_public_sessions_are_read_in_their_order_from_the_index_of_just_those(file: Path, older: bool) -> None:
    with closing(sqlite3.connect(file)) as connection:
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN {listings.public_of(2, older=older)}", ("a", "b", *((1, 1) if older else ()), 20)
        ).fetchall()

    (line,) = [line for *_, line in plan]
    assert "INDEX ix_sessions_public" in line
