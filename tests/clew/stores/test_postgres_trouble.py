"""What befalls a PostgreSQL server, or the way to it: told soon which fault it is, and then all works again."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.parse import urlsplit

import asyncpg
import pytest

from clew.local.postgres import SOCKET_PORT, LocalPostgres, temporary_postgres
from clew.sessions.faults import Busy, Fault, NeedsOperator, OutcomeUnknown
from clew.sessions.ids import Owner
from clew.sessions.records import Stored, Verdict
from clew.stores.postgres import connections as postgres_connections
from clew.stores.postgres.connections import SETTINGS
from clew.stores.postgres.faults import fault_of
from clew.stores.postgres.schema import migrate_postgres
from clew.stores.postgres.store import PostgresStore, open_postgres
from clew.testing.hand_clock import loop_passes, start
from tests.kit.postgres import new_database, run, server
from tests.kit.proxy import Proxy, proxy_to
from tests.kit.store_records import LEASE, beat, bodies, loaded, made, part, place, register

LOCK = "SELECT FROM game_session_summaries WHERE game_id = $1 FOR UPDATE"
SOON_S = 10.0
"""Longer than any of these waits lasts on a busy machine."""


@pytest.fixture
async def url() -> AsyncGenerator[str]:
    async with new_database() as made_url:
        yield made_url


@pytest.fixture
async def store(url: str) -> AsyncGenerator[PostgresStore]:
    async with open_postgres(url) as opened:
        yield opened


@pytest.fixture
async def row(store: PostgresStore) -> Stored:
    return await made(store, "g1", await register(store))


@pytest.fixture(scope="module")
def own_server() -> Generator[LocalPostgres]:
    """One that may be stopped: the others' goes on."""
    with temporary_postgres() as started:
        asyncio.run(migrate_postgres(started.url()))
        yield started


async def test_a_commit_waits_for_the_disk_whatever_the_database_was_set_to(url: str) -> None:
    await run(url, f"ALTER DATABASE {urlsplit(url).path[1:]} SET synchronous_commit = off")

    async with open_postgres(url) as store:
        names = ("synchronous_commit", "statement_timeout")
        shown = [(await store.pools.commits.read(f"SHOW {name}"))[0][0] for name in names]

    assert shown == ["on", "4s"]


async def test_a_store_is_opened_though_its_database_is_away() -> None:
    async with open_postgres("postgresql://ada:secret@127.0.0.1:1/nowhere") as store:
        with pytest.raises(Busy) as refused:
            await register(store)

    assert "secret" not in str(refused.value)
    assert "secret" not in repr(store)


async def test_a_restart_is_busy_or_unknown_while_it_lasts_and_then_all_goes_on(own_server: LocalPostgres) -> None:
    async with open_postgres(own_server.url()) as store:
        row = await made(store, "restarted", await register(store))

        own_server.stop()
        for ask in (
            lambda: store.journal.commit([part(row, "[2]")]),
            lambda: store.journal.load(row.game_id),
            store.journal.probe,
        ):
            with pytest.raises((Busy, OutcomeUnknown)):
                await ask()
        with pytest.raises(Busy):
            await store.journal.commit([part(row, "[2]")])
        own_server.start()

        await store.journal.probe()
        assert await store.journal.commit([part(row, "[2]")]) == [Verdict.COMMITTED]
        assert len((await loaded(store, "restarted")).tail) == 1


async def test_what_was_committed_is_there_after_a_kill(own_server: LocalPostgres) -> None:
    async with open_postgres(own_server.url()) as store:
        row = await made(store, "killed", await register(store))
        for number in range(2, 30):
            assert await store.journal.commit([part(row, f"[{number}]", after=number - 1)]) == [Verdict.COMMITTED]

        own_server.kill()
        with pytest.raises((Busy, OutcomeUnknown)):
            await store.journal.load(row.game_id)
        own_server.start()

        assert (await bodies(store, "killed"))[-1] == "[29]"


