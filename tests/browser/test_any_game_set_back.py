"""A database that goes back under the page of any game: it says so once, forgets what never was, and play goes on."""

from pathlib import Path
from typing import Final

from playwright.async_api import Browser, expect

from tests.browser.conftest import BIDS, CLEW, PAGE
from tests.browser.sitter import BACK, sitter
from tests.kit.folders import Folders

SET_BACK: Final = "The game was set back to round 2 by the operator."


async def test_a_page_whose_game_was_set_back_says_so_in_one_line_and_forgets_its_plan(
    tmp_path: Path, browser: Browser
) -> None:
    assert PAGE.is_file(), "the page of any game is not built: run `make setup` first"
    folders = Folders(tmp_path, BIDS, command=CLEW)
    await folders.server.start()
    try:
        async with sitter(browser, folders.server.url) as ada:
            await ada.make_table("Ada", {}, bots=1)
            await ada.start()
            await ada.be_ready()
            await ada.wait_round(2)
            saved = await ada.log_lines()
            await folders.take_backup()
            bid = ada.planner.get_by_label("Bid", exact=True)
            await bid.fill("29")
            await ada.send()
            await ada.expect_plan("bid 29")
            await bid.fill("30")
            await ada.note_banners()

            await folders.lose_and_restore("second")

            await ada.wait_banner(SET_BACK)
            await expect(bid).to_have_value("0")
            await expect(ada.planner.get_by_text("Nobody sees your plan before the round ends.")).to_be_visible()
            told = await ada.log_lines()
            assert told[: len(saved)] == saved
            assert [line[:24] for line in told[len(saved) :]] == ["The server was away for ", SET_BACK[:24]]

            await ada.be_ready()
            await ada.wait_round(3)
            bar = ada.page.locator(".bar[role=status]")
            await expect(bar).to_have_text("")
            assert BACK not in (await ada.page.locator("body").get_attribute("data-banners") or "")
            assert (await ada.log_lines()).count(SET_BACK) == 1
            assert ada.complaints == []
    finally:
        await folders.server.kill()
