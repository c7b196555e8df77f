"""A store that was opened for looking can't change the database, whoever asks it to."""

import pytest

from clew.sessions.faults import Busy
from clew.sessions.ids import GameId
from clew.sessions.records import Mark
from clew.stores.postgres.store import open_postgres
from tests.kit.postgres import emptied_database, run
from tests.kit.store_records import made, new_session, register

ROWS = "SELECT (SELECT count(*) FROM nodes), (SELECT array_agg((game_id, epoch)) FROM game_session_summaries)"


async def test_the_server_refuses_whatever_would_change_something() -> None:
    url = await emptied_database()
    async with open_postgres(url) as store:
        owner = await register(store)
        await made(store, "g1", owner)
    before = await run(url, ROWS)

    async with open_postgres(url, read_only=True) as store:
        for order in (
            lambda: store.ownership.put_back(GameId("g1")),
            lambda: store.journal.create([new_session("g2", owner)]),
            lambda: register(store, "b"),
        ):
            with pytest.raises(Busy, match="read-only transaction"):
                await order()
        read = await store.listings.leaf("lobby", Mark(0, 0), 10)

    assert [stored.game_id for stored in read.items] == ["g1"]
    assert await run(url, ROWS) == before


async def test_it_looks_at_a_primary_that_is_asked_for_by_that_name() -> None:
    url = await emptied_database()

    async with open_postgres(f"{url}&target_session_attrs=read-write", read_only=True) as store:
        assert await store.listings.count_sessions() == {}