async def test_a_commit_whose_backend_is_ended_is_of_unknown_outcome(
    store: PostgresStore, row: Stored, url: str
) -> None:
    async with held_up(url):
        commit = start(store.journal.commit([part(row, "[2]")]))
        await until_waiting(url, "clew commits")

        await run(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'clew commits'")

        with pytest.raises(OutcomeUnknown):
            await commit

    assert replace(await loaded(store, "g1"), read_at=row.read_at) == row
    assert await store.journal.commit([part(row, "[2]")]) == [Verdict.COMMITTED]


async def test_nothing_is_transferred_to_one_that_is_just_beginning_to_drain(
    store: PostgresStore, row: Stored, url: str
) -> None:
    heir = await register(store, "heir")
    async with held_up(url, "UPDATE nodes SET draining = true WHERE node_id = $1", "heir", end="COMMIT"):
        transfer = start(store.ownership.transfer(owner_of(row), heir, [place(row)]))
        await until_waiting(url, "clew orders")

    assert await transfer == [Verdict.FENCED]


async def test_one_that_begins_to_drain_during_a_transfer_lets_go_of_what_it_got(
    store: PostgresStore, row: Stored, url: str
) -> None:
    heir = await register(store, "heir")
    async with held_up(url):
        transfer = start(store.ownership.transfer(owner_of(row), heir, [place(row)]))
        await until_waiting(url, "clew orders")
        drain = start(store.nodes.renew(heir, LEASE, beat(draining=True)))
        await until_waiting(url, "clew orders", sessions=2)

    assert await transfer == [Verdict.COMMITTED]
    assert await drain is not None
    assert await store.ownership.release(heir) == 1


async def test_a_read_whose_backend_is_ended_is_busy(store: PostgresStore, row: Stored, url: str) -> None:
    assert await loaded(store, "g1") is not None
    await run(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'clew reads'")

    with contextlib.suppress(Busy):  # or the loop has noticed already
        await store.journal.load(row.game_id)

    assert (await loaded(store, "g1")).seq == 1


async def test_a_statement_that_waits_for_a_lock_too_long_is_busy_and_undone(
    url: str, row: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SETTINGS, "statement_timeout", "50")
    async with open_postgres(url) as hasty:
        async with held_up(url):
            with pytest.raises(Busy, match="statement timeout"):
                await hasty.journal.commit([part(row, "[2]")])

        assert await hasty.journal.commit([part(row, "[2]")]) == [Verdict.COMMITTED]


async def test_a_database_that_only_reads_is_busy(row: Stored, url: str) -> None:
    name = urlsplit(url).path[1:]
    await run(url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    async with open_postgres(url) as opened:
        with pytest.raises(Busy, match="read-only"):
            await opened.journal.commit([part(row, "[2]")])
        assert (await loaded(opened, "g1")).seq == 1
        await run(server().url(), f"ALTER DATABASE {name} RESET default_transaction_read_only")

        assert await opened.journal.commit([part(row, "[2]")]) == [Verdict.COMMITTED]


async def test_a_server_with_no_place_for_us_is_busy(url: str) -> None:
    await run(url, "DROP ROLE IF EXISTS crowded")
    await run(url, "CREATE ROLE crowded LOGIN CONNECTION LIMIT 0")

    async with open_postgres(url.replace("clew@", "crowded@")) as store:
        with pytest.raises(Busy, match="too many connections"):
            await store.ownership.held_by(Owner("a.1"))

    await run(url, "DROP ROLE crowded")


async def test_two_orders_that_wait_for_each_other_end_with_one_busy(store: PostgresStore) -> None:
    owner = await register(store)
    for game in ("g1", "g2"):
        await made(store, game, owner)
    both_hold = asyncio.Barrier(2)

    async def lock(first: str, second: str) -> bool:
        async def work(connection: postgres_connections.PgConnection) -> None:
            await connection.fetch(LOCK, first)
            await both_hold.wait()
            await connection.fetch(LOCK, second)

        try:
            await store.pools.orders.transact(work)
        except Busy:
            return False
        return True

    outcomes = await asyncio.gather(lock("g1", "g2"), lock("g2", "g1"))

    assert sorted(outcomes) == [False, True]


async def test_a_frozen_way_is_given_up_in_time_and_found_again(
    url: str, row: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with through_proxy(url) as (proxy, by_proxy), open_postgres(by_proxy) as store:
        assert (await loaded(store, "g1")).seq == 1
        assert await store.journal.commit([part(row, "[2]")]) == [Verdict.COMMITTED]

        proxy.freeze()
        with monkeypatch.context() as hasty:
            hasty.setattr(postgres_connections, "ANSWER_TIMEOUT_S", 0.2)
            hasty.setattr(postgres_connections, "CONNECT_TIMEOUT_S", 0.2)
            async with asyncio.timeout(SOON_S):
                with pytest.raises(OutcomeUnknown):
                    await store.journal.commit([part(row, "[3]", after=2)])
                with pytest.raises(Busy):
                    await store.journal.commit([part(row, "[3]", after=2)])  # a new connection, that never answers
                with pytest.raises(Busy):
                    await store.journal.load(row.game_id)
        proxy.thaw()
        proxy.cut()

        assert await store.ownership.refence(row.game_id, owner_of(row), row.epoch)
        assert (await loaded(store, "g1")).epoch == row.epoch + 1


async def test_a_way_that_breaks_in_a_commit_leaves_its_outcome_unknown(url: str, row: Stored) -> None:
    async with through_proxy(url) as (proxy, by_proxy), open_postgres(by_proxy) as store:
        await loaded(store, "g1")
        async with held_up(url):
            commit = start(store.journal.commit([part(row, "[2]")]))
            await until_waiting(url, "clew commits")
            proxy.cut()
            with pytest.raises(OutcomeUnknown):
                await commit

        assert await store.ownership.refence(row.game_id, owner_of(row), row.epoch)
        late = await store.journal.commit([part(row, "[2]")])
        assert late == [Verdict.FENCED], "whether it landed or not, nothing of the old epoch lands now"


async def test_when_all_connections_are_in_use_the_next_waits_a_while_and_is_busy(
    store: PostgresStore, row: Stored, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_connections, "QUEUE_TIMEOUT_S", 0.05)
    async with held_up(url):
        first = start(store.journal.commit([part(row, "[2]")]))
        await until_waiting(url, "clew commits")

        with pytest.raises(Busy, match="was free"):
            await store.journal.commit([part(row, "[2]")])

    assert await first == [Verdict.COMMITTED]


async def test_a_caller_that_gives_up_leaves_no_connection_in_disorder(
    store: PostgresStore, row: Stored, url: str
) -> None:
    async with held_up(url):
        commit = start(store.journal.commit([part(row, "[2]")]))
        await until_waiting(url, "clew commits")
        commit.cancel()
        await loop_passes()
        assert commit.cancelled()

    assert await store.ownership.refence(row.game_id, owner_of(row), 1)
    assert await store.journal.commit([part(row, "[2]", epoch=2, after=(await loaded(store, "g1")).seq)]) == [
        Verdict.COMMITTED
    ]


async def test_a_bug_is_raised_as_it_is_and_nothing_of_the_batch_stays(store: PostgresStore, row: Stored) -> None:
    with pytest.raises(asyncpg.InvalidTextRepresentationError):
        await store.journal.commit([part(row, "no json")])

    assert (await loaded(store, "g1")).seq == 1
    assert await store.journal.commit([part(row, "[2]")]) == [Verdict.COMMITTED]


@pytest.mark.parametrize(
    ("error", "read", "written"),
    [
        (asyncpg.SerializationError("told so"), Busy, Busy),
        (asyncpg.DeadlockDetectedError("told so"), Busy, Busy),
        (asyncpg.StatementCompletionUnknownError("told so"), Busy, OutcomeUnknown),
        (asyncpg.TooManyConnectionsError("told so"), Busy, Busy),
        (asyncpg.DiskFullError("told so"), Busy, Busy),
        (asyncpg.ReadOnlySQLTransactionError("told so"), Busy, Busy),
        (asyncpg.QueryCanceledError("told so"), Busy, Busy),
        (asyncpg.PostgresIOError("told so"), Busy, Busy),
        (asyncpg.AdminShutdownError("told so"), Busy, OutcomeUnknown),
        (asyncpg.CrashShutdownError("told so"), Busy, OutcomeUnknown),
        (asyncpg.CannotConnectNowError("told so"), Busy, OutcomeUnknown),
        (asyncpg.ConnectionDoesNotExistError("told so"), Busy, OutcomeUnknown),
        (ConnectionResetError("told so"), Busy, OutcomeUnknown),
        (TimeoutError("told so"), Busy, OutcomeUnknown),
        (asyncpg.InterfaceError("connection is closed"), Busy, Busy),
        (asyncpg.InterfaceError("another operation is in progress"), None, None),
        (asyncpg.UniqueViolationError("told so"), None, None),
        (asyncpg.UndefinedTableError("told so"), NeedsOperator, NeedsOperator),
        (asyncpg.DataCorruptedError("told so"), NeedsOperator, NeedsOperator),
        (ZeroDivisionError("told so"), None, None),
    ],
)
def test_what_goes_wrong_is_one_fault_or_a_bug(
    error: Exception, read: type[Fault] | None, written: type[Fault] | None
) -> None:
    faults = [fault_of(error, writes=writes) for writes in (False, True)]

    assert [None if fault is None else type(fault) for fault in faults] == [read, written]


def owner_of(row: Stored) -> Owner:
    assert row.owner is not None
    return row.owner


@asynccontextmanager
async def held_up(url: str, statement: str = LOCK, argument: str = "g1", end: str = "ROLLBACK") -> AsyncGenerator[None]:
    """Within the block, whoever writes to ``g1``, or to what the statement changes, waits."""
    connection = await postgres_connections.connect(url, "in the way")
    await connection.execute("BEGIN")
    await connection.fetch(statement, argument)
    try:
        yield
    finally:
        await connection.execute(end)
        await connection.close(timeout=SOON_S)


async def until_waiting(url: str, name: str, sessions: int = 1) -> None:
    """Until so many sessions of that name wait for a lock."""
    waits = "SELECT FROM pg_stat_activity WHERE application_name = $1 AND wait_event_type = 'Lock'"
    async with asyncio.timeout(SOON_S):
        while len(await run(url, waits, name)) < sessions:
            pass


@asynccontextmanager
async def through_proxy(url: str) -> AsyncGenerator[tuple[Proxy, str]]:
    """A proxy before the tests' server, and the database's URL through it."""
    async with proxy_to(server().folder / f".s.PGSQL.{SOCKET_PORT}") as proxy:
        yield proxy, f"postgresql://clew@127.0.0.1:{proxy.port}{urlsplit(url).path}?sslmode=disable"
