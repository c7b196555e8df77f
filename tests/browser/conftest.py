"""A real server with the built pages, and a real Chromium."""

import os
import shutil
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, async_playwright

from tests.architecture.tree import ROOT
from tests.kit.server import Server

CHROMIUM_VARIABLE: Final = "MINOTAUR_CHROMIUM"
CHROMIUM_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STATIC: Final = ROOT / "src" / "minotaur" / "web" / "static" / "index.html"
CLEW: Final = (sys.executable, "-m", "clew")
PAGE: Final = ROOT / "src" / "clew" / "web" / "static" / "index.html"
AXE: Final = ROOT / "ui" / "node_modules" / "axe-core" / "axe.min.js"


def chromium_path() -> str:
    """Where Chromium is: the variable, or the PATH."""
    found = os.environ.get(CHROMIUM_VARIABLE) or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    assert found is not None, f"no Chromium: install it, or set {CHROMIUM_VARIABLE}"
    return found


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """A ready server on data of its own. Its port stays the same over restarts."""
    assert STATIC.is_file(), "the UI is not built: run `make setup` first"
    server = Server(tmp_path / "data", "--rate-limits", "off")
    await server.start()
    try:
        yield server
    finally:
        await server.close()


@pytest.fixture
async def bids(tmp_path: Path) -> AsyncIterator[Server]:
    """The same for the game of the first example, with the page that every game has."""
    async with game_server(tmp_path, "examples.bids.game:Bids") as server:
        yield server


@pytest.fixture
async def hanabi(tmp_path: Path) -> AsyncIterator[Server]:
    async with game_server(tmp_path, "examples.hanabi.game:Hanabi") as server:
        yield server


@asynccontextmanager
async def game_server(tmp_path: Path, game: str) -> AsyncGenerator[Server]:
    assert PAGE.is_file(), "the page of any game is not built: run `make setup` first"
    server = Server(tmp_path / "data", game, "--rate-limits", "off", command=CLEW)
    await server.start()
    try:
        yield server
    finally:
        await server.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, a dev dependency of the UI."""
    return AXE.read_text(encoding="utf-8")
