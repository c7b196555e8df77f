"""What compaction saves, what it costs, and what a replay costs after it: whole games, both presets, both engines.

    python -m bench.compact [--games 120] [--closed 0] [--folder DIR]

Plays games of 2, 4 and 8 people who plan as bots do, stores their journals in SQLite and in PostgreSQL (a server of
its own, which waits for the disk), and compacts them one after the other, while an open game is committed to. Sizes are
what the engines say of themselves when neatly packed (VACUUM). ``--closed`` puts so many compacted games beside them in
PostgreSQL first, to see that those to compact are found among them.
"""

import argparse
import asyncio
import sqlite3
import statistics
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import asyncpg
import uvloop

from bench.kit.machine import print_facts, scratch_folder
from bench.kit.whole_games import WholeGame, play_whole_game, store_games
from clew.local.postgres import temporary_postgres
from clew.sessions.bounds import JOURNAL_PAGE_MAX
from clew.sessions.ids import GameId, NodeId, Owner
from clew.sessions.kinds import FIRST_KIND
from clew.sessions.node_records import NodeInfo
from clew.sessions.records import Compacted, NewSession, Part, StoredEntry
from clew.stores.archive import pack_journal
from clew.stores.folder import DataFolder
from clew.stores.postgres.schema import migrate_postgres
from clew.stores.postgres.store import PostgresStore, open_postgres
from clew.stores.sqlite.store import SqliteStore, open_data
from clew.wiring.clock import RealClock
from minotaur.rules.settings import classic, labyrinth

BEGAN: Final = 1_750_000_000_123
SEATS: Final = (2, 4, 8)
PRESETS: Final = {"labyrinth": labyrinth, "classic": classic}
OPEN: Final = GameId("01J9Z6OPEN")
READS: Final = 60
IDLE_S: Final = 3.0
FIND_LIMIT: Final = 20

