"""``minotaur backup`` and ``minotaur restore``: a folder's games as one file, and another folder begun with it."""

import asyncio
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from clew.sessions.ids import UserId
from clew.sessions.ports.store import Store
from clew.sessions.records import SignIn, Stored, UserRecord, Verdict
from clew.stores.schema.migrating import make_transactional
from clew.stores.schema.revision import NEWEST
from clew.stores.sqlite.copy import COMPANIONS
from clew.stores.sqlite.store import open_data
from clew.wiring.clock import RealClock
from clew.wiring.secret import KEY_FILE
from tests.clew.cli.operating import Place, postgres_place, sqlite_place
from tests.kit.data import FILE_NAME, UNFINISHED_NAME, data_in
from tests.kit.old_schema import leave_old
from tests.kit.sqlite_file import ask, change
from tests.kit.store_records import NOW, beat, loaded, made, part, reads, register, snapshot

OF_A_DATABASE_FOLDER = {"minotaur.db-alive", FILE_NAME, "minotaur.lock"}


def damage(database: Path) -> None:
    """Nonsense in the place of an index, under a header that is as it was."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_sessions_join_code'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with database.open("r+b") as raw:
        raw.seek((root - 1) * size)
        raw.write(b"\xff" * size)


def one_line(said: str) -> str:
    assert said.startswith("minotaur: ") and said.endswith("\n") and said.count("\n") == 1, said
    return said.rstrip("\n")


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda file: file.unlink(), "No such file or directory"),
    "a folder": (lambda file: (file.unlink(), file.mkdir()), "Is a directory"),
    "an export": (lambda file: file.write_text("{}\n" * 1_000), "is no database"),
    "empty": (lambda file: file.write_bytes(b""), "none of games"),
    "another's": (lambda file: (file.unlink(), change(file, "CREATE TABLE sheep (name)")), "none of games"),
    "newer": (lambda file: change(file, "UPDATE alembic_version SET version_num = '0099'"), "a newer release made"),
    "damaged": (damage, "damaged"),
    "cut": (lambda file: file.write_bytes(file.read_bytes()[:40_000]), "malformed"),
    "in use": (lambda file: Path(f"{file}-wal").write_bytes(b"log"), "in use or was cut off"),
    "cut off": (lambda file: Path(f"{file}-journal").write_bytes(b"log"), "in use or was cut off"),
}


def fill(place: Place) -> list[Stored]:
    """A lobby, a game in round 7 and one that is over; who holds them was killed a moment ago."""

    async def work(store: Store) -> list[Stored]:
        owner = await register(store)
        await store.nodes.renew(owner, 5_000, beat())
        await store.users.add_user(UserRecord(UserId("ada"), "Ada", NOW), SignIn(b"hash", UserId("ada"), NOW + 1))
        shots = {"open": snapshot(), "played": snapshot(status="active", latest_round=7), "over": snapshot()}
        rows = [await made(store, game, owner, "[1]", "[2]", shot=shot) for game, shot in shots.items()]
        await store.journal.commit([part(rows[2], "[3]", shot=snapshot(status="concluded"))])
        return [await loaded(store, row.game_id) for row in rows]

    return asyncio.run(place.fill(work))


def stored(place: Place, *games: str) -> list[Stored]:
    async def work(store: Store) -> list[Stored]:
        return [await loaded(store, game) for game in games]

    return asyncio.run(place.fill(work))


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return sqlite_place(tmp_path / "here")


@pytest.fixture
def there(tmp_path: Path) -> Place:
    return sqlite_place(tmp_path / "there")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.db"


# --- out -------------------------------------------------------------------------------------------------------------


def test_a_backup_beside_a_server_holds_every_commit_before_it_in_one_file(here: Place, file: Path) -> None:
    async def back_up_while_serving(store: Store) -> str:
        row = await made(store, "g1", await register(store), "[1]")
        assert await store.journal.commit([part(row, "[2]")]) == [Verdict.COMMITTED]
        told = await asyncio.to_thread(here.told, "backup", str(file))
        assert await store.journal.commit([part(await loaded(store, "g1"), "[3]")]) == [Verdict.COMMITTED]
        return told

    told = asyncio.run(here.fill(back_up_while_serving))

    assert told.startswith("Wrote 1 open game, 0 that are over, 0 users, ")
    assert told.endswith(f" to {file}, and read it back whole.\n")
    assert ask(file, "SELECT event FROM game_events ORDER BY seq") == [("[1]",), ("[2]",)]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [beside.name for beside in file.parent.iterdir() if "backup" in beside.name] == ["backup.db"]


def test_a_backup_says_what_is_in_it(here: Place, file: Path) -> None:
    fill(here)

    told = here.told("backup", str(file))

    assert told.startswith("Wrote 2 open games (the furthest in round 7), 1 that are over, 1 user, ")


def test_a_backup_takes_the_place_of_nothing(here: Place, file: Path) -> None:
    fill(here)
    file.write_text("something")

    done = here.run("backup", str(file))

    assert (done.exit_code, file.read_text()) == (1, "something")
    assert done.stderr == f"minotaur: {file} is there already: choose another name\n"


def test_what_is_damaged_is_not_called_a_backup(here: Place, file: Path) -> None:
    fill(here)
    damage(file.parent / "here" / FILE_NAME)

    done = here.run("backup", str(file))

    assert done.exit_code == 1
    assert one_line(done.stderr).endswith("no backup was made")
    assert [path.name for path in file.parent.iterdir()] == ["here"]


@pytest.mark.parametrize("missing", ["folder/backup.db", "here/is/none.db"])
def test_a_backup_that_cannot_be_written_says_so(here: Place, tmp_path: Path, missing: str) -> None:
    fill(here)

    done = here.run("backup", str(tmp_path / missing))

    assert done.exit_code == 1
    assert "No such file or directory" in one_line(done.stderr)


def test_there_is_nothing_to_back_up_where_nothing_is(here: Place, file: Path) -> None:
    done = here.run("backup", str(file))

    assert done.exit_code == 1
    assert "there are no games in" in one_line(done.stderr)
    assert not list(file.parent.iterdir())


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_of_postgresql_they_say_what_to_use_instead(file: Path, command: str) -> None:
    done = asyncio.run(postgres_place()).run(command, str(file))

    assert done.exit_code == 1
    assert "by its own tools" in one_line(done.stderr)
    assert not file.exists()


# --- and in ----------------------------------------------------------------------------------------------------------


def test_a_restored_folder_holds_what_the_backup_held_for_whoever_serves_it(
    here: Place, there: Place, file: Path
) -> None:
    before = fill(here)
    here.told("backup", str(file))

    told = there.told("restore", str(file))

    folder = file.parent / "there"
    assert told.startswith("Restored 2 open games (the furthest in round 7), 1 that are over, 1 user, ")
    assert f"There is no secret.key in {folder}" in told
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / FILE_NAME)] == [0o700, 0o600]
    after = stored(there, "open", "played", "over")
    assert [(row.state, row.seq, row.latest_round) for row in after] == [
        (row.state, row.seq, row.latest_round) for row in before
    ]
    assert all("a backup was restored" in there.told("sessions", "show", game) for game in ("open", "played"))
    assert "set back" not in there.told("sessions", "show", "over")
    assert [row.epoch > old.epoch for row, old in zip(after, before, strict=True)] == [True, True, False]
    assert asyncio.run(there.fill(lambda store: store.users.user(UserId("ada")))) == UserRecord(
        UserId("ada"), "Ada", NOW
    )


def test_restored_games_are_claimed_at_once_with_the_time_since_the_last_sign_of_life(
    here: Place, there: Place, file: Path
) -> None:
    fill(here)
    ((renewed_at,),) = ask(file.parent / "here" / FILE_NAME, "SELECT renewed_at FROM nodes")
    here.told("backup", str(file))
    there.told("restore", str(file))

    async def claim(store: Store) -> list[Stored]:
        return list(await store.ownership.claim(await register(store, "another"), reads(1), 10))

    claimed = asyncio.run(there.fill(claim))

    assert {row.game_id: row.unowned_since for row in claimed} == {"open": renewed_at, "played": renewed_at}


def test_a_key_that_was_put_there_first_is_left_alone(here: Place, there: Place, file: Path) -> None:
    fill(here)
    here.told("backup", str(file))
    key = file.parent / "there" / KEY_FILE
    key.parent.mkdir()
    key.write_bytes(b"k" * 32)

    told = there.told("restore", str(file))

    assert "secret.key" not in told
    assert key.read_bytes() == b"k" * 32


def test_the_plain_copy_of_a_folder_that_was_stopped_can_be_restored(there: Place, here: Place, file: Path) -> None:
    fill(here)
    (file.parent / "here" / FILE_NAME).rename(file)
    assert file.read_bytes()[18:20] == b"\x02\x02", "it was written by a server: SQLite would keep a log beside it"

    there.told("restore", str(file))

    assert [row.seq for row in stored(there, "open", "played", "over")] == [2, 2, 3]
    assert [path.name for path in file.parent.iterdir() if path.name.startswith("backup")] == ["backup.db"]


def test_what_the_first_release_wrote_is_restored_and_migrated_when_it_is_served(there: Place, file: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{file}")
    make_transactional(engine)
    with engine.begin() as connection:
        leave_old(connection)
    engine.dispose()

    there.told("restore", str(file))

    restored = file.parent / "there" / FILE_NAME
    assert ask(restored, "SELECT version_num FROM alembic_version") == [("0001",)]
    (held,) = stored(there, "held")
    assert (held.owner, held.epoch, held.unowned_since) == (None, 5, 5000)
    assert ask(restored, "SELECT version_num FROM alembic_version") == [(NEWEST,)]


@pytest.mark.parametrize("how", SPOILT)
def test_a_file_that_is_no_whole_backup_leaves_no_folder_behind(
    here: Place, there: Place, file: Path, how: str
) -> None:
    fill(here)
    here.told("backup", str(file))
    spoil, said = SPOILT[how]
    spoil(file)

    done = there.run("restore", str(file))

    assert done.exit_code == 1
    assert said in one_line(done.stderr)
    assert not (file.parent / "there").exists()


@pytest.mark.parametrize("left", [FILE_NAME, *(f"{FILE_NAME}{end}" for end in COMPANIONS)])
def test_a_folder_with_something_of_a_database_in_it_stays_as_it_is(
    here: Place, there: Place, file: Path, left: str
) -> None:
    fill(here)
    here.told("backup", str(file))
    folder = file.parent / "there"
    folder.mkdir()
    (folder / left).write_bytes(b"of another")

    done = there.run("restore", str(file))

    assert done.exit_code == 1
    assert str(folder / left) in one_line(done.stderr)
    assert {path.name for path in folder.iterdir()} == {left, "minotaur.lock"}
    assert (folder / left).read_bytes() == b"of another"


def test_a_folder_that_is_being_served_is_left_alone(here: Place, there: Place, file: Path) -> None:
    fill(here)
    here.told("backup", str(file))

    with open_data(data_in(file.parent / "there"), RealClock(), "http://127.0.0.1:8765"):
        done = there.run("restore", str(file))

    assert done.exit_code == 1
    assert "at http://127.0.0.1:8765" in one_line(done.stderr)
    assert {path.name for path in (file.parent / "there").iterdir()} == OF_A_DATABASE_FOLDER


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_a_restore_that_did_not_finish_is_not_taken_for_an_empty_folder(tmp_path: Path, command: str) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / UNFINISHED_NAME).write_bytes(b"half")

    done = sqlite_place(tmp_path / "there").run(command)

    assert done.exit_code == 1
    assert "has not finished" in one_line(done.stderr)
    assert not (tmp_path / "there" / FILE_NAME).exists()
