"""A real server with the built pages, and a real browser: one for each test process, as is the loop that speaks to it.

It is Chromium; journeys marked ``every_browser`` are made in Firefox too, where there is one (``firefox``).

People come in contexts of their own (``visitor``, ``sitter``): cookies, storage and cache are nobody else's.
"""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import wraps
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright
from pytest_asyncio import is_async_test

from clew.testing.serving import running
from tests.architecture.tree import ROOT
from tests.browser import firefox
from tests.browser.firefox import FIREFOX_VARIABLE
from tests.kit.server import Server

HERE: Final = Path(__file__).parent
CHROMIUM_VARIABLE: Final = "MINOTAUR_CHROMIUM"
WITH_WINDOWS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_NAMES: Final = ("chromium-headless-shell", *WITH_WINDOWS)
"""The shell without windows is the same engine, and cheaper. It shows no notifications and takes no pushes."""
STATIC: Final = ROOT / "src" / "minotaur" / "web" / "static" / "index.html"
BIDS: Final = "examples.bids.game:Bids"
HANABI: Final = "examples.hanabi.game:Hanabi"
CLEW: Final = (sys.executable, "-m", "clew")
PAGE: Final = ROOT / "src" / "clew" / "web" / "static" / "index.html"
AXE: Final = ROOT / "ui" / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_S: Final = 180.0
"""A journey that lasts longer hangs. It fails and says at which step, before the bound on every test ends the process
and with it the browser and all that was to be tested there."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser answers on the loop that it was started on, so all that use it run there, and for so long."""
    for item in items:
        if item.path.is_relative_to(HERE) and is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
            item.obj = within(PATIENCE_S, item.obj)


def within(seconds: float, journey: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """The same journey, which raises ``TimeoutError`` from the step that it is at when it has lasted for so long."""

    @wraps(journey)
    async def bounded(*arguments: Any, **named: Any) -> None:
        async with asyncio.timeout(seconds):
            await journey(*arguments, **named)

    return bounded


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("every_browser"):
        metafunc.parametrize("browser", ["chromium", "firefox"], indirect=True, scope="session")


def chromium_path() -> str:
    """Where Chromium is: the variable, or the PATH."""
    found = os.environ.get(CHROMIUM_VARIABLE) or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    assert found is not None, f"no Chromium: install it, or set {CHROMIUM_VARIABLE}"
    return found


def chromium_with_windows_path() -> str:
    """Where one is that notifies: the variable's, if it is no shell, or the PATH's. Skips where there is none."""
    named = os.environ.get(CHROMIUM_VARIABLE, "")
    found = (
        named if named and "shell" not in Path(named).name else next(filter(None, map(shutil.which, WITH_WINDOWS)), "")
    )
    if not found:
        pytest.skip(f"no Chromium but the shell without windows: install chromium, or name one in {CHROMIUM_VARIABLE}")
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """A ready server for all who play there and leave it as it is: everyone makes a game and guests of their own."""
    async with our_server(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def own_server(tmp_path: Path) -> AsyncIterator[Server]:
    """One of the test's own, which it may kill. Its port stays the same over restarts."""
    async with our_server(tmp_path) as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def bids(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """The same for the game of the first example, with the page that every game has: for all who play there."""
    async with game_server(tmp_path_factory.mktemp("bids"), BIDS) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def own_bids(tmp_path: Path) -> AsyncIterator[Server]:
    """One of the test's own, which it may kill."""
    async with game_server(tmp_path, BIDS) as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def hanabi(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """For all who play there."""
    async with game_server(tmp_path_factory.mktemp("hanabi"), HANABI) as server:
        yield server


@asynccontextmanager
async def our_server(folder: Path) -> AsyncGenerator[Server]:
    assert STATIC.is_file(), "the UI is not built: run `make setup` first"
    async with running(Server(folder / "data", "--rate-limits", "off")) as server:
        yield server


@asynccontextmanager
async def game_server(folder: Path, game: str) -> AsyncGenerator[Server]:
    assert PAGE.is_file(), "the page of any game is not built: run `make setup` first"
    async with running(Server(folder / "data", game, "--rate-limits", "off", command=CLEW)) as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        if getattr(request, "param", "chromium") == "firefox":
            program = _firefox_in(tmp_path_factory.mktemp("firefox"))
            browser = await playwright.firefox.launch(channel="moz-firefox", executable_path=program)
        else:
            browser = await playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()


def _firefox_in(folder: Path) -> Path:
    """A program that runs Firefox as Playwright wants it (``tests.browser.firefox``)."""
    if not os.environ.get(FIREFOX_VARIABLE):
        pytest.skip(f"no Firefox: name one in {FIREFOX_VARIABLE}")
    program = folder / "firefox"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{firefox.__file__}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return program


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, a dev dependency of the UI."""
    return AXE.read_text(encoding="utf-8")
