"""Pictures of the page of any game, in every state and at three sizes, for a person to look at. A script, not a test.

python -m tests.browser.screenshots_any_game FOLDER [--dark]
"""

import argparse
import asyncio
import tempfile
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, async_playwright, expect

from tests.browser.conftest import BIDS, CLEW, HANABI, chromium_path
from tests.browser.screenshots import SIZES, Album
from tests.browser.sitter import AWAY, BACK, Sitter, sitter
from tests.kit.server import Server

Colours = Literal["dark", "light"]


async def take_all(browser: Browser, data: Path, folder: Path, colours: Colours) -> None:
    for games in ((BIDS,), (HANABI,), (BIDS, HANABI)):
        name = "-".join(game.rpartition(":")[2].lower() for game in games)
        server = Server(data / name, *games, "--rate-limits", "off", command=CLEW)
        await server.start()
        try:
            for width, height in SIZES:
                album = Album(folder, width, name)
                async with (
                    sitter(browser, server.url, width, height, colours) as ada,
                    sitter(browser, server.url, width, height, colours) as bo,
                ):
                    if len(games) > 1:
                        await _choose_among(ada, album)
                    else:
                        await _sit_down(ada, bo, album)
                        await (_bid if games == (BIDS,) else _take_turns)(ada, bo, album, server)
                        await _look_back(ada, album)
        finally:
            await server.kill()


async def _choose_among(ada: Sitter, album: Album) -> None:
    await ada.page.goto(ada.base_url)
    await ada.page.get_by_role("button", name="Hanabi").click()
    await ada.page.get_by_text("change").click()
    await album.take(ada, "home-of-several", whole_page=True)


async def _sit_down(ada: Sitter, bo: Sitter, album: Album) -> None:
    await ada.go_home()
    await album.take(ada, "home-new")
    await ada.page.get_by_text("change").click()
    await album.take(ada, "home-choices", whole_page=True)
    link = await ada.make_table("Ada", {})
    await album.take(ada, "lobby-host")
    await bo.page.goto(link)
    await expect(bo.page.get_by_role("button", name="Take a seat")).to_be_visible()
    await album.take(bo, "lobby-invited")
    await bo.tell_name("Bo")
    await bo.page.get_by_role("button", name="Take a seat").click()
    await expect(bo.page.get_by_role("heading", name="You are in")).to_be_visible()
    await album.take(bo, "lobby-guest")
    await ada.start()
    await bo.wait_round(1)
    await album.take(ada, "planning", whole_page=True)


async def _bid(ada: Sitter, bo: Sitter, album: Album, server: Server) -> None:
    bid = ada.planner.get_by_label("Bid", exact=True)
    await bid.fill("99")
    await ada.send()
    await expect(ada.planner.get_by_role("alert").get_by_text("You have 30.")).to_be_visible()
    await album.take(ada, "refused", whole_page=True)
    await bid.fill("7")
    await ada.send()
    await ada.expect_plan("bid 7")
    await album.take(ada, "planned", whole_page=True)
    await ada.note_banners()
    await server.kill()
    await ada.wait_banner(AWAY)
    await bid.fill("8")
    await ada.send()
    await album.take(ada, "away")
    await server.start()
    await ada.wait_banner(BACK)
    await album.take(ada, "back")
    await ada.expect_plan("bid 8")
    for person in (ada, bo):
        await person.be_ready()
    await ada.wait_round(2)
    await album.take(ada, "second-round", whole_page=True)
    await _give_up(ada, bo, album)


async def _take_turns(ada: Sitter, bo: Sitter, album: Album, _: Server) -> None:
    await album.take(bo, "waiting", whole_page=True)
    for choice in ("Hint", "Bo"):
        await ada.planner.get_by_role("radio", name=choice, exact=True).check()
    await album.take(ada, "hint", whole_page=True)
    await ada.planner.get_by_role("radio", name="Play", exact=True).check()
    await ada.send()
    await album.take(ada, "incomplete", whole_page=True)
    await ada.planner.get_by_role("radio", name="0", exact=True).check()
    await ada.be_ready()
    await bo.wait_round(2)
    await album.take(bo, "second-round", whole_page=True)
    await _give_up(ada, bo, album)
    await _give_up(bo, ada, album)


async def _give_up(person: Sitter, other: Sitter, album: Album) -> None:
    await person.page.get_by_role("button", name="Give up").click()
    await album.take(person, "give-up-asked")
    await person.page.get_by_role("dialog").get_by_role("button", name="Give up").click()
    await expect(other.page.get_by_role("log").get_by_text("gave up").last).to_be_visible()


async def _look_back(ada: Sitter, album: Album) -> None:
    await ada.wait_over()
    await album.take(ada, "over", whole_page=True)
    await ada.page.get_by_role("link", name="Watch it again").click()
    await ada.page.get_by_role("slider").press("End")
    await album.take(ada, "replay", whole_page=True)
    await ada.go_home()
    await expect(ada.page.get_by_role("heading", name="Games that are over")).to_be_visible()
    await album.take(ada, "home-with-tables", whole_page=True)
    await ada.page.goto(f"{ada.base_url}/g/22222Z")
    await expect(ada.page.get_by_role("heading", name="No table with this code")).to_be_visible()
    await album.take(ada, "no-such-table")


async def main(folder: Path, colours: Colours) -> None:
    with tempfile.TemporaryDirectory() as data:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
            await take_all(browser, Path(data), folder, colours)
            await browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--dark", action="store_true", help="as by night")
    found = parser.parse_args()
    found.folder.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(found.folder, "dark" if found.dark else "light"))
