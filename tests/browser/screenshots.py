"""Pictures of every state of the pages, for a person to look at. A script, not a test.

python -m tests.browser.screenshots FOLDER          each state at three sizes
python -m tests.browser.screenshots --image FILE    one good-looking moment of a game, for the front page
"""

import argparse
import asyncio
import tempfile
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, async_playwright, expect

from tests.browser.conftest import chromium_path
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server

SIZES: Final = ((360, 740), (820, 1180), (1440, 900))
IMAGE_SIZE: Final = (1200, 760)
IMAGE_ROUNDS: Final = 9
FILM_STEP_MS: Final = 250
"""Into the telling of a round: somebody is on the way."""
DOOMED: Final = {
    "Size of the board": "3",
    "Health of a hero": "1",
    "First ring falls in round": "3",
    "The Minotaur is in there": "off",
}
"""Two who stand still fall together, and nobody wins."""


class Album:
    """Where pictures of one size go, and of one game if there are several."""

    def __init__(self, folder: Path, width: int, game: str = "") -> None:
        self._folder = folder
        self._begins = f"{game}-{width}" if game else str(width)
        self._count = 0

    async def take(self, person: Visitor, name: str, *, whole_page: bool = False) -> None:
        self._count += 1
        path = self._folder / f"{self._begins}-{self._count:02d}-{name}.png"
        await person.page.screenshot(path=path, full_page=whole_page)
        print(path)


async def take_all(browser: Browser, server: Server, folder: Path) -> None:
    for width, height in SIZES:
        album = Album(folder, width)
        async with (
            visitor(browser, server.url, width, height, "no-preference") as ada,
            visitor(browser, server.url, width, height, "no-preference") as bo,
        ):
            await _home_and_lobby(ada, bo, album)
            await _playing(ada, bo, album, server)
            await _ends(ada, bo, album)


async def _home_and_lobby(ada: Visitor, bo: Visitor, album: Album) -> None:
    await ada.go_home()
    await album.take(ada, "home-new")
    await album.take(ada, "home-new-whole", whole_page=True)
    await ada.tell_name("Ada")
    link = await ada.make_game(seats=4, bots=2, rules={"First ring falls in round": "4"})
    await album.take(ada, "lobby-host")
    await bo.page.goto(link)
    await expect(bo.page.get_by_role("button", name="Take a seat")).to_be_visible()
    await album.take(bo, "lobby-invited")
    await bo.take_seat(link, "Bo")
    await album.take(bo, "lobby-guest")
    await album.take(ada, "lobby-full")
    await ada.page.get_by_role("button", name="Start the game").click()
    await ada.wait_round_after(0)


async def _playing(ada: Visitor, bo: Visitor, album: Album, server: Server) -> None:
    await album.take(ada, "planning-nothing-yet")
    await ada.click_a_neighbouring_hex()
    await ada.click_a_neighbouring_hex()
    await ada.wait_confirmed()
    await album.take(ada, "planning", whole_page=True)
    await ada.page.keyboard.press("Enter")
    await album.take(ada, "ready")
    await bo.page.keyboard.press("Enter")
    await expect(ada.page.get_by_role("button", name="The round is being told")).to_be_visible()
    await ada.page.wait_for_timeout(FILM_STEP_MS)
    await album.take(ada, "telling")
    number = await ada.wait_round_after(1)
    while number < 4 and not await ada.is_over():
        for person in (ada, bo):
            await person.wait_round_after(number - 1)
            if await person.ready_button.is_visible() and await person.open_ways():
                await person.click_a_neighbouring_hex()
                await person.wait_confirmed()
            await person.page.keyboard.press("Enter")
        number = await ada.wait_round_after(number)
    await album.take(ada, "planning-late", whole_page=True)
    await ada.note_banners()
    await server.kill()
    await ada.wait_banner("Reconnecting")
    await album.take(ada, "reconnecting")
    await server.start()
    await ada.wait_banner("Back")
    await album.take(ada, "back")
    give_up = bo.page.get_by_role("button", name="Give up", exact=True)
    if await give_up.is_visible():
        await give_up.click()
        await album.take(bo, "give-up-asked")
        await bo.page.get_by_role("dialog").get_by_role("button", name="Give up").click()
        await expect(give_up).to_be_hidden()
    await album.take(bo, "fallen", whole_page=True)


