"""What a node says between its beats: nobody waits for it, and it hides nothing."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager

import pytest

from clew.local.postgres import LocalPostgres, temporary_postgres
from clew.stores.postgres.schema import migrate_postgres
from clew.stores.postgres.store import open_postgres
from tests.kit.postgres import run
from tests.kit.store_records import LEASE, beat, made, part, register

AT_ONCE_S = 1.0


@pytest.fixture(scope="module")
def server() -> Generator[LocalPostgres]:
    """One whose settings may be changed: the others' stay."""
    with temporary_postgres() as started:
        asyncio.run(migrate_postgres(started.url()))
        yield started


@asynccontextmanager
async def _safe_only_on_a_standby_there_is_not(url: str) -> AsyncGenerator[None]:
    """Whoever waits until a write is safe waits until the end of the block."""
    await run(url, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    await run(url, "SELECT pg_reload_conf()")
    try:
        yield
    finally:
        await run(url, "ALTER SYSTEM RESET synchronous_standby_names")
        await run(url, "SELECT pg_reload_conf()")


async def test_a_sign_of_life_waits_for_no_disk_and_what_comes_after_it_does(server: LocalPostgres) -> None:
    async with open_postgres(server.url()) as store:
        owner = await register(store, "signing")
        row = await made(store, "signed", owner)
        renewed = await store.nodes.renew(owner, LEASE, beat())
        assert renewed is not None
        async with _safe_only_on_a_standby_there_is_not(server.url()):
            async with asyncio.timeout(AT_ONCE_S):
                await store.nodes.say_alive(owner, renewed.at)

            with pytest.raises(TimeoutError):
                async with asyncio.timeout(AT_ONCE_S):
                    await store.journal.commit([part(row, "[2]")])


async def test_a_sign_of_life_does_not_hide_that_the_store_went_back(server: LocalPostgres) -> None:
    async with open_postgres(server.url()) as store:
        owner = await register(store, "set-back")
        renewed = await store.nodes.renew(owner, LEASE, beat())
        assert renewed is not None
        await run(server.url(), f"UPDATE nodes SET renewed_at = {renewed.at - 1} WHERE owner = '{owner}'")

        await store.nodes.say_alive(owner, renewed.at)

        again = await store.nodes.renew(owner, LEASE, beat())
        assert again is not None
        assert again.before == renewed.at - 1
