"""``minotaur export`` and ``minotaur import``, from one kind of database to the other and back."""

import asyncio
import stat
from collections.abc import Sequence
from pathlib import Path

import pytest

from clew.sessions.ids import UserId
from clew.sessions.ports.store import Store
from clew.sessions.records import SignIn, Stored, UserRecord
from clew.stores.sqlite.store import open_data
from clew.wiring.clock import RealClock
from tests.clew.cli.operating import Place, postgres_place, sqlite_place
from tests.kit.data import data_in
from tests.kit.store_records import NOW, loaded, made, register, snapshot


def fill(place: Place, *games: str) -> None:
    async def work(store: Store) -> None:
        owner = await register(store)
        await store.users.add_user(UserRecord(UserId("ada"), "Ada", NOW), SignIn(b"hash", UserId("ada"), NOW + 1))
        for game in games:
            await made(store, game, owner, "[1]", "[2]", shot=snapshot(p1="ada waiting"))

    asyncio.run(place.fill(work))


def stored(place: Place, games: Sequence[str]) -> list[Stored]:
    async def work(store: Store) -> list[Stored]:
        return [await loaded(store, game) for game in games]

    return asyncio.run(place.fill(work))


def test_games_go_from_a_folder_to_a_database_and_to_another_folder(tmp_path: Path) -> None:
    here, there = sqlite_place(tmp_path / "here"), sqlite_place(tmp_path / "there")
    between = asyncio.run(postgres_place())
    fill(here, "g1", "g2")
    before = stored(here, ["g1", "g2"])

    out = here.told("export", str(tmp_path / "one"))
    through = [between.told("import", str(tmp_path / "one")), between.told("export", str(tmp_path / "two"))]
    into = there.told("import", str(tmp_path / "two"))

    summary = "2 games with 4 journal entries, 1 user and 1 sign-in"
    assert out == f"Wrote {summary} to {tmp_path / 'one'}.\n"
    assert all(summary in said for said in (*through, into))
    after = stored(there, ["g1", "g2"])
    assert [(one.game_id, one.seq, one.state, one.owner) for one in after] == [
        (one.game_id, one.seq, one.state, None) for one in before
    ]
    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o600


def test_what_is_there_already_is_neither_overwritten_nor_imported_twice(tmp_path: Path) -> None:
    here = sqlite_place(tmp_path / "here")
    fill(here, "g1")
    here.told("export", str(tmp_path / "file"))
    written = (tmp_path / "file").read_bytes()

    again, twice = here.run("export", str(tmp_path / "file")), here.run("import", str(tmp_path / "file"))

    assert (again.exit_code, twice.exit_code) == (1, 1)
    assert f"{tmp_path / 'file'} is there already" in again.stderr
    assert "nothing was imported" in twice.stderr
    assert (tmp_path / "file").read_bytes() == written


@pytest.mark.parametrize("command", ["export", "import"])
def test_a_folder_that_is_being_served_is_left_alone(tmp_path: Path, command: str) -> None:
    here, other = sqlite_place(tmp_path / "here"), sqlite_place(tmp_path / "other")
    fill(here, "g1")
    fill(other, "g2")
    other.told("export", str(tmp_path / "other.file"))
    file = tmp_path / "file" if command == "export" else tmp_path / "other.file"

    with open_data(data_in(tmp_path / "here"), RealClock()):
        done = here.run(command, str(file))

    assert done.exit_code == 1
    assert "is in use by process" in done.stderr
    assert not (tmp_path / "file").exists()


def test_a_file_that_is_no_export_or_not_whole_changes_nothing(tmp_path: Path) -> None:
    here, there = sqlite_place(tmp_path / "here"), sqlite_place(tmp_path / "there")
    fill(here, "g1")
    here.told("export", str(tmp_path / "whole"))
    (tmp_path / "cut").write_bytes(b"".join((tmp_path / "whole").read_bytes().splitlines(keepends=True)[:-1]))
    (tmp_path / "none").write_text("hello\n")

    failed = [there.run("import", str(tmp_path / name)) for name in ("cut", "none", "missing")]

    assert {done.exit_code for done in failed} == {1}
    assert "nothing was imported" in failed[0].stderr
    assert "nothing was imported" in failed[1].stderr
    assert "No such file" in failed[2].stderr
    assert there.told("sessions", "list").startswith("No games.\n")


def test_nothing_is_exported_from_where_nothing_is(tmp_path: Path) -> None:
    done = sqlite_place(tmp_path / "nowhere").run("export", str(tmp_path / "file"))

    assert done.exit_code == 1
    assert "there are no games in" in done.stderr
    assert list(tmp_path.iterdir()) == []
