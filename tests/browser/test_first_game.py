"""Who plays for the first time on a device is taught one thing at a time, until they have done it or had enough."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.browser.test_whole_game import KEY_OF
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server


@pytest.mark.every_browser
async def test_a_first_game_is_guided_by_what_happens_and_can_be_left(
    server: Server, browser: Browser, axe: str
) -> None:
    async with visitor(browser, server.url, taught=False) as ada:
        page = ada.page
        hint = page.get_by_role("complementary", name="Hint")
        await ada.go_home()
        await expect(page.get_by_text("Your first game is guided, against two tame bots.")).to_be_visible()
        await ada.tell_name("Ada")
        await page.get_by_role("button", name="Play", exact=True).click()
        assert await ada.wait_round_after(0) == 1
        # A Firefox without windows has no mouse either.
        await expect(hint).to_contain_text(re.compile(r"(Click|Tap) a hex with a bright edge"))
        assert await _hidden_on_a_narrow_phone(ada) <= 0
        assert await ada.broken_for_some(axe) == []

        await page.keyboard.press(KEY_OF[(await ada.open_ways())[0]])
        await expect(hint).to_contain_text("Nobody sees your plan.")
        await ada.wait_confirmed()
        await page.keyboard.press("Enter")
        assert await ada.wait_round_after(1) == 2
        await expect(hint).not_to_contain_text("Nobody sees your plan.")

        sound = page.get_by_role("button", name="Sound")
        await expect(sound).to_have_attribute("aria-pressed", "false")
        await sound.click()
        await expect(sound).to_have_attribute("aria-pressed", "true")

        await page.keyboard.press("?")
        book = page.get_by_role("dialog", name="Rule book")
        await expect(book).to_contain_text("From round 10 on the outermost ring falls at the end of every round")
        assert await _hidden_on_a_narrow_phone(ada) <= 0
        assert await ada.broken_for_some(axe) == []
        await book.get_by_label("Look").select_option("High contrast")
        await expect(page.locator("html")).to_have_attribute("data-theme", "contrast")
        assert await ada.broken_for_some(axe) == []
        await page.keyboard.press("Escape")
        await expect(book).to_be_hidden()

        await hint.get_by_role("button", name="No more hints").click()
        await expect(hint).to_have_text("")
        await page.reload()
        await expect(page.locator("html")).to_have_attribute("data-theme", "contrast")
        await expect(sound).to_have_attribute("aria-pressed", "true")
        await expect(page.get_by_role("region", name="Your plan")).to_be_visible()
        await expect(hint).to_have_text("")
        await ada.go_home()
        await expect(page.get_by_text("You against three bots.")).to_be_visible()
        assert ada.complaints == []


async def _hidden_on_a_narrow_phone(person: Visitor) -> int:
    """How many pixels one would have to scroll sideways there."""
    await person.page.set_viewport_size({"width": 320, "height": 640})
    hidden = await person.width_hidden()
    await person.page.set_viewport_size({"width": 1280, "height": 900})
    return hidden
