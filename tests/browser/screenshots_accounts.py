"""Pictures of everything around accounts, at two sizes, for a person to look at. A script, not a test.

python -m tests.browser.screenshots_accounts FOLDER
"""

import argparse
import asyncio
import tempfile
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, async_playwright, expect

from tests.browser.conftest import BIDS, CLEW, chromium_path
from tests.browser.member import PASSWORD, go_to_settings, log_in, open_account, recover
from tests.browser.screenshots import Album
from tests.browser.sitter import Sitter, sitter
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server

SIZES: Final = ((360, 740), (1440, 900))


async def take_minotaurs(browser: Browser, server: Server, folder: Path) -> None:
    for width, height in SIZES:
        album = Album(folder, width, "minotaur")
        async with (
            visitor(browser, server.url, width, height) as ada,
            visitor(browser, server.url, width, height) as other,
        ):
            await ada.go_home()
            await album.take(ada, "home-nobody")
            await ada.page.get_by_role("button", name="Play", exact=True).click()
            await album.take(ada, "home-no-name")
            await ada.page.get_by_label("Your name").first.fill("Ada Lovelace of the Analytical Maze")
            await album.take(ada, "home-long-name")
            await ada.play_against_bots("Ada")
            await ada.go_home()
            await album.take(ada, "home-guest")
            await ada.page.get_by_role("button", name="Not you?").click()
            await album.take(ada, "not-you-guest")
            await ada.page.keyboard.press("Escape")
            await _an_account(ada, other, album, f"ada.{width}")
            await ada.go_home()
            await ada.page.get_by_role("button", name="Not you?").click()
            await album.take(ada, "not-you-account")
            await ada.page.keyboard.press("Escape")
            await _lobby(ada, album)
            await _no_account_any_more(ada, album, f"ada.{width}")


async def take_any_games(browser: Browser, server: Server, folder: Path) -> None:
    for width, height in SIZES:
        album = Album(folder, width, "any-game")
        async with (
            sitter(browser, server.url, width, height) as ada,
            sitter(browser, server.url, width, height) as other,
        ):
            await ada.make_table("Ada", {}, bots=1)
            await ada.start()
            await ada.go_home()
            await album.take(ada, "home-guest", whole_page=True)
            await _an_account(ada, other, album, f"ada.{width}")
            await _no_account_any_more(ada, album, f"ada.{width}")


async def _an_account(ada: Visitor | Sitter, other: Visitor | Sitter, album: Album, username: str) -> None:
    await ada.page.get_by_role("link", name="Keep your games").click()
    await album.take(ada, "keep-your-games", whole_page=True)
    await ada.page.get_by_role("button", name="Keep my games").click()
    await album.take(ada, "keep-your-games-wrong", whole_page=True)
    code = await open_account(ada, username)
    await album.take(ada, "code")
    await ada.page.get_by_role("button", name="I have kept it").click()
    await go_to_settings(ada, username)
    await album.take(ada, "settings", whole_page=True)
    await log_in(other, username, "wrong horse")
    await expect(other.page.get_by_role("alert")).to_be_visible()
    await album.take(other, "log-in-wrong")
    await other.page.get_by_role("button", name="I forgot my password").click()
    await recover(other, username, code, "short")
    await album.take(other, "recover-wrong", whole_page=True)


async def _lobby(ada: Visitor, album: Album) -> None:
    link = await ada.make_game(seats=3, bots=1, rules={})
    await album.take(ada, "lobby-host", whole_page=True)
    await ada.page.context.clear_cookies()
    await ada.page.goto(link)
    await expect(ada.page.get_by_role("button", name="Take a seat")).to_be_visible()
    await album.take(ada, "lobby-invited", whole_page=True)


async def _no_account_any_more(ada: Visitor | Sitter, album: Album, username: str) -> None:
    if await ada.page.get_by_role("link", name="I have an account").first.is_visible():
        await log_in(ada, username)
        await expect(ada.page.get_by_label("Password", exact=True)).to_be_hidden()
    await go_to_settings(ada, username)
    await ada.page.get_by_role("button", name="Log out everywhere").click()
    await album.take(ada, "log-out-everywhere")
    await ada.page.keyboard.press("Escape")
    await ada.page.get_by_role("button", name="Delete my account").click()
    await album.take(ada, "delete")
    dialog = ada.page.get_by_role("dialog")
    await dialog.get_by_label("Your password", exact=True).fill(PASSWORD)
    await dialog.get_by_role("button", name="Delete it for good").click()
    await expect(ada.page.get_by_text("Your account is deleted.")).to_be_visible()
    await album.take(ada, "deleted")


async def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as data:
        minotaur = Server(Path(data) / "minotaur", "--rate-limits", "off")
        any_game = Server(Path(data) / "bids", BIDS, "--rate-limits", "off", command=CLEW)
        await minotaur.start()
        await any_game.start()
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
                await take_minotaurs(browser, minotaur, folder)
                await take_any_games(browser, any_game, folder)
                await browser.close()
        finally:
            await minotaur.kill()
            await any_game.kill()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    found: Path = parser.parse_args().folder
    found.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(found))
