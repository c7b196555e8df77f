"""Passkeys at any game's table: kept by one, come back to by it, and looked after."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.member import for_everyone, go_to_settings
from tests.browser.passkeys import NOT_OFFERED, Device, localhost, log_in_by_passkey, open_by_passkey, passkey_names
from tests.browser.sitter import sitter
from tests.kit.forms import first_of
from tests.kit.server import Server


@pytest.mark.parametrize("size", first_of((360, 740), (1440, 900)))
async def test_a_guest_keeps_the_table_by_a_passkey_and_comes_back_to_it(
    bids: Server, browser: Browser, axe: str, size: tuple[int, int]
) -> None:
    username = f"keys.{size[0]}"
    url = localhost(bids)
    async with sitter(browser, url, *size) as ada, sitter(browser, url, *size, colours="dark") as elsewhere:
        for one in (ada, elsewhere):
            await one.page.add_init_script(NOT_OFFERED)
        device, phone = await Device.of(ada), await Device.of(elsewhere)
        await ada.make_table("Ada", {}, bots=1)
        await ada.start()
        table = ada.page.url
        await ada.go_home()
        await ada.page.get_by_role("link", name="Keep your games").click()
        await expect(ada.page.get_by_role("button", name="Take a passkey instead")).to_be_visible()
        await for_everyone(ada, axe)
        await open_by_passkey(ada, username)
        await ada.page.get_by_role("button", name="I have kept it").click()
        await expect(ada.page.get_by_role("button", name="Make a table")).to_be_visible()
        await phone.take(await device.passkeys())

        await log_in_by_passkey(elsewhere)
        await expect(elsewhere.page.get_by_role("button", name="Make a table")).to_be_visible()
        await go_to_settings(elsewhere, username)
        assert len(await passkey_names(elsewhere)) == 1
        await for_everyone(elsewhere, axe)
        assert await elsewhere.too_small() == []
        await elsewhere.page.get_by_role("button", name="Add a passkey").click()
        await for_everyone(elsewhere, axe)
        await elsewhere.page.keyboard.press("Escape")
        await elsewhere.page.goto(table)

        await elsewhere.wait_round(1)
