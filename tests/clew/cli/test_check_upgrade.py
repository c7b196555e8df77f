"""``minotaur check-upgrade`` on real rows, beside who serves them."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from clew.cli.check_upgrade_shown import SHOWN_MAX
from clew.sessions.ids import GameId, Owner
from clew.sessions.ports.store import Store
from clew.sessions.records import Accepted, Refused, Verdict
from clew.sessions.session.bodies import write_snapshot
from clew.stores.postgres.alchemy import in_one_transaction
from clew.stores.postgres.store import open_postgres
from clew.stores.schema import revision
from clew.stores.schema.migrating import bring_to
from minotaur.play.codec import STATE_VERSION
from minotaur.play.machine import MatchMachine
from minotaur.play.match import Match, MatchCommand, MatchEvent
from minotaur.rules.commands import EndRound
from minotaur.rules.names import Millis
from minotaur.rules.settings import classic, labyrinth
from tests.clew.cli.operating import Place, sqlite_place
from tests.kit.data import FILE_NAME
from tests.kit.postgres import new_database, run
from tests.kit.store_records import NOW, loaded, made, new_session, part, register, snapshot
from tests.play.driving import Table
from tests.play.stored import CODEC, new_table, played, written

COMMAND = "check-upgrade"


def game(name: str, course: str = "active") -> Table:
    """A lobby, a game in its second round, or one that is over."""
    table = Table.laid(classic(2) if course == "over" else labyrinth(3), game=name, bots=2)
    if course != "lobby":
        table.start(2)
        table.act(("plan", 0, (1, 2)))
        table.end_round()
    if course == "over":
        table.play_out()
    return table


async def keep(store: Store, owner: Owner, tables: Sequence[Table]) -> None:
    await store.journal.create([new_table(table, owner, f"code-{table.match.game_id}") for table in tables])


def fill(place: Place, *tables: Table) -> None:
    async def work(store: Store) -> None:
        await keep(store, await register(store), tables)

    asyncio.run(place.fill(work))


def everything_in(place: Place, tmp_path: Path) -> object:
    """What a write would change: the file's bytes, or each row with where it lies and who wrote it."""
    option, where = place.options
    if option == "--data":
        return (tmp_path / "data" / FILE_NAME).read_bytes()

    async def rows() -> object:
        tables = await run(where, "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [await run(where, f"SELECT ctid, xmin::text, t::text FROM {table} AS t") for (table,) in tables]

    return asyncio.run(rows())


def test_a_release_that_goes_on_with_everything_says_so(place: Place) -> None:
    fill(place, game("g1"), game("g2", "lobby"), game("g3"), game("g4", "over"))

    done = place.run(COMMAND)
    report = place.read(COMMAND)

    assert done.exit_code == 0, done.output
    assert re.search(rf"\n +{STATE_VERSION} +open +3 +0 +0 +0 *\n +{STATE_VERSION} +over +1 +0 +0 +0", done.output)
    assert "Tried 3 open games and 1 of 1 that are over.\n" in done.output
    assert done.output.endswith("would go on with all of them.\n")
    assert report == {
        "fine": True,
        "state_version_max": STATE_VERSION,
        "reads": {"minotaur": STATE_VERSION},
        "versions": [
            {
                "kind": "minotaur",
                "state_version": STATE_VERSION,
                "open": True,
                "fine": 3,
                "failing": 0,
                "unreadable": 0,
                "newer": 0,
            },
            {
                "kind": "minotaur",
                "state_version": STATE_VERSION,
                "open": False,
                "fine": 1,
                "failing": 0,
                "unreadable": 0,
                "newer": 0,
            },
        ],
        "findings": [],
        "closed": 1,
        "quarantined": 0,
        "others": {},
    }


def test_each_game_it_would_not_go_on_with_is_named_with_the_reason(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(store: Store) -> None:
        owner = await register(store)
        await keep(store, owner, [game("good"), game("bug")])
        await made(store, "rubbish", owner, shot=snapshot('{"b": "[x]"}', "active", version=STATE_VERSION))
        await made(store, "later", owner, shot=snapshot("{}", "active", version=STATE_VERSION + 1))
        await made(store, "aside", owner)
        await store.ownership.quarantine(GameId("aside"), owner, "broken", NOW)

    asyncio.run(place.fill(work))
    plant_a_bug(monkeypatch, "bug")

    done = place.run(COMMAND)
    in_json = place.run(COMMAND, "--json")

    assert done.exit_code == in_json.exit_code == 1
    for words in (
        r"bug +code-bug +active +\d +failing +ZeroDivisionError: planted \(test_check_upgrade.py:\d+\)",
        r"rubbish +code-rubbish +active +\d +unreadable +state: it can't be read: ValidationError: ",
        r"later +code-later +active +\d +newer +version: state version",
    ):
        assert re.search(words, done.output), done.output
    assert "good" not in done.output
    assert "Left out: 1 game that is out of service already.\n" in done.output
    assert "would NOT go on with all of them: 1 failing, 1 unreadable, 1 left for a newer release.\n" in done.output
    assert '"fine": false' in in_json.output
    assert '"game_id": "bug"' in in_json.output


def test_of_very_many_the_first_are_shown_and_json_has_all(place: Place) -> None:
    async def work(store: Store) -> None:
        owner = await register(store)
        for number in range(SHOWN_MAX + 3):
            await store.journal.create([new_session(f"g{number}", owner, now=NOW + number)])

    asyncio.run(place.fill(work))

    done, in_json = place.run(COMMAND), place.run(COMMAND, "--json")

    assert f"code-g{SHOWN_MAX - 1} " in done.output
    assert f"code-g{SHOWN_MAX} " not in done.output
    assert "… and 3 more: --json lists all.\n" in done.output
    assert in_json.output.count('"found": "unreadable"') == SHOWN_MAX + 3


def test_nothing_is_written(place: Place, tmp_path: Path) -> None:
    fill(place, game("g1"), game("g2", "lobby"), game("g3", "over"))
    before = everything_in(place, tmp_path)

    place.told(COMMAND)

    assert everything_in(place, tmp_path) == before


def test_games_that_are_played_meanwhile_are_fine(place: Place) -> None:
    tables = [game(f"g{number}") for number in range(20)]
    written_meanwhile = 0

    async def play(store: Store) -> None:
        nonlocal written_meanwhile
        await keep(store, await register(store), tables)
        async with asyncio.TaskGroup() as tasks:
            check = tasks.create_task(asyncio.to_thread(place.run, COMMAND), name="checks")
            while not check.done():
                await go_on(store, tables[written_meanwhile % len(tables)])
                written_meanwhile += 1
        assert check.result().exit_code == 0, check.result().output

    async def go_on(store: Store, table: Table) -> None:
        stored = await loaded(store, table.match.game_id)
        if table.match.status != "active":
            return
        if written_meanwhile % 3:
            table.act(("plan", 0, (1,)))
            shot = None
        else:
            table.end_round()
            shot = write_snapshot(CODEC, played(table.journal))
        bodies = [entry.body.decode() for entry in written(table.journal[stored.seq :])]
        assert await store.journal.commit([part(stored, *bodies, shot=shot)]) == [Verdict.COMMITTED]

    asyncio.run(place.fill(play))

    assert written_meanwhile > 0


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
async def test_it_is_run_before_the_database_is_migrated(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NEEDED", "NEWEST"):
        monkeypatch.setattr(revision, name, f"{revision.NEWEST.partition('.')[0]}.99")
    async with old_place(kind, tmp_path) as place:
        refused = await asyncio.to_thread(place.run, "sessions", "list")
        report = await asyncio.to_thread(place.read, COMMAND)

    assert "run `minotaur migrate" in refused.output
    assert [(each["open"], each["fine"]) for each in report["versions"]] == [(True, 2), (False, 1)]
    assert report["fine"]


@pytest.mark.parametrize(
    ("found", "words"), [("0001", "run `minotaur migrate"), ("9999", "a newer release made the database")]
)
def test_a_schema_it_cannot_read_is_left_alone(place: Place, tmp_path: Path, found: str, words: str) -> None:
    fill(place, game("g1"))
    option, where = place.options
    told = f"UPDATE alembic_version SET version_num = '{found}'"
    try:
        if option == "--data":
            with closing(sqlite3.connect(tmp_path / "data" / FILE_NAME)) as connection, connection:
                connection.execute(told)
        else:
            asyncio.run(run(where, told))

        done = place.run(COMMAND)
    finally:
        if option == "--database-url":
            asyncio.run(run(where, f"UPDATE alembic_version SET version_num = '{revision.NEWEST}'"))

    assert done.exit_code == 1
    assert words in done.output
    assert done.output.count("\n") == 1


def test_where_there_is_nothing_to_read_one_line_says_so(tmp_path: Path) -> None:
    url = "postgresql://ada:secret@127.0.0.1:1/games"

    nowhere = sqlite_place(tmp_path / "nowhere").run(COMMAND)
    unreachable = Place(("--database-url", url), lambda: open_postgres(url)).run(COMMAND)

    assert nowhere.exit_code == unreachable.exit_code == 1
    assert nowhere.output.startswith("minotaur: there are no games in ")
    assert unreachable.output.startswith("minotaur: the database is busy or cannot be reached: ")
    assert "secret" not in unreachable.output
    assert not (tmp_path / "nowhere").exists()


@asynccontextmanager
async def old_place(kind: str, folder: Path) -> AsyncGenerator[Place]:
    """Three games in the oldest schema that can be read, whatever newer ones have besides."""

    def leave(connection: sa.Connection) -> None:
        bring_to(connection, revision.READABLE_SINCE)
        for table in (game("g1"), game("g2", "lobby"), game("g3", "over")):
            new = new_table(table, Owner("old.1"), table.match.game_id)
            snapshot, seq = new.snapshot, len(new.entries)
            connection.exec_driver_sql(
                "INSERT INTO game_session_summaries (game_id, join_code, game_status, latest_round, state_version, seq,"
                " snapshot_seq, owner, epoch, inserted_at, updated_at, game_state) VALUES"
                f" ('{new.game_id}', '{new.join_code}', '{snapshot.summary.game_status}',"
                f" {snapshot.summary.latest_round}, {snapshot.state_version},"
                f" {seq}, {seq}, 'old.1', 1, {NOW}, {NOW}, '{snapshot.state.decode()}')"
            )
            rows = [f"('{new.game_id}', {n}, 1, {NOW}, '{body.decode()}')" for n, body in enumerate(new.entries, 1)]
            connection.exec_driver_sql(
                f"INSERT INTO game_events (game_id, seq, epoch, recorded_at, event) VALUES {', '.join(rows)}"
            )

    if kind == "postgres":
        async with new_database(migrated=False) as url:
            await in_one_transaction(url, "old", leave)
            yield Place(("--database-url", url), lambda: open_postgres(url))
        return
    engine = sa.create_engine(f"sqlite:///{folder / FILE_NAME}")
    with engine.begin() as connection:
        leave(connection)
    engine.dispose()
    yield sqlite_place(folder)


def plant_a_bug(monkeypatch: pytest.MonkeyPatch, in_game: str) -> None:
    """This release breaks on the end of a round of one game."""
    decide = MatchMachine.decide

    def broken(self: MatchMachine, state: Match, command: MatchCommand, now: Millis) -> Accepted[MatchEvent] | Refused:
        if state.game_id == in_game and isinstance(command, EndRound):
            raise ZeroDivisionError("planted")
        return decide(self, state, command, now)

    monkeypatch.setattr(MatchMachine, "decide", broken)