DbStore = SqliteStore | PostgresStore
Sizes = dict[str, int]
FORGET_OPEN: Final = f"DELETE FROM game_events WHERE game_id = '{OPEN}'"
"""The game beside is none of those that are measured."""


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line."""

    games: int
    closed: int
    folder: Path | None


async def main(options: Options) -> None:
    with scratch_folder(options.folder) as scratch:
        print_facts(scratch)
        games = print_games(options.games)
        with open_data(DataFolder(scratch, "bench"), RealClock()) as store:
            await measure("SQLite", store, games, lambda: sqlite_sizes(DataFolder(scratch, "bench").database))
        with temporary_postgres() as server:
            await migrate_postgres(server.url())
            if options.closed:
                await put_closed(server.url(), options.closed)
            async with open_postgres(server.url()) as store:
                await measure("PostgreSQL", store, games, lambda: postgres_sizes(server.url()))
                if options.closed:
                    await find(store, options.closed)


# --- the games -------------------------------------------------------------------------------------------------------


def print_games(count: int) -> list[WholeGame]:
    """So many games in all, and a table of what one of each kind comes to."""
    each = max(1, count // (len(SEATS) * len(PRESETS)))
    print(f"{'game':12} seats  rounds  entries  bytes as entries  as a record  ratio  packed and seen whole, ms")
    games = list[WholeGame]()
    for preset, make in PRESETS.items():
        for seats in SEATS:
            some = [play_whole_game(make(seats), len(games) + number, BEGAN) for number in range(each)]
            print_kind(preset, seats, some)
            games += some
    print(flush=True)
    return games


def print_kind(preset: str, seats: int, games: Sequence[WholeGame]) -> None:
    saved = list[Compacted]()
    began_s = time.perf_counter()
    for game in games:
        packed = pack_journal(game.game_id, game.entries, entries_of(game))
        assert isinstance(packed, tuple)
        saved.append(packed[1])
    each_ms = (time.perf_counter() - began_s) / len(games) * 1e3
    before = sum(one.bytes_before for one in saved) / len(saved)
    after = sum(one.bytes_after for one in saved) / len(saved)
    rounds = statistics.median(game.rounds for game in games)
    entries = sum(game.entries for game in games) / len(games)
    print(
        f"{preset:12} {seats:5} {rounds:7.0f} {entries:8.0f} {before:17,.0f} {after:12,.0f} {before / after:6.1f}"
        f" {each_ms:27.2f}"
    )


def entries_of(game: WholeGame) -> list[StoredEntry]:
    timed = [(at, body) for at, bodies in game.commits for body in bodies]
    return [StoredEntry(seq, 1, at, body) for seq, (at, body) in enumerate(timed, 1)]


# --- one engine ------------------------------------------------------------------------------------------------------


async def measure(
    engine: str, store: DbStore, games: Sequence[WholeGame], sizes: Callable[[], Awaitable[Sizes]]
) -> None:
    owner = await store.nodes.register(NodeInfo(NodeId("bench"), "", "0", {FIRST_KIND: 1}), 3_600_000)
    await store_games(store, games, owner)
    before, read_before_ms = await sizes(), await read_ms(store, games)
    play = Play(store, games[0], owner)
    await play.begin()
    quiet = await play.while_doing(lambda: asyncio.sleep(IDLE_S))
    took_ms = list[float]()
    busy = await play.while_doing(lambda: compact_all(store, games, took_ms))
    after, read_after_ms = await sizes(), await read_ms(store, games)
    print(f"{engine}, {len(games)} games")
    for name, size in before.items():
        each = [size / len(games) / 1024, after[name] / len(games) / 1024]
        print(f"  {name:24} {size:13,} bytes before {after[name]:13,} after; a game {each[0]:6.1f} KiB, {each[1]:6.1f}")
    print(f"  compacting a game            {spread(took_ms)}")
    print(f"  reading a journal before     {spread(read_before_ms)}")
    print(f"  reading a journal after      {spread(read_after_ms)}")
    print(f"  a commit beside nothing      {spread(quiet)}")
    print(f"  a commit beside compaction   {spread(busy)}", flush=True)


async def compact_all(store: DbStore, games: Sequence[WholeGame], took_ms: list[float]) -> None:
    for game in games:
        began_s = time.perf_counter()
        assert isinstance(await store.archives.compact(game.game_id), Compacted)
        took_ms.append((time.perf_counter() - began_s) * 1e3)


async def read_ms(store: DbStore, games: Sequence[WholeGame]) -> list[float]:
    """How long whole journals take to read, page by page as a replay does; each is what was written."""
    took_ms = list[float]()
    for game in games[:: max(1, len(games) // READS)]:
        began_s = time.perf_counter()
        read = list[StoredEntry]()
        while page := await store.journal.entries(game.game_id, len(read), JOURNAL_PAGE_MAX):
            read += page
        took_ms.append((time.perf_counter() - began_s) * 1e3)
        assert read == entries_of(game)
    return took_ms


class Play:
    """An open game that is committed to, again and again, one commit at a time."""

    def __init__(self, store: DbStore, like: WholeGame, owner: Owner) -> None:
        self._store = store
        self._end = like.end
        self._body = like.commits[len(like.commits) // 2][1][0]
        self._owner = owner
        self._seq = 1

    async def begin(self) -> None:
        lobby = type(self._end)(self._end.state, 1, type(self._end.summary)("lobby", 0, ()))
        new = NewSession(OPEN, "OPEN", self._owner, (self._body,), BEGAN, None, lobby, kind=FIRST_KIND)
        await self._store.journal.create([new])

    async def while_doing(self, work: Callable[[], Coroutine[Any, Any, None]]) -> list[float]:
        """How long each commit took meanwhile."""
        took_ms = list[float]()
        async with asyncio.TaskGroup() as tasks:
            task = tasks.create_task(work(), name="work")
            while not task.done():
                began_s = time.perf_counter()
                await self._store.journal.commit([Part(OPEN, self._owner, 1, self._seq, (self._body,), BEGAN, None)])
                took_ms.append((time.perf_counter() - began_s) * 1e3)
                self._seq += 1
                await asyncio.sleep(0.001)
        return took_ms


def spread(took_ms: Sequence[float]) -> str:
    ordered = sorted(took_ms)
    p50, p99 = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)]
    return f"p50 {p50:6.2f} ms   p99 {p99:6.2f} ms   max {ordered[-1]:6.2f} ms   of {len(ordered):,}"


# --- sizes, by the engines' own word ---------------------------------------------------------------------------------


async def sqlite_sizes(path: Path) -> Sizes:
    """The file once it is packed; its server is there still."""

    def packed() -> Sizes:
        with closing(sqlite3.connect(path)) as connection:
            (free,) = connection.execute("PRAGMA freelist_count").fetchone()
            (page,) = connection.execute("PRAGMA page_size").fetchone()
            connection.execute(FORGET_OPEN)
            connection.commit()
            connection.execute("VACUUM")
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            return {"journals and all else": pages * page, "of it free before VACUUM": free * page}

    return await asyncio.to_thread(packed)


async def _connected(url: str) -> Any:
    return cast("Any", await asyncpg.connect(url))  # pyright: ignore[reportUnknownMemberType] - asyncpg has no types


async def postgres_sizes(url: str) -> Sizes:
    connection = await _connected(url)
    try:
        await connection.execute(FORGET_OPEN)
        found = Sizes()
        for table in ("game_events", "game_archives"):
            await connection.execute(f"VACUUM FULL {table}")
            row = await connection.fetchrow(
                f"SELECT pg_table_size('{table}') AS rows, pg_indexes_size('{table}') AS indexes"
            )
            found |= {f"{table}, rows": row["rows"], f"{table}, indexes": row["indexes"]}
        return {"journals": sum(found.values()), **found}
    finally:
        await connection.close()


# --- among very many -------------------------------------------------------------------------------------------------

CLOSED: Final = """
INSERT INTO game_session_summaries (game_id, join_code, game_status, latest_round, state_version, seq, snapshot_seq,
    epoch, inserted_at, updated_at, journal_kept, game_state)
