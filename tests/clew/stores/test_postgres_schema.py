"""The schema in PostgreSQL: the same migrations, made by one of many, and seen to by who serves."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from clew.sessions.faults import Busy
from clew.stores.bounds import STATEMENT_TIMEOUT_MS
from clew.stores.postgres.connections import connect
from clew.stores.postgres.schema import check_postgres, migrate_postgres, without_password
from clew.stores.postgres.store import open_postgres
from clew.stores.schema.migrating import bring_to
from clew.stores.schema.revision import NEEDED, NEWEST, Migrated, SchemaBehind, TablesInUse, UnknownSchema, Unopenable
from clew.stores.schema.tables import metadata
from clew.testing.hand_clock import HandClock, start
from tests.kit.old_schema import examine_what_was_migrated, leave_old
from tests.kit.postgres import new_database, run, server, through_alchemy

T = TypeVar("T")

A_NODE_OF_THE_RELEASE_BEFORE = """
INSERT INTO nodes (node_id, incarnation, owner, address, release, state_version_max, roles, draining, renewed_at,
    lease_expires_at) VALUES ('a', 1, 'a.1', 'here', '0.1.0', 1, 'host,gateway', false, 5000, 10000)
"""

MIGRATE = """
import asyncio, sys
from clew.stores.postgres.schema import migrate_postgres
print(asyncio.run(migrate_postgres(sys.argv[1])).before)
"""


async def test_an_empty_database_gets_the_newest_schema_and_nothing_the_second_time() -> None:
    async with new_database(migrated=False) as url:
        assert await migrate_postgres(url) == Migrated(None, NEWEST)
        assert await migrate_postgres(url) == Migrated(NEWEST, NEWEST)
        await check_postgres(url)


async def test_the_migrations_make_exactly_the_tables_of_the_schema() -> None:
    def difference(connection: sa.Connection) -> Sequence[object]:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with new_database() as url:
        assert await through_alchemy(url, difference) == []


async def test_a_database_of_the_first_release_plays_on() -> None:
    async with new_database(migrated=False) as url:
        await through_alchemy(url, leave_old)

        assert await migrate_postgres(url) == Migrated("0001", NEWEST)

        async with open_postgres(url, HandClock(7_000)) as store:
            await examine_what_was_migrated(store)


async def test_a_schema_with_one_step_more_is_served_from_and_left_as_it_is() -> None:
    later = f"{NEWEST.partition('.')[0]}.99"
    async with new_database() as url:
        await run(url, f"UPDATE alembic_version SET version_num = '{later}'")

        await check_postgres(url)

        assert await migrate_postgres(url) == Migrated(later, later)
        await check_postgres(url)


async def test_a_migration_waits_for_nobody_who_reads_so_that_nodes_do_not_wait_behind_it() -> None:
    async with new_database(migrated=False) as url:
        await through_alchemy(url, lambda connection: bring_to(connection, "0002"))
        reader, node = await connect(url, "reader"), await connect(url, "node")
        try:
            await node.execute(f"SET statement_timeout = {STATEMENT_TIMEOUT_MS}")
            await node.execute(A_NODE_OF_THE_RELEASE_BEFORE)
            await reader.execute("BEGIN")
            await reader.fetch("SELECT count(*) FROM game_session_summaries")
            migrating = start(migrate_postgres(url, beside_older=True))
            while not migrating.done():
                # It would give up, after as long as a lease is trusted, if it waited behind a migration that waits
                assert await node.execute("UPDATE nodes SET renewed_at = renewed_at + 1") == "UPDATE 1"

            with pytest.raises(TablesInUse, match="were not free within 500 ms"):
                await migrating
            await reader.execute("ROLLBACK")
            assert await migrate_postgres(url, beside_older=True) == Migrated("0002", NEWEST)
        finally:
            reader.terminate()
            node.terminate()


async def test_of_many_that_migrate_at_once_one_does_it_and_all_succeed() -> None:
    async with new_database(migrated=False) as url:
        processes = [
            await asyncio.create_subprocess_exec(
                sys.executable, "-c", MIGRATE, url, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
            )
            for _ in range(4)
        ]
        said = [await process.communicate() for process in processes]

        assert [process.returncode for process in processes] == [0] * 4, said
        assert sorted(out.decode().strip() for out, _ in said) == [NEWEST, NEWEST, NEWEST, "None"]
        await check_postgres(url)


async def test_a_migration_that_fails_leaves_nothing_behind() -> None:
    async with new_database(migrated=False) as url:
        await run(url, "CREATE TABLE game_events (in_the_way int)")

        with pytest.raises(Unopenable, match="already exists"):
            await migrate_postgres(url)

        tables = await run(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert tables == [("game_events",)]


async def test_one_who_serves_is_told_what_to_run_where_the_schema_is_missing_or_old() -> None:
    async with new_database(migrated=False) as url:
        secret = url.replace("clew@", "clew:sesame@")
        with pytest.raises(SchemaBehind, match=r"no schema yet: run `clew migrate --database-url postgres") as none:
            await check_postgres(secret)
        await through_alchemy(url, leave_old)
        with pytest.raises(SchemaBehind, match=f"has schema revision 0001, this release needs {NEEDED}: run `clew"):
            await check_postgres(url)

        assert "sesame" not in str(none.value)


async def test_a_schema_from_the_future_is_refused_and_left_alone() -> None:
    async with new_database() as url:
        await run(url, "UPDATE alembic_version SET version_num = '9999'")

        for look in (check_postgres, migrate_postgres):
            with pytest.raises(UnknownSchema, match=f"9999 is not known to this release, whose newest is {NEWEST}"):
                await look(url)


async def test_a_database_that_cannot_hold_every_text_is_refused() -> None:
    await run(server().url(), "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'")
    try:
        for look in (check_postgres, migrate_postgres):
            with pytest.raises(Unopenable, match="encoding is LATIN1"):
                await look(server().url("latin"))
    finally:
        await run(server().url(), "DROP DATABASE latin")


@pytest.mark.parametrize("look", [check_postgres, migrate_postgres])
async def test_what_is_wrong_with_an_address_is_told(look: Callable[[str], Awaitable[object]]) -> None:
    with pytest.raises(Unopenable, match='database "nowhere" does not exist'):
        await look(server().url("nowhere"))
    with pytest.raises(Unopenable, match='role "stranger" does not exist'):
        await look(server().url().replace("clew@", "stranger@"))
    with pytest.raises(Unopenable, match="no PostgreSQL URL: mysql://ada@here/"):
        await look("mysql://ada:sesame@here/")
    with pytest.raises(Busy):
        await look("postgresql://127.0.0.1:1/")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ada:sesame@db:5432/games", "postgresql://ada@db:5432/games"),
        (
            "postgresql://ada:s%40e:same@a:1,b:2/games?sslmode=verify-full",
            "postgresql://ada@a:1,b:2/games?sslmode=verify-full",
        ),
        ("postgresql:///games?host=/run/pg&password=sesame&user=ada", "postgresql:///games?host=/run/pg&user=ada"),
        ("postgresql://db/games", "postgresql://db/games"),
    ],
)
def test_a_url_is_shown_without_its_password(url: str, shown: str) -> None:
    assert without_password(url) == shown
