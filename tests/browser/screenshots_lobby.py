"""Pictures of everything around a lobby, on both pages and at four sizes, for a person to look at. No test.

python -m tests.browser.screenshots_lobby FOLDER
"""

import argparse
import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from tests.browser.conftest import BIDS, CLEW, chromium_path
from tests.browser.lobby import change_seat, come, gather, pass_on
from tests.browser.sitter import sitter
from tests.browser.sizes import SIZES
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server


class Book:
    """Where the pictures of one game go: each state at each size, in the order of states."""

    def __init__(self, folder: Path, game: str) -> None:
        self._folder, self._game, self._count = folder, game, 0

    async def look(self, person: Visitor, name: str) -> None:
        self._count += 1
        for width, height in SIZES:
            await person.page.set_viewport_size({"width": width, "height": height})
            path = self._folder / f"{self._game}-{self._count:02d}-{name}-{width}.png"
            asked = await person.page.get_by_role("dialog").count() > 0
            await person.page.screenshot(path=path, full_page=not asked)
            print(path)


async def take_minotaurs(browser: Browser, server: Server, folder: Path) -> None:
    book = Book(folder, "minotaur")
    async with AsyncExitStack() as stack:
        ada, bo, cy = [await stack.enter_async_context(visitor(browser, server.url)) for _ in range(3)]
        await ada.go_home()
        await ada.tell_name("Ada")
        rules = {"Number of the labyrinth": "7", "Health of a hero": "7", "The Minotaur is in there": "off"}
        link = await ada.make_game(seats=4, bots=0, rules=rules)
        await gather(ada, bo, cy, link, "a hunter", book.look)
        await ada.page.get_by_role("button", name="Change the rules").click()
        await book.look(ada, "rules")
        await ada.page.keyboard.press("Escape")
        await pass_on(ada, bo, book.look)
        await ada.go_home()
        link = await ada.make_game(seats=8, bots=2, rules={"First ring falls in round": "4"})
        await come(await stack.enter_async_context(visitor(browser, server.url)), link, "Wolfeschlegelsteinhausen")
        await come(bo, link)
        for seat in range(4, 6):
            await change_seat(ada, seat, "Put a wanderer here")
        await book.look(ada, "eight")
        await book.look(bo, "eight-guest")


async def take_bids(browser: Browser, server: Server, folder: Path) -> None:
    book = Book(folder, "bids")
    async with AsyncExitStack() as stack:
        ada, bo, cy = [await stack.enter_async_context(sitter(browser, server.url)) for _ in range(3)]
        link = await ada.make_table("Ada", {}, seats=4)
        await gather(ada, bo, cy, link, "a bot", book.look)
        await ada.page.get_by_role("button", name="Change the table").click()
        await book.look(ada, "rules")
        await ada.page.keyboard.press("Escape")
        await pass_on(ada, bo, book.look)


async def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as data:
        ours = Server(Path(data) / "minotaur", "--rate-limits", "off")
        bids = Server(Path(data) / "bids", BIDS, "--rate-limits", "off", command=CLEW)
        await ours.start()
        await bids.start()
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
                await take_minotaurs(browser, ours, folder)
                await take_bids(browser, bids, folder)
                await browser.close()
        finally:
            await ours.kill()
            await bids.kill()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    found = parser.parse_args()
    found.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(found.folder))
