"""Signed out in one tab: the others say so, and nothing else."""

import re

from playwright.async_api import Browser, expect

from tests.browser.visitor import visitor
from tests.kit.server import Server


async def test_a_game_whose_player_was_signed_out_elsewhere_asks_who_is_there(server: Server, browser: Browser) -> None:
    async with visitor(browser, server.url) as ada:
        await ada.play_against_bots("Ada")
        other_tab = await ada.page.context.new_page()
        await other_tab.goto(server.url)

        assert (
            await other_tab.evaluate("fetch('/api/v1/sessions', { method: 'DELETE' }).then(({ status }) => status)")
            == 204
        )

        await expect(ada.page.get_by_role("heading", name="Who are you?")).to_be_visible()
        await expect(ada.page.get_by_label("Your name")).to_be_visible()
        await expect(ada.page.get_by_text("You play as")).to_have_count(0)
        await expect(ada.page).to_have_title(re.compile("^Game "))
