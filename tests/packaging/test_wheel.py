"""The wheels are the whole game: installed where there is no Node and no source, they serve a game to its end."""

import asyncio
import re
import zipfile
from pathlib import Path
from typing import Final

import httpx
import pytest

from clew.testing.serving import running
from tests.kit.client import Person, Player
from tests.kit.record import Record
from tests.kit.server import Server
from tests.packaging.environment import pip, run

GAME_WITHIN_S = 120.0
ROUND_WITHIN_S = 15.0


_EVERY_MODULE: Final = """
import importlib, importlib.util, pkgutil, clew
for module in pkgutil.walk_packages(clew.__path__, "clew."):
    if module.name != "clew.__main__" and not module.name.startswith(
        ("clew.stores.schema.migrations", "clew.testing.exam.", "clew.testing.plugin")
    ):
        importlib.import_module(module.name)
assert importlib.util.find_spec("minotaur") is None
"""


def test_the_games_wheel_holds_the_game_and_nothing_of_its_workshop(wheels: tuple[Path, Path]) -> None:
    names = zipfile.ZipFile(wheels[1]).namelist()

    assert "minotaur/web/static/index.html" in names
    assert any(re.fullmatch(r"minotaur/web/static/assets/.*\.js", name) for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert [name for name in names if not name.startswith(("minotaur/", "minotaur_game-"))] == []
    assert [name for name in names if "__pycache__" in name or name.endswith((".ts", ".svelte"))] == []


def test_the_runtimes_wheel_holds_the_runtime_and_no_game(wheels: tuple[Path, Path]) -> None:
    names = zipfile.ZipFile(wheels[0]).namelist()

    assert "clew/py.typed" in names
    assert "clew/web/static/index.html" in names
    assert any(re.fullmatch(r"clew/web/static/assets/.*\.js", name) for name in names)
    assert any(re.fullmatch(r"clew/stores/schema/migrations/versions/.*\.py", name) for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert [name for name in names if not name.startswith(("clew/", "clew-"))] == []
    assert [name for name in names if "__pycache__" in name] == []


def test_the_runtime_alone_is_whole(runtime_alone: Path) -> None:
    run(runtime_alone / "python", "-c", _EVERY_MODULE, cwd=runtime_alone)

    assert "No broken requirements" in pip(runtime_alone, "check")


def test_the_game_pins_the_runtime_it_was_made_with(wheels: tuple[Path, Path]) -> None:
    runtime, game = (wheel.name.split("-")[1] for wheel in wheels)
    (metadata,) = [name for name in zipfile.ZipFile(wheels[1]).namelist() if name.endswith("METADATA")]

    assert runtime == game
    assert f"Requires-Dist: clew=={runtime}" in zipfile.ZipFile(wheels[1]).read(metadata).decode()


def test_the_locked_runtime_is_all_the_wheels_ask_for(installed: Path) -> None:
    printed = pip(installed, "check")

    assert "No broken requirements" in printed


def test_the_installed_command_tells_the_wheels_version(installed: Path, wheels: tuple[Path, Path]) -> None:
    printed = run(installed / "minotaur", "--version", cwd=installed)

    assert wheels[1].name.split("-")[1] in printed


async def test_an_installed_wheel_serves_its_pages_and_a_game_to_its_end(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(installed))  # so no Node, and none of this checkout's commands
    monkeypatch.delenv("PYTHONPATH", raising=False)
    server = Server(tmp_path / "data", command=(str(installed / "minotaur"),))
    async with running(server):
        await expect_the_pages(server.url)
        await play_to_the_end(server.url)
        exit_status = await server.stop()

    assert exit_status == 0, server.log_tail()


async def expect_the_pages(url: str) -> None:
    async with httpx.AsyncClient(base_url=url) as http:
        page = await http.get("/")
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")
        assert re.search(r'<script type="module">[^<]', page.text), page.text[:2_000]
        fonts = re.findall(r"url\((/assets/[^)]+)\)", page.text)
        assert fonts, page.text[:2_000]
        font = await http.get(fonts[0])
        assert (font.status_code, font.headers["content-type"]) == (200, "font/woff2")


async def play_to_the_end(url: str) -> None:
    """One person against one bot; the person says ready at once each round, so no round waits for its deadline."""
    person = await Person.guest(url, "Ada")
    created = await person.create_game(seats=2, bots=1, bot="hunter", round_seconds=30)
    join_code: str = created["join_code"]
    await person.start(join_code)
    player = Player(person, join_code, created["player_id"])
    try:
        async with asyncio.timeout(GAME_WITHIN_S), asyncio.TaskGroup() as tasks:
            socket = tasks.create_task(player.stay(after=0), name="socket")
            await player.wait_until(lambda record: bool(record.views), ROUND_WITHIN_S)
            while (number := await next_round(player)) is not None:
                await player.wait_answer(await player.ready(number))
            socket.cancel()
        game = await person.game(join_code)
        replay = await person.replay(join_code)
    finally:
        await person.close()

    assert game["game_status"] == "concluded"
    assert player.record.complaints == []
    assert replay["events"][-1]["type"] == "game_over"
    assert replay["events"][-1]["winner_id"] == game["winner_id"]


async def next_round(player: Player) -> int | None:
    """The number of a round that this player was not ready for yet; None once the game is over."""
    await player.wait_until(lambda record: is_over(record) or not record.view["you"]["ready"], ROUND_WITHIN_S)
    return None if is_over(player.record) else player.record.view["round"]


def is_over(record: Record) -> bool:
    return record.view["game_status"] == "concluded"