async def _ends(ada: Visitor, bo: Visitor, album: Album) -> None:
    await _new_game(ada, bo, DOOMED)
    number = 0
    while not await ada.is_over():
        number = await ada.wait_round_after(number)
        if await ada.is_over():
            break
        await bo.wait_round_after(number - 1)
        await ada.page.keyboard.press("Enter")
        await bo.page.keyboard.press("Enter")
    await album.take(ada, "end-draw")
    await _new_game(ada, bo, {})
    await ada.wait_round_after(0)
    await bo.wait_round_after(0)
    await bo.page.get_by_role("button", name="Give up", exact=True).click()
    await bo.page.get_by_role("dialog").get_by_role("button", name="Give up").click()
    await expect(ada.page.get_by_role("link", name="Watch it again")).to_be_visible()
    await album.take(ada, "end-won")
    await album.take(bo, "end-lost")
    await ada.page.get_by_role("link", name="Watch it again").click()
    await expect(ada.page.get_by_role("slider", name="Moment of the game")).to_be_visible()
    await album.take(ada, "replay")
    await ada.go_home()
    await expect(ada.page.get_by_role("heading", name="Games that are over")).to_be_visible()
    await album.take(ada, "home-with-games", whole_page=True)
    await ada.page.goto(f"{ada.base_url}/g/22222Z")
    await album.take(ada, "no-such-game")


async def _new_game(ada: Visitor, bo: Visitor, rules: dict[str, str]) -> None:
    await ada.go_home()
    link = await ada.make_game(seats=2, bots=0, rules=rules)
    await bo.page.goto(link)
    await bo.page.get_by_role("button", name="Take a seat").click()
    await expect(bo.page.get_by_role("heading", name="You are in")).to_be_visible()
    await ada.page.get_by_role("button", name="Start the game").click()


async def take_one(browser: Browser, server: Server, path: Path) -> None:
    """Walk about among bots, and keep the picture with the most to be seen on it."""
    width, height = IMAGE_SIZE
    async with visitor(browser, server.url, width, height) as ada:
        await ada.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        await ada.go_home()
        await ada.tell_name("Ada")
        await ada.make_game(seats=6, bots=5, rules={"Number of the labyrinth": "11", "Steps one can see": "3"})
        await ada.page.get_by_role("button", name="Start the game").click()
        best, number = -1, 0
        while number < IMAGE_ROUNDS and not await ada.is_over():
            number = await ada.wait_round_after(number)
            if not await ada.ready_button.is_visible():
                break
            while await ada.open_ways() and await ada.slots.count() < 2:
                await ada.click_a_neighbouring_hex(number % 3)
                await ada.wait_confirmed()
            seen = await ada.page.get_by_role("img").count() + await ada.page.locator("g.arrow").count()
            if seen > best:
                best = seen
                await ada.page.screenshot(path=path)
                print(f"round {number}: {path}")
            await ada.page.keyboard.press("Enter")


async def main(folder: Path | None, image: Path | None) -> None:
    with tempfile.TemporaryDirectory() as data:
        server = Server(Path(data) / "data", "--rate-limits", "off")
        await server.start()
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
                if folder is not None:
                    await take_all(browser, server, folder)
                if image is not None:
                    await take_one(browser, server, image)
                await browser.close()
        finally:
            await server.kill()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="where the pictures go")
    parser.add_argument("--image", type=Path, help="where the front page's picture goes")
    found = parser.parse_args()
    if found.folder is None and found.image is None:
        parser.error("say where the pictures go")
    if found.folder is not None:
        found.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(found.folder, found.image))
