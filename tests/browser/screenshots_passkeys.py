"""Pictures of everything around passkeys, dark and light, at four sizes, for a person to look at. A script, not a test.

python -m tests.browser.screenshots_passkeys FOLDER
"""

import argparse
import asyncio
import tempfile
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, async_playwright, expect

from tests.browser.conftest import BIDS, CLEW, chromium_path
from tests.browser.member import go_to_settings
from tests.browser.passkeys import NOT_OFFERED, WITHOUT, Device, localhost, open_by_passkey
from tests.browser.screenshots import Album
from tests.browser.sitter import Sitter, sitter
from tests.browser.sizes import SIZES
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server

LANGUAGES: Final = ("de", "he")


async def take_minotaurs(browser: Browser, server: Server, folder: Path) -> None:
    for width, height in SIZES:
        async with visitor(browser, localhost(server), width, height) as ada:
            await take(ada, Album(folder, width, "minotaur"), f"ada.{width}")


async def take_any_games(browser: Browser, server: Server, folder: Path) -> None:
    for width, height in SIZES:
        for colours in ("dark", "light"):
            async with sitter(browser, localhost(server), width, height, colours=colours) as ada:
                await take(ada, Album(folder, width, f"any-game-{colours}"), f"ada.{width}.{colours}")


async def take(ada: Visitor | Sitter, album: Album, username: str) -> None:
    await ada.page.add_init_script(NOT_OFFERED)
    device = await Device.of(ada)
    await ada.page.goto(f"{ada.base_url}/you")
    await expect(ada.page.get_by_role("button", name="Log in with a passkey")).to_be_visible()
    await album.take(ada, "log-in", whole_page=True)
    await device.be_unwilling()
    await ada.page.get_by_role("button", name="Log in with a passkey").click()
    await expect(ada.page.get_by_role("alert")).to_be_visible()
    await album.take(ada, "log-in-stopped", whole_page=True)
    await ada.page.get_by_role("button", name="Open an account").click()
    await album.take(ada, "open", whole_page=True)
    await ada.page.get_by_label("User name").fill(username)
    await ada.page.get_by_role("button", name="Take a passkey instead").click()
    await expect(ada.page.get_by_role("alert")).to_be_visible()
    await album.take(ada, "open-stopped", whole_page=True)
    await device.be_unwilling(unwilling=False)
    await open_by_passkey(ada, username)
    await ada.page.get_by_role("button", name="I have kept it").click()
    await go_to_settings(ada, username)
    await ada.page.get_by_role("button", name="Add a passkey").click()
    await album.take(ada, "add")
    adding = ada.page.get_by_role("dialog", name="Add a passkey")
    await adding.get_by_label("What to call it").fill("The telephone of my grandmother, old")
    await adding.get_by_role("button", name="Show a passkey").click()
    await expect(adding.get_by_text("That is you.")).to_be_visible()
    await adding.get_by_role("button", name="Make the passkey").click()
    await expect(adding.get_by_role("alert")).to_be_visible()
    await album.take(ada, "add-there-already")
    await device.lose_all()
    await adding.get_by_role("button", name="Make the passkey").click()
    await expect(ada.page.get_by_text("Added:")).to_be_visible()
    await album.take(ada, "settings", whole_page=True)
    await ada.page.get_by_role("button", name="Remove The telephone").click()
    await album.take(ada, "remove")
    await ada.page.keyboard.press("Escape")
    await ada.page.get_by_role("button", name="Delete my account").click()
    await album.take(ada, "delete")
    await ada.page.keyboard.press("Escape")
    for language in LANGUAGES:
        await ada.page.context.add_cookies([{"name": "lang", "value": language, "url": ada.base_url}])
        await ada.page.reload()
        await expect(ada.page.locator("html")).to_have_attribute("lang", language)
        await expect(ada.page.locator("#you-passkeys")).to_be_visible()
        await album.take(ada, f"settings-{language}", whole_page=True)
    await ada.page.context.clear_cookies()
    await ada.page.add_init_script(WITHOUT)
    await ada.page.goto(f"{ada.base_url}/you")
    await expect(ada.page.get_by_text("This browser has no passkeys here.")).to_be_visible()
    await album.take(ada, "none-here", whole_page=True)


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
