"""``clew serve MODULE:CLASS``: any game at once, played over a socket, killed, and looked after by operators."""

import json
import os
import subprocess
import sys
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from clew.cli.main import app
from clew.testing.serving import ServeProcess, running
from tests.architecture.tree import ROOT
from tests.kit.commands import ran_here
from tests.kit.table_play import Viewer, tables_at

CLEW: Final = (sys.executable, "-m", "clew")
BIDS: Final = "examples.bids.game:Bids"
HANABI: Final = "examples.hanabi.game:Hanabi"


def clew(*arguments: str, here: Path = ROOT, games: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ if games is None else {**os.environ, "CLEW_GAMES": games}
    return subprocess.run([*CLEW, *arguments], cwd=here, env=environment, capture_output=True, text=True, check=False)


def told(*arguments: str) -> Any:
    """The JSON of a command that goes well."""
    done = clew(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def serving(folder: Path, *games: str) -> AbstractAsyncContextManager[ServeProcess]:
    return running(ServeProcess(folder / "data", *games, "--rate-limits", "off"))


async def test_a_game_that_is_named_is_served_and_goes_on_after_a_kill_in_mid_round_without_being_named_again(
    tmp_path: Path,
) -> None:
    async with serving(tmp_path, BIDS) as server, tables_at(server.url, "bids") as tables:
        ada, ben = await tables.begun("Ada", "Ben", round_seconds=3600, options={"lots": 1})
        await ada.plan(bid=7)
        assert await cookie_at(server.url) == "clew_session", "a browser keeps it apart from another program's"

        server.kill_nowait()
        await server.kill()
        async with running(ServeProcess(server.data, "--rate-limits", "off", port=server.port)):
            await play_the_lot(ada, ben)

    assert ada.told("happened")[0]["event"] == {"type": "Sold", "to": "p1", "price": 7}


async def cookie_at(url: str) -> str:
    """What the cookie of a new guest is called."""
    async with httpx.AsyncClient(base_url=url) as http:
        (name,) = (await http.post("/api/v1/guests", json={"display_name": "Eva"})).cookies
        return name


async def play_the_lot(ada: Viewer, ben: Viewer) -> None:
    await ben.plan(bid=5)
    await ben.ready()
    assert ada.now["you"]["plan"] == {"bid": 7}, "it is on disk"
    await ada.ready()
    assert (await ada.wait_over())["winner_ids"] == ["p1"]


async def test_games_that_are_named_together_are_served_side_by_side_and_one_that_is_left_out_later_is_kept(
    tmp_path: Path,
) -> None:
    async with (
        serving(tmp_path, BIDS, HANABI) as server,
        tables_at(server.url, "bids") as bids,
        tables_at(server.url, "hanabi") as hanabi,
    ):
        both = await kinds_at(server.url)
        await bids.begun("Ada", "Ben", kind="bids", round_seconds=3600)
        await hanabi.begun("Eva", "Fay", kind="hanabi", round_seconds=3600)
    data = ("--data", str(server.data))

    checked = told("check-upgrade", *data)
    async with serving(tmp_path, BIDS) as alone:
        one = await kinds_at(alone.url)
        kept = told("sessions", "list", *data, "--kind", "hanabi")["sessions"]

    assert (both, one) == (["bids", "hanabi"], ["bids"])
    assert checked["fine"] and {each["kind"] for each in checked["versions"]} == {"bids", "hanabi"}
    assert [(row["join_code"], row["game_status"]) for row in kept] == [(hanabi.code, "active")]


async def kinds_at(url: str) -> list[str]:
    async with httpx.AsyncClient(base_url=url) as http:
        return [each["kind"] for each in (await http.get("/api/v1/kinds")).json()["kinds"]]


async def test_what_is_stored_of_a_game_is_listed_shown_and_tried_out_by_the_command(tmp_path: Path) -> None:
    async with serving(tmp_path, BIDS) as server, tables_at(server.url, "bids") as tables:
        ada, _ben = await tables.begun("Ada", "Ben", round_seconds=3600)
        await ada.plan(bid=7)
        code = tables.code
    data = ("--data", str(server.data))

    (listed,) = told("sessions", "list", *data)["sessions"]
    shown = told("sessions", "show", code, *data)
    checked = told("check-upgrade", *data)

    assert (listed["kind"], listed["game_status"]) == ("bids", "active")
    assert [seat["display_name"] for seat in shown["players"]] == ["Ada", "Ben"]
    assert any('"bid":7' in line["text"] for line in shown["events"])
    assert checked["fine"] and checked["reads"] == {"bids": listed["state_version"]}


async def test_a_folder_whose_game_is_nowhere_is_listed_and_its_games_are_not_read(tmp_path: Path) -> None:
    async with serving(tmp_path, BIDS) as server, tables_at(server.url, "bids") as tables:
        await tables.begun("Ada", "Ben", round_seconds=3600)
        code = tables.code
    data = ("--data", str(server.data))

    listed = clew("sessions", "list", *data, here=tmp_path)
    read = clew("sessions", "show", code, "--json", *data, "--game", "bids.game:Bids", here=ROOT / "examples")
    read_too = clew("sessions", "show", code, "--json", *data, here=ROOT / "examples", games="bids.game:Bids")
    shown = clew("sessions", "show", code, "--json", *data, here=tmp_path)

    assert listed.returncode == 0 and code in listed.stdout
    assert "clew: examples.bids.game:Bids: there is no module examples here." in listed.stderr
    assert "of the game bids, which this release does not have" in json.loads(shown.stdout)["unreadable"]
    assert json.loads(read.stdout)["unreadable"] is None and read_too.stdout == read.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("serve",), 1, "clew: which game? Name one, as in `clew serve bids.game:Bids`"),
        (("serve", "--database-url", "postgresql://here/games"), 1, "clew: which game?"),
        (("cluster", "--folder", "{}"), 1, "clew: which game? Name one, as in `clew serve bids.game:Bids`"),
        (("serve", "examples.bids.game:Nothing"), 2, "has no game Nothing"),
        (("serve", "nowhere.game:Bids"), 2, "there is no module nowhere here"),
        (("serve", "bids"), 2, "name a game as module:Class"),
        (("serve", BIDS, "tests.examples.first_bids:FirstBids"), 2, "two of the games are of the kind 'bids'"),
        (("cluster", "nowhere.game:Bids", "--folder", "{}"), 2, "there is no module nowhere here"),
        (("sessions", "list"), 1, "clew: there are no games in "),
    ],
)
def test_what_cannot_be_is_said_in_a_line(
    arguments: tuple[str, ...], status: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEW_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "240")

    done = ran_here(app, *(word.format(tmp_path / "cluster") for word in arguments))

    assert (done.returncode, says in done.stderr) == (status, True), done.stderr
    assert not (tmp_path / "data").exists()


def test_the_memory_of_a_folder_is_not_taken_for_that_of_a_database(tmp_path: Path) -> None:
    (tmp_path / "clew.games").write_text(f'["{BIDS}"]')

    done = clew("serve", "--database-url", "postgresql://here/games", "--data", str(tmp_path))

    assert (done.returncode, "which game?" in done.stderr) == (1, True)


def test_a_program_with_a_game_of_its_own_takes_none(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "minotaur", "serve", BIDS, "--port", "0", "--data", str(tmp_path))
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert done.returncode == 2 and "unexpected extra argument" in done.stderr


def test_a_game_in_the_middle_of_a_change_keeps_nobody_from_the_list(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert clew("migrate", "--data", str(data)).returncode == 0
    (data / "clew.games").write_text('["mill.game:Mill", "bids.game:Bids"]')
    (tmp_path / "mill").mkdir()
    (tmp_path / "mill" / "game.py").write_text("class Mill(")

    listed = clew("sessions", "list", "--data", str(data), here=tmp_path)

    assert (listed.returncode, listed.stdout.splitlines()[0]) == (0, "No games.")
    assert "clew: mill.game:Mill: SyntaxError" in listed.stderr
    assert "clew: bids.game:Bids: there is no module bids here." in listed.stderr
