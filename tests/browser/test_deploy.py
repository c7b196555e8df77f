"""Two releases behind a balancer that chooses for each request: nobody's page stays blank, whichever node has it."""

import re
import shutil
import subprocess
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Final

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.architecture.tree import ROOT
from tests.browser.conftest import STATIC
from tests.browser.visitor import visitor
from tests.clew.web.live import live
from tests.kit.by_request import ByRequest, by_request
from tests.kit.once import folder_of_run
from tests.kit.releases import Release, build_release_before, built_once
from tests.kit.server import Server

VISITS: Final = 200
IN_CHROMIUM: Final = 8
SEED: Final = 6
NEEDED: Final = re.compile(r'<(?:script|link)\b[^>]*\b(?:src|href)="(/assets/[^"]+)"')
FONTS: Final = re.compile(r"url\((/assets/[^)]+)\)")
"""What a page loads later, when a text needs it."""
DARK: Final = "rgb(20, 17, 15)"
"""The ground of every page, which only our style gives it."""


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release before this one, with its pages."""
    return built_once(folder_of_run(tmp_path_factory) / "before-with-pages", _build_before)


def _build_before(folder: Path) -> Release:
    release = build_release_before(folder)
    _build_pages(release.sources)
    built = release.sources / "src" / "minotaur" / "web" / "static"
    shutil.copytree(built, release.installed / "minotaur" / "web" / "static")
    return release


def _build_pages(sources: Path) -> None:
    (sources / "ui" / "node_modules").symlink_to(ROOT / "ui" / "node_modules")
    vite = [str(ROOT / "tools" / "node.sh"), "npm", "run", "--silent", "build"]
    done = subprocess.run(vite, cwd=sources / "ui", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _other_build(folder: Path) -> Path:
    """Our own pages as a later release might build them: other names, other content."""
    shutil.copytree(STATIC.parent, folder)
    index = folder / "index.html"
    text = index.read_text()
    for path in (folder / "assets").glob("index-*"):
        name = f"index-Later{path.stem[-3:]}{path.suffix}"
        comment = "/* later */"
        path.with_name(name).write_text(comment + path.read_text())
        path.unlink()
        text = text.replace(path.name, name)
    index.write_text(text)
    return folder


async def _blank_visits(balancer: ByRequest, ports: Sequence[int]) -> int:
    """How many of many visits, each to nodes by chance, miss a script or a style."""
    chance = Random(SEED)
    balancer.turns = (chance.choice(ports) for _ in cycle([0]))
    blank = 0
    async with httpx.AsyncClient(base_url=balancer.url) as http:
        for _ in range(VISITS):
            page = (await http.get("/")).text
            statuses = [(await http.get(path)).status_code for path in NEEDED.findall(page)]
            blank += set(statuses) not in (set(), {200})
    return blank


async def _see(browser: Browser, url: str) -> None:
    async with visitor(browser, url) as ada:
        await ada.page.emulate_media(color_scheme="dark")  # the only one that both releases have
        await ada.go_home()
        await expect(ada.page.locator("html")).to_have_css("background-color", DARK)
        assert ada.complaints == []


async def test_no_first_visit_is_blank_beside_the_release_before(
    before: Release, browser: Browser, tmp_path: Path
) -> None:
    old = Server(tmp_path / "old", "--rate-limits", "off", environment=before.environment)
    await old.start()
    try:
        async with live(static_folder=_other_build(tmp_path / "new")) as new, by_request() as balancer:
            ports = (old.port, httpx.URL(new.url).port or 0)

            blank = await _blank_visits(balancer, ports)
            for number in range(IN_CHROMIUM):
                # Three requests show the old page, one the new: begun at either, all ways to share them are tried.
                balancer.turns = cycle([ports[number >> bit & 1] for bit in range(3)])
                await _see(browser, balancer.url)

        assert blank == 0
    finally:
        await old.kill()


async def test_no_first_visit_is_blank_between_this_release_and_a_later_one(browser: Browser, tmp_path: Path) -> None:
    later = _other_build(tmp_path / "later")

    async with live(static_folder=STATIC.parent) as one, live(static_folder=later) as other, by_request() as balancer:
        ports = [httpx.URL(web.url).port or 0 for web in (one, other)]
        blank = await _blank_visits(balancer, ports)
        balancer.send_to(*ports)
        for _ in range(2):
            await _see(browser, balancer.url)

    assert blank == 0


async def test_a_tab_opened_before_plays_on_when_no_old_node_is_left(
    before: Release, browser: Browser, tmp_path: Path
) -> None:
    server = Server(tmp_path / "data", "--rate-limits", "off", environment=before.environment)
    await server.start()
    try:
        async with visitor(browser, server.url) as ada:
            await ada.play_against_bots("Ada")
            await ada.page.evaluate("window.sameDocument = true")
            await ada.note_banners()
            html = (await _get(server.url, "/")).text
            style = next(path for path in NEEDED.findall(html) if path.endswith(".css"))
            loaded_later = FONTS.findall((await _get(server.url, style)).text)

            await server.stop()
            server = Server(tmp_path / "data", "--rate-limits", "off", port=server.port)
            await server.start()
            await ada.wait_banner("Back: nothing was lost")
            await ada.page.keyboard.press("Enter")
            assert await ada.wait_round_after(1) == 2

            assert await ada.page.evaluate("window.sameDocument") is True
            found = [(await _get(server.url, path)).status_code for path in [*loaded_later, *NEEDED.findall(html)]]
            assert set(found) == {200}
            assert len(loaded_later) > 1
            await ada.page.reload()
            assert await ada.wait_round_after(0) == 2
            assert ada.complaints == []
    finally:
        await server.kill()


async def _get(url: str, path: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=url) as http:
        return await http.get(path)
