"""An account at any game's table: kept, found on a second device, and logged out of everywhere."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.browser.member import PASSWORD, for_everyone, go_to_settings, log_in, open_account
from tests.browser.sitter import sitter
from tests.kit.forms import first_of
from tests.kit.server import Server


@pytest.mark.parametrize("size", first_of((360, 740), (1440, 900)))
async def test_a_guest_keeps_the_table_and_every_device_hears_of_the_end(
    bids: Server, browser: Browser, axe: str, size: tuple[int, int]
) -> None:
    username = f"sits.{size[0]}"
    async with sitter(browser, bids.url, *size) as ada, sitter(browser, bids.url, *size) as elsewhere:
        await ada.make_table("Ada", {}, bots=1)
        await ada.start()
        table = ada.page.url
        await ada.go_home()
        await ada.page.get_by_role("link", name="Keep your games").click()
        await expect(ada.page.get_by_role("heading", name="Keep your games")).to_be_visible()
        await for_everyone(ada, axe)
        await open_account(ada, username)
        await for_everyone(ada, axe)
        await ada.page.get_by_role("button", name="I have kept it").click()
        await expect(ada.page.get_by_role("button", name="Make a table")).to_be_visible()
        await log_in(elsewhere, username, PASSWORD)
        await elsewhere.page.get_by_role("link", name=re.compile("Round 1")).click()
        await elsewhere.wait_round(1)
        assert elsewhere.page.url == table
        await go_to_settings(ada, username)
        await for_everyone(ada, axe)
        assert await ada.too_small() == []

        await ada.page.get_by_role("button", name="Log out everywhere").click()
        await ada.page.get_by_role("dialog").get_by_role("button", name="Log out everywhere").click()

        await expect(ada.page.get_by_text("You are logged out on every device.")).to_be_visible()
        await expect(elsewhere.page.get_by_role("heading", name="Who are you?")).to_be_visible()
        await expect(elsewhere.page.get_by_label("Your name")).to_have_value("")
