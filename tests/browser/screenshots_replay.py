"""Pictures of a finished game watched again, on both pages and at four sizes, for a person to look at. No test.

python -m tests.browser.screenshots_replay FOLDER
"""

import argparse
import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Browser, async_playwright, expect

from tests.browser.conftest import BIDS, CLEW, chromium_path
from tests.browser.screenshots_lobby import Book
from tests.browser.sitter import sitter
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server


async def take_minotaurs(browser: Browser, server: Server, folder: Path) -> None:
    book = Book(folder, "minotaur")
    async with visitor(browser, server.url) as ada:
        await ada.go_home()
        await ada.tell_name("Ada")
        await ada.make_game(seats=4, bots=3, rules={"Number of the labyrinth": "7", "First ring falls in round": "4"})
        await ada.page.get_by_role("button", name="Start the game").click()
        number = 0
        while not await ada.is_over():
            number = await ada.wait_round_after(number)
            if not await ada.is_over() and await ada.ready_button.is_visible():
                await ada.page.keyboard.press("Enter")
        link = f"{ada.page.url}/replay"
        for name, moment in (("all", "?round=3&step=2"), ("ada", "?round=3&step=2&as=p1"), ("late", "?round=99&as=p1")):
            await ada.page.goto(link + moment)
            await expect(ada.page.get_by_role("slider")).to_be_visible()
            if name == "late":
                await ada.page.get_by_role("button", name="The round before").click()
            await book.look(ada, name)
        await ada.page.get_by_role("button", name="Copy link to this moment").click()
        await book.look(ada, "copied")


async def take_bids(browser: Browser, server: Server, folder: Path) -> None:
    book = Book(folder, "bids")
    async with sitter(browser, server.url) as ada:
        await _play_bids(ada)
        await ada.page.goto(f"{ada.page.url}/replay?round=2")
        await expect(ada.page.get_by_role("slider")).to_be_visible()
        await book.look(ada, "moment")


async def _play_bids(ada: Visitor) -> None:
    """Against a bot, to an early end: the host gives up."""
    me = await ada.page.request.post(f"{ada.base_url}/api/v1/guests", data={"display_name": "Ada"})
    token = (await me.json())["token"]
    headers = {"authorization": f"Bearer {token}"}
    made = await ada.page.request.post(f"{ada.base_url}/api/v1/games", data={"seats": 2, "bots": 1}, headers=headers)
    code = (await made.json())["join_code"]
    await ada.page.request.post(f"{ada.base_url}/api/v1/games/{code}/start", headers=headers)
    await ada.page.request.post(f"{ada.base_url}/api/v1/games/{code}/leave", headers=headers)
    await ada.page.goto(f"{ada.base_url}/g/{code}")


async def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as data:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
            server = Server(Path(data) / "minotaur", "--rate-limits", "off")
            bids = Server(Path(data) / "bids", BIDS, "--rate-limits", "off", command=CLEW)
            for each, take in ((server, take_minotaurs), (bids, take_bids)):
                await each.start()
                try:
                    await take(browser, each, folder)
                finally:
                    await each.stop()
            await browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    found = parser.parse_args()
    found.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(found.folder))
