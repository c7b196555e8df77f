"""PostgreSQL finds each row by its index, on the first day of a database as on any other."""

import asyncio
import re
from collections.abc import AsyncGenerator

import pytest

from clew.stores.postgres import archives as postgres_archives
from clew.stores.postgres import counts as postgres_counts
from clew.stores.postgres import journal as postgres_journal
from clew.stores.postgres import listings as postgres_listings
from clew.stores.postgres import nodes as postgres_nodes
from clew.stores.postgres import ownership as postgres_ownership
from clew.stores.postgres import users as postgres_users
from clew.stores.postgres.connections import PgConnection, connect
from clew.stores.postgres.store import open_postgres
from tests.kit.postgres import new_database, run
from tests.kit.store_records import NOW, made, part, register, snapshot

SOON_S = 10.0
MODULES = (postgres_archives, postgres_journal, postgres_listings, postgres_nodes, postgres_ownership, postgres_users)
STATEMENTS = {
    f"{module.__name__.rpartition('.')[2]}{name}": text
    for module in MODULES
    for name, text in vars(module).items()
    if isinstance(text, str)
    and re.match(r"\s*(WITH|SELECT|UPDATE|INSERT|DELETE)\b", text)
    and not re.search(r"\{\w+\}", text)
}
STATEMENTS["counts_COUNT_MADE"] = postgres_counts.COUNT_MADE
STATEMENTS["listings_ROWS"] += " ORDER BY s.inserted_at DESC, s.id DESC LIMIT $1"
STATEMENTS["listings_SESSIONS_OF"] += (
    " AND s.game_status = ANY ($3::text[]) ORDER BY s.inserted_at DESC, s.id DESC LIMIT $4"
)
STATEMENTS["listings_PUBLIC"] += " ORDER BY s.inserted_at DESC, s.id DESC LIMIT $2"


@pytest.fixture
async def connection() -> AsyncGenerator[PgConnection]:
    async with new_database() as url:
        opened = await connect(url, "plans", plan_cache_mode="force_generic_plan")
        yield opened
        await opened.close(timeout=5)


async def test_no_statement_reads_a_whole_table_of_sessions(connection: PgConnection) -> None:
    assert len(STATEMENTS) > 25
    plans = {name: await explained(connection, text) for name, text in STATEMENTS.items()}

    whole = {name: plan for name, plan in plans.items() if re.search(r"Seq Scan on (game_|player_|users|sign)", plan)}

    assert whole == {}


async def test_a_commit_looks_up_each_session_by_its_id(connection: PgConnection) -> None:
    plan = await explained(connection, STATEMENTS["journal_COMMIT"])

    assert re.search(r"Index Scan using \S*game_id\S* on game_session_summaries s", plan), plan
    assert re.search(r"Index Cond: \(game_id = ANY \(ARRAY\[p\w*.game_id]\)\)", plan), plan


async def test_a_claim_leaps_from_owner_to_owner(connection: PgConnection) -> None:
    plan = await explained(connection, STATEMENTS["ownership_CLAIM_ANY"])

    assert re.search(r"ix_sessions_open_owner[^\n]*\n\s*Index Cond: \(\(?owner (> \S+|IS NOT NULL)\)?", plan), plan


async def test_who_is_to_be_woken_is_found_past_all_that_sleep_on(connection: PgConnection) -> None:
    plan = await explained(connection, STATEMENTS["ownership_WAKE"])

    assert re.search(r"ix_sessions_sleepers[^\n]*\n\s*Index Cond: [^\n]*owner = [^\n]*sleeps_until < ", plan), plan


async def test_what_may_be_compacted_is_found_without_looking_at_what_was(connection: PgConnection) -> None:
    plan = await explained(connection, STATEMENTS["archives_COMPACTABLE"])

    assert re.search(r"Index Scan using ix_sessions_may_be_compacted", plan), plan


async def test_a_users_sessions_are_found_by_their_seats(connection: PgConnection) -> None:
    plan = await explained(connection, STATEMENTS["listings_SESSIONS_OF"])

    assert re.search(r"ix_players_user", plan), plan
    assert re.search(r"Index Cond: \(id = p.game_session_id\)", plan), plan


async def test_what_is_public_is_read_in_its_order_from_the_index_of_just_that(connection: PgConnection) -> None:
    plan = await explained(connection, STATEMENTS["listings_PUBLIC"])

    assert re.search(r"Index Scan (Backward )?using ix_sessions_public", plan), plan


async def test_who_leafs_goes_on_in_the_index_where_they_were(connection: PgConnection) -> None:
    plan = await explained(connection, STATEMENTS["listings_LEAF"])

    assert re.search(r"ix_sessions_status[^\n]*\n\s*Index Cond: [^\n]*game_status[^\n]*inserted_at", plan), plan


async def test_a_commit_touches_no_index_of_its_sessions_row() -> None:
    async with new_database() as url, open_postgres(url) as store:
        row = await made(store, "g1", await register(store), shot=snapshot("{}", "active", p1="ada alive"))
        for number in range(1, 11):
            shot = snapshot(f"[{number}]", "active", number, p1="ada dead") if number % 2 else None
            await store.journal.commit(
                [part(row, "[2]", after=number, now=NOW + number, wake_at=NOW + 9 * number, shot=shot)]
            )
        await run(url, "SELECT pg_stat_force_next_flush()")
        await store.pools.close()

        told = "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'game_session_summaries'"
        async with asyncio.timeout(SOON_S):
            while (counted := await run(url, told)) != [(10, 10)]:
                assert counted[0][0] < 10, counted


async def explained(connection: PgConnection, statement: str) -> str:
    """The plan that serves all arguments, for which the planner was told none."""
    arguments = ", ".join(["NULL"] * max(map(int, re.findall(r"\$(\d+)", statement)), default=0))
    await connection.execute(f"PREPARE explained AS {statement}")
    rows = await connection.fetch(f"EXPLAIN EXECUTE explained{f' ({arguments})' if arguments else ''}")
    await connection.execute("DEALLOCATE explained")
    return "\n".join(line for (line,) in rows)
