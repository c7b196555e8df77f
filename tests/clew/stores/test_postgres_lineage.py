"""Which life of PostgreSQL this is, for whoever may not do much in it."""

import re
from collections.abc import AsyncGenerator

import pytest

from clew.stores.postgres.store import open_postgres
from tests.kit.postgres import new_database, run

AS_ADA = "postgresql://ada@"


@pytest.fixture
async def url() -> AsyncGenerator[str]:
    """A database of a role that owns nothing."""
    async with new_database() as database:
        await run(database, "CREATE ROLE ada LOGIN")
        try:
            yield re.sub("^postgresql://[^@]*@", AS_ADA, database)
        finally:
            await run(database, "DROP OWNED BY ada")
            await run(database, "DROP ROLE ada")


def as_owner(url: str) -> str:
    return url.replace(AS_ADA, "postgresql://clew@")


async def test_anybody_is_told_the_number_of_the_cluster_and_its_timeline(url: str) -> None:
    async with open_postgres(url) as store:
        assert re.fullmatch(r"\d+/00000001", await store.histories.lineage())


async def test_who_is_forbidden_to_ask_is_told_nothing_and_nothing_breaks(url: str) -> None:
    await run(as_owner(url), "REVOKE EXECUTE ON FUNCTION pg_walfile_name FROM public")

    async with open_postgres(url) as store:
        assert [await store.histories.lineage() for _ in range(2)] == ["", ""]


async def test_a_server_without_such_functions_tells_nothing(url: str) -> None:
    await run(as_owner(url), "ALTER FUNCTION pg_control_system RENAME TO no_such_function")

    async with open_postgres(url) as store:
        assert await store.histories.lineage() == ""
