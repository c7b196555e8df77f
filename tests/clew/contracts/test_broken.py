"""A store that only an operator can mend says so, promises nothing meanwhile, and goes on once it is mended."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from clew.sessions.faults import NeedsOperator
from clew.sessions.records import Verdict
from clew.stores.postgres.store import PostgresStore
from clew.stores.sqlite.store import SqliteStore
from clew.testing.hand_clock import HandClock
from tests.kit.data import FILE_NAME
from tests.kit.store_records import bodies, loaded, made, part, register
from tests.kit.stores import ADAPTERS


class Breakable(NamedTuple):
    """One adapter that can be made to fail; the one in memory can't."""

    store: SqliteStore | PostgresStore
    break_it: Callable[[], Awaitable[object]]
    mend_it: Callable[[], Awaitable[object]]


@pytest.fixture(params=["postgres", "sqlite"])
async def breakable(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> AsyncGenerator[Breakable]:
    async with ADAPTERS[request.param](tmp_path, clock) as store:
        if isinstance(store, SqliteStore):
            here, there = tmp_path / FILE_NAME, tmp_path / "elsewhere"

            async def move() -> object:
                return here.rename(there)

            async def move_back() -> object:
                return there.rename(here)

            yield Breakable(store, move, move_back)
        else:
            assert isinstance(store, PostgresStore)
            yield Breakable(
                store,
                lambda: store.pools.orders.write("ALTER TABLE game_session_summaries RENAME TO elsewhere"),
                lambda: store.pools.orders.write("ALTER TABLE elsewhere RENAME TO game_session_summaries"),
            )


async def test_a_broken_store_says_what_to_do_and_writes_nothing_until_it_is_mended(breakable: Breakable) -> None:
    store = breakable.store
    row = await made(store, "g1", await register(store))
    await breakable.break_it()

    try:
        with pytest.raises(NeedsOperator) as refused:
            await store.journal.commit([part(row, "[2]")])
        assert refused.value.advice
        assert store.health.broken is refused.value
    finally:
        await breakable.mend_it()

    assert (await loaded(store, "g1")).seq == 1
    assert await store.journal.commit([part(row, "[2]")]) == [Verdict.COMMITTED]
    assert (await bodies(store, "g1"))[-1] == "[2]"
    assert store.health.fault is None
