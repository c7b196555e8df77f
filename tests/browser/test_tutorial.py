"""The tutorial, line by line: the game in it is written, examined, played in Chromium, killed, changed and moved."""

import os
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from clew.local.process import free_port
from tests.architecture.tree import ROOT
from tests.browser.sitter import Sitter, sitter
from tests.kit.walkthrough import Terminal, follow

TUTORIAL = ROOT / "docs" / "games" / "tutorial.md"
SECRET = re.compile(r'"number":17\b')


@pytest.fixture
def desk() -> Iterator[Path]:
    """A folder that others may enter: PostgreSQL never runs as root."""
    with tempfile.TemporaryDirectory(prefix="clew-tutorial-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest_asyncio.fixture(loop_scope="session")
async def terminal(desk: Path) -> AsyncIterator[Terminal]:
    """A shell with this environment's commands first in its path, and settings of nobody's. The exam tries fewer tables
    than it does for a reader.
    """
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(desk),
        "COLUMNS": "200",
        "PYTEST_ADDOPTS": "-p no:cacheprovider -p no:asyncio -p no:schemathesis --clew-examples 20",
    }
    terminal = await Terminal.open(desk, environment)
    try:
        yield terminal
    finally:
        await terminal.close()


class Readers:
    """Two readers in front of the game that they have just written."""

    def __init__(self, browser: Browser, pages: AsyncExitStack, urls: tuple[str, str]) -> None:
        self._browser = browser
        self._pages = pages
        self._alone, self._cluster = urls
        self._people: tuple[Sitter, Sitter] | None = None

    @property
    def ada(self) -> Sitter:
        return self._seated()[0]

    @property
    def bo(self) -> Sitter:
        return self._seated()[1]

    async def play(self) -> None:
        """A round; then Ada names 17, and does not press *Ready*."""
        await self._sit_down(self._alone)
        await self._name(self.ada, 1)
        await self._name(self.bo, 2)
        await self.ada.be_ready()
        await self.bo.be_ready()
        await self.bo.wait_round(2)
        await self._name(self.ada, 17)
        await self.ada.expect_plan("number 17")

    async def go_on(self) -> None:
        await self._end_round_with_the_secret(2)
        await self._name(self.bo, 4)

    async def still_there(self) -> None:
        """The table goes on under the new code. Both name one number: so nobody has three points yet, whatever the bot
        names.
        """
        await self.bo.expect_plan("number 4")
        await self.bo.be_ready()
        await self._name(self.ada, 4)
        await self.ada.be_ready()
        await self.ada.wait_round(4)

    async def sit_down_in_the_cluster(self) -> None:
        await self._sit_down(self._cluster)
        await self._name(self.ada, 17)
        await self.ada.expect_plan("number 17")

    async def play_on_in_the_cluster(self) -> None:
        await self._end_round_with_the_secret(1)

    async def _end_round_with_the_secret(self, number: int) -> None:
        """Ada's number is still hers, and nobody else's business; then the round is played."""
        await self.ada.expect_plan("number 17")
        assert any(SECRET.search(text) for text in self.ada.heard), "this listens to nothing"
        assert [text for text in self.bo.heard if SECRET.search(text)] == []
        await self.ada.be_ready()
        await self._name(self.bo, 3)
        await self.bo.be_ready()
        await self.ada.wait_round(number + 1)

    def _seated(self) -> tuple[Sitter, Sitter]:
        assert self._people is not None, "nobody has sat down yet"
        return self._people

    async def _sit_down(self, url: str) -> None:
        ada = await self._pages.enter_async_context(sitter(self._browser, url))
        bo = await self._pages.enter_async_context(sitter(self._browser, url))
        self._people = ada, bo
        link = await ada.make_table("Ada", {}, bots=1)
        await bo.page.goto(link)
        await bo.tell_name("Bo")
        await bo.page.get_by_role("button", name="Take a seat").click()
        await expect(ada.page.get_by_role("list", name="Seats").get_by_text("Bo", exact=True)).to_be_visible()
        await ada.start()
        await bo.wait_round(1)

    async def _name(self, who: Sitter, number: int) -> None:
        await who.planner.get_by_label("Number", exact=True).fill(str(number))
        await who.send()


async def test_the_tutorial_is_as_it_says(desk: Path, browser: Browser, terminal: Terminal) -> None:
    ports = free_port(), free_port()
    document = TUTORIAL.read_text(encoding="utf-8").replace("8765", str(ports[0])).replace("8766", str(ports[1]))
    alone, cluster = (f"http://127.0.0.1:{port}" for port in ports)

    async with AsyncExitStack() as pages:
        readers = Readers(browser, pages, (alone, cluster))
        await follow(
            document,
            desk / "taboo",
            terminal,
            {
                "play": readers.play,
                "go on": readers.go_on,
                "still there": readers.still_there,
                "sit down in the cluster": readers.sit_down_in_the_cluster,
                "play on in the cluster": readers.play_on_in_the_cluster,
            },
        )
