"""``minotaur migrate``, before the new code and after the last node of the old one."""

import asyncio
from pathlib import Path

from sqlalchemy.ext.asyncio import create_async_engine

from clew.stores.postgres.connections import connect
from clew.stores.postgres.store import open_postgres
from clew.stores.schema.revision import NEWEST
from tests.clew.cli.operating import Place, sqlite_place
from tests.kit.old_schema import leave_old
from tests.kit.postgres import new_database, run


async def test_a_first_deploy_gets_the_whole_schema_by_either_command() -> None:
    async with new_database(migrated=False) as url:
        place = _place(url)

        first = await asyncio.to_thread(place.told, "migrate", "--before")
        second = await asyncio.to_thread(place.told, "migrate")

    assert first == f"The database went from nothing to {NEWEST}.\n"
    assert second == f"The database is at {NEWEST} already.\n"


async def test_what_older_nodes_can_not_live_with_is_refused_in_one_line_until_they_are_gone() -> None:
    async with new_database(migrated=False) as url:
        place = _place(url)
        await _leave_a_database_of_the_first_schema(url)
        await run(url, "UPDATE nodes SET lease_expires_at = 9999999999999 WHERE incarnation = 2")

        refused = await asyncio.to_thread(place.run, "migrate")
        before = await asyncio.to_thread(place.told, "migrate", "--before")
        await run(url, "UPDATE nodes SET lease_expires_at = 0")
        after = await asyncio.to_thread(place.told, "migrate")

    assert refused.exit_code == 1
    assert refused.output.startswith("minotaur: 0002 may be applied only once no node of an older release is left")
    assert "a (0.1.0, reads state v1)" in refused.output
    assert "Nothing was changed; `minotaur migrate --before` applies what they can live with" in refused.output
    assert refused.output.count("\n") == 1
    assert before.startswith("The database is at 0001 already.\nLeft for later: 0002")
    assert after == f"The database went from 0001 to {NEWEST}.\n"


def test_a_data_folder_has_one_process_and_gets_all(tmp_path: Path) -> None:
    said = sqlite_place(tmp_path).told("migrate", "--before")

    assert said.endswith(f"went from nothing to {NEWEST}.\n")


def _place(url: str) -> Place:
    return Place(("--database-url", url), lambda: open_postgres(url))


async def _leave_a_database_of_the_first_schema(url: str) -> None:
    engine = create_async_engine("postgresql+asyncpg://", async_creator=lambda: connect(url, "test"))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(leave_old)
    finally:
        await engine.dispose()