SELECT '01J9Z6PAST' || n, n::text, 'concluded', 9, 1, 300, 300, 1, 1600000000000 + n, 1600000000000 + n, 'archive',
    ('"' || repeat(md5(n::text), 40) || '"')::json FROM generate_series(1, $1) AS n"""


async def put_closed(url: str, count: int) -> None:
    """So many compacted games, and how long the index of those to compact takes to make among them."""
    connection = await _connected(url)
    try:
        await connection.execute(CLOSED, count)
        await connection.execute("VACUUM ANALYZE game_session_summaries")
        (definition,) = await connection.fetchrow(
            "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_sessions_may_be_compacted'"
        )
        await connection.execute("DROP INDEX ix_sessions_may_be_compacted")
        began_s = time.perf_counter()
        await connection.execute(definition)
        print(f"the index, among {count:,} closed games: made in {time.perf_counter() - began_s:.2f} s")
    finally:
        await connection.close()


async def find(store: DbStore, closed: int) -> None:
    took_ms = list[float]()
    for _ in range(READS):
        began_s = time.perf_counter()
        assert not await store.archives.compactable(FIRST_KIND, BEGAN * 2, FIND_LIMIT)
        took_ms.append((time.perf_counter() - began_s) * 1e3)
    print(f"  finding none among {closed:,} {spread(took_ms)}")


def parsed() -> Options:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", type=int, default=120, help="whole games in all")
    parser.add_argument("--closed", type=int, default=0, help="compacted games beside them, in PostgreSQL")
    parser.add_argument("--folder", type=Path, default=None, help="where the data goes")
    found = parser.parse_args()
    return Options(found.games, found.closed, found.folder)


if __name__ == "__main__":
    uvloop.run(main(parsed()))
