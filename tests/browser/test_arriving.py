"""What one sees first of a page: its top, the focus where one goes on, and a word for a name that is wrong."""

import re
from typing import Final

import pytest
from playwright.async_api import Browser, expect

from tests.browser.sitter import sitter
from tests.browser.visitor import visitor
from tests.kit.server import Server

PHONE: Final = (360, 740)
LONG: Final = "Ada Lovelace of the Analytical Maze"
FOCUSED: Final = "document.activeElement?.tagName + ' ' + (document.activeElement?.textContent ?? '').trim()"
"""What has the focus, and what it says."""


async def test_a_game_that_begins_under_a_scrolled_lobby_is_seen_from_its_top(server: Server, browser: Browser) -> None:
    async with visitor(browser, server.url, *PHONE) as ada, visitor(browser, server.url, *PHONE) as bo:
        await ada.go_home()
        await ada.tell_name("Ada")
        link = await ada.make_game(seats=4, bots=2, rules={})
        await bo.take_seat(link, "Bo")
        assert re.match(r"H1 You are in$", await bo.page.evaluate(FOCUSED))
        await bo.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert await bo.page.evaluate("scrollY") > 0

        await ada.page.get_by_role("button", name="Start the game").click()
        await bo.wait_round_after(0)

        assert await bo.page.evaluate("scrollY") == 0


async def test_after_play_the_keyboard_goes_on_where_the_game_is(server: Server, browser: Browser) -> None:
    async with visitor(browser, server.url) as ada:
        await ada.play_against_bots("Ada")

        assert re.match(r"H1 .*round 1$", await ada.page.evaluate(FOCUSED))


@pytest.mark.parametrize("button", ["Play", "Make the game"])
async def test_who_left_the_name_out_is_told_so_and_stands_in_its_field(
    server: Server, browser: Browser, button: str
) -> None:
    async with visitor(browser, server.url, *PHONE) as ada:
        await ada.go_home()
        form = ada.page.locator("form", has=ada.page.get_by_role("button", name=button, exact=True))

        await form.get_by_role("button", name=button, exact=True).click()

        await expect(form.get_by_label("Your name")).to_be_focused()
        await expect(form.get_by_role("alert").get_by_text("Tell us a name first")).to_be_visible()


async def test_a_name_that_is_too_long_is_said_to_be_and_kept_as_it_was_typed(server: Server, browser: Browser) -> None:
    async with visitor(browser, server.url, *PHONE) as ada:
        await ada.go_home()
        field = ada.page.get_by_label("Your name").first
        await field.press_sequentially(LONG)

        await ada.page.get_by_role("button", name="Play", exact=True).click()

        await expect(field).to_have_value(LONG)
        await expect(field).to_be_focused()
        await expect(field).to_have_accessible_description(re.compile("24 characters at most"))
        assert await ada.width_hidden() <= 0


async def test_the_page_of_any_game_says_the_same_of_a_name(bids: Server, browser: Browser) -> None:
    async with sitter(browser, bids.url, *PHONE) as ada:
        await ada.go_home()
        field = ada.page.get_by_label("Your name")
        await ada.page.get_by_role("button", name="Make a table").click()
        await expect(field).to_be_focused()
        await expect(field).to_have_accessible_description("Tell the others what to call you.")

        await field.press_sequentially(LONG)
        await ada.page.get_by_role("button", name="Make a table").click()

        await expect(field).to_have_value(LONG)
        await expect(field).to_have_accessible_description(re.compile("24 characters at most"))


async def test_a_table_whose_player_was_signed_out_elsewhere_has_no_turn_in_its_title(
    bids: Server, browser: Browser
) -> None:
    async with sitter(browser, bids.url) as ada:
        await ada.make_table("Ada", {}, bots=1)
        await ada.start()
        await expect(ada.page).to_have_title(re.compile("round 1 "))
        other_tab = await ada.page.context.new_page()
        await other_tab.goto(bids.url)

        await other_tab.evaluate("fetch('/api/v1/sessions', { method: 'DELETE' })")

        await expect(ada.page.get_by_role("heading", name="Who are you?")).to_be_visible()
        await expect(ada.page).not_to_have_title(re.compile("round"))
