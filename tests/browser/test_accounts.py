"""Accounts, as people meet them: kept, come back to, and left. On a phone and on a desk."""

import re
from typing import Final

import pytest
from playwright.async_api import Browser, expect

from tests.browser.member import (
    DESK,
    PASSWORD,
    PHONE,
    SIZES,
    begin_account,
    every_value,
    expect_home_of,
    for_everyone,
    go_to_settings,
    keep_code,
    log_in,
    new_name,
    open_account,
    person,
    recover,
    shown_code,
    tab_to,
)
from tests.browser.visitor import Visitor
from tests.kit.forms import first_of
from tests.kit.server import Server

ALL_SIZES: Final = (PHONE, (740, 360), (820, 1180), DESK)


@pytest.mark.every_browser
@pytest.mark.parametrize("size", first_of(*ALL_SIZES))
async def test_a_guest_keeps_game_and_seat_and_finds_them_on_a_second_device(
    server: Server, browser: Browser, axe: str, size: tuple[int, int]
) -> None:
    username = new_name(size, "keeps")
    async with person(browser, server, size) as ada, person(browser, server, size) as elsewhere:
        await ada.play_against_bots("Ada")
        game = ada.page.url
        await ada.go_home()
        await ada.page.get_by_role("link", name="Keep your games").click()
        await expect(ada.page.get_by_role("heading", name="Keep your games")).to_be_visible()
        await expect(ada.page.get_by_label("E-mail (optional)")).to_be_visible()
        await for_everyone(ada, axe)
        code = await open_account(ada, username)
        assert re.fullmatch(r"([2-9A-Z]{5}-){4}[2-9A-Z]{5}", code)
        await expect(ada.page.get_by_text("brings you back in if you forget your password")).to_be_visible()
        await for_everyone(ada, axe)
        await keep_code(ada)
        await expect_home_of(ada, "Ada")
        await ada.page.goto(f"{ada.base_url}/you")
        await expect(ada.page.get_by_text(f"Logged in as {username}")).to_be_visible()
        await expect(ada.page.get_by_text(code[:5])).to_have_count(0)
        await for_everyone(ada, axe)

        await elsewhere.go_home()
        await elsewhere.page.get_by_role("link", name="I have an account").click()
        await for_everyone(elsewhere, axe)
        await elsewhere.page.get_by_label("User name").fill(username.upper())
        await elsewhere.page.get_by_label("Password", exact=True).fill(PASSWORD)
        await elsewhere.page.keyboard.press("Enter")
        await expect_home_of(elsewhere, "Ada")

        await elsewhere.page.get_by_role("link", name=re.compile("Round 1")).click()

        await elsewhere.wait_round_after(0)
        assert elsewhere.page.url == game
        seat = elsewhere.page.get_by_role("list", name="Players").get_by_role("listitem").filter(has_text="Ada")
        await expect(seat).to_contain_text("you")


async def test_a_code_is_copied_and_printed_and_the_keyboard_does_it_all(server: Server, browser: Browser) -> None:
    async with person(browser, server, DESK) as ada:
        await ada.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await ada.page.add_init_script("window.print = () => { document.body.dataset.printed = 'yes'; }")
        await ada.page.goto(f"{server.url}/you")
        await tab_to(ada, "Open an account")
        await ada.page.keyboard.press("Enter")
        await tab_to(ada, "User name")
        await ada.page.keyboard.type("by.keyboard")
        await tab_to(ada, "Password")
        await ada.page.keyboard.type(PASSWORD)
        await ada.page.keyboard.press("Enter")
        await expect(ada.page.get_by_role("heading", name="Keep this code")).to_be_focused()
        code = await shown_code(ada)

        await tab_to(ada, "Copy")
        await ada.page.keyboard.press("Enter")
        await expect(ada.page.get_by_text("Copied.")).to_be_visible()
        assert await ada.page.evaluate("navigator.clipboard.readText()") == code
        await tab_to(ada, "Print")
        await ada.page.keyboard.press("Enter")
        await expect(ada.page.locator("body")).to_have_attribute("data-printed", "yes")
        await ada.page.emulate_media(media="print")
        await expect(ada.page.get_by_text("User name by.keyboard, at ")).to_be_visible()
        await expect(ada.page.get_by_role("button")).to_have_count(0)
        await ada.page.emulate_media(media="screen")
        await tab_to(ada, "I have kept it")
        await ada.page.keyboard.press("Enter")

        await expect_home_of(ada, "by.keyboard")


@pytest.mark.parametrize("size", first_of(*SIZES))
async def test_not_you_asks_first_and_says_what_would_be_lost(
    server: Server, browser: Browser, axe: str, size: tuple[int, int]
) -> None:
    username = new_name(size, "not.you")
    async with person(browser, server, size) as ada:
        await ada.play_against_bots("Ada")
        await ada.go_home()
        front = ada.page.locator("form.play")
        await front.get_by_role("button", name="Not you?").click()
        asked = ada.page.get_by_role("dialog", name="Leave Ada behind?")
        await expect(asked.get_by_text("can’t reach Ada’s games again")).to_be_visible()
        await for_everyone(ada, axe)
        await ada.page.keyboard.press("Escape")
        await expect_home_of(ada, "Ada")
        await front.get_by_role("button", name="Not you?").click()
        await asked.get_by_role("button", name="Keep your games").click()
        await open_account(ada, username)
        await keep_code(ada)

        await front.get_by_role("button", name="Not you?").click()
        asked = ada.page.get_by_role("dialog", name="Log out here?")
        await expect(asked.get_by_text(f"Log in as {username} to find them again")).to_be_visible()
        await for_everyone(ada, axe)
        await asked.get_by_role("button", name="Log out here").click()

        await expect(front.get_by_label("Your name")).to_be_focused()
        await expect(front.get_by_label("Your name")).to_have_value("")
        await ada.page.reload()
        await expect(front.get_by_label("Your name")).to_have_value("")


async def test_a_guest_who_logs_in_is_asked_before_their_own_games_are_left(server: Server, browser: Browser) -> None:
    async with person(browser, server) as ada, person(browser, server) as guest:
        await begin_account(ada, "asked.before")
        await keep_code(ada)
        await guest.play_against_bots("Gus")
        await guest.page.goto(f"{server.url}/you")
        await guest.page.get_by_role("button", name="I have an account").click()
        await guest.page.get_by_label("User name").fill("asked.before")
        await guest.page.get_by_label("Password", exact=True).fill(PASSWORD)

        await guest.page.get_by_role("button", name="Log in", exact=True).click()
        asked = guest.page.get_by_role("dialog", name="Leave Gus behind?")
        await asked.get_by_role("button", name="Stay").click()
        await expect(guest.page.get_by_label("User name")).to_have_value("asked.before")
        await guest.page.get_by_role("button", name="Log in", exact=True).click()
        await asked.get_by_role("button", name="Leave them behind").click()

        await expect(guest.page.get_by_text("Logged in as").or_(guest.page.locator("form.play"))).to_be_visible()
        await guest.go_home()
        await expect_home_of(guest, "Ada")


async def test_a_guest_who_comes_in_by_a_code_is_asked_too(server: Server, browser: Browser) -> None:
    async with person(browser, server) as ada, person(browser, server) as guest:
        code = await begin_account(ada, "asked.too")
        await keep_code(ada)
        await guest.play_against_bots("Gus")
        await guest.page.goto(f"{server.url}/you")
        await guest.page.get_by_role("button", name="I have an account").click()
        await guest.page.get_by_role("button", name="I forgot my password").click()

        await recover(guest, "asked.too", code, "battery staple")
        asked = guest.page.get_by_role("dialog", name="Leave Gus behind?")
        await asked.get_by_role("button", name="Leave them behind").click()

        await expect(guest.page.get_by_role("heading", name="Keep this code")).to_be_visible()


@pytest.mark.every_browser
@pytest.mark.parametrize("size", first_of(*SIZES))
async def test_logged_out_everywhere_every_tab_and_device_says_so_and_keeps_nothing(
    server: Server, browser: Browser, axe: str, size: tuple[int, int]
) -> None:
    username = new_name(size, "everywhere")
    async with person(browser, server, size) as ada, person(browser, server, size) as elsewhere:
        await begin_account(ada, username)
        await keep_code(ada)
        await log_in(elsewhere, username)
        await expect_home_of(elsewhere, "Ada")
        await elsewhere.page.get_by_role("link", name=re.compile("Round 1")).click()
        await elsewhere.wait_round_after(0)
        other_tab = Visitor(await elsewhere.page.context.new_page(), server.url)
        await go_to_settings(other_tab, username)
        await other_tab.page.get_by_label("New password", exact=True).fill("typed and not sent")

        await go_to_settings(ada, username)
        await ada.page.get_by_role("button", name="Log out everywhere").click()
        await for_everyone(ada, axe)
        await (
            ada.page.get_by_role("dialog", name="Log out everywhere?")
            .get_by_role("button", name="Log out everywhere")
            .click()
        )

        await expect(ada.page.get_by_text("You are logged out on every device.")).to_be_visible()
        await expect(elsewhere.page.get_by_role("heading", name="Who are you?")).to_be_visible()
        await expect(elsewhere.page.get_by_label("Your name")).to_have_value("")
        await expect(other_tab.page.get_by_text("You were logged out. Log in to go on.")).to_be_visible()
        assert await every_value(other_tab.page) == ["", ""]
        await for_everyone(elsewhere, axe)

        await elsewhere.page.get_by_role("link", name="I have an account").click()
        await elsewhere.page.get_by_label("User name").fill(username)
        await elsewhere.page.get_by_label("Password", exact=True).fill(PASSWORD)
        await elsewhere.page.keyboard.press("Enter")
        await elsewhere.wait_round_after(0)  # where it was left


async def test_logged_out_here_the_other_device_stays(server: Server, browser: Browser) -> None:
    async with person(browser, server) as ada, person(browser, server) as elsewhere:
        await begin_account(ada, "stays.there")
        await keep_code(ada)
        await log_in(elsewhere, "stays.there")
        await expect_home_of(elsewhere, "Ada")
        other_tab = await ada.page.context.new_page()
        await other_tab.goto(server.url)

        await go_to_settings(ada, "stays.there")
        await ada.page.get_by_role("button", name="Log out here").click()

        await expect(ada.page.get_by_text("You are logged out.")).to_be_visible()
        await expect(other_tab.get_by_text("You were logged out. Log in to go on.")).to_be_visible()
        await elsewhere.page.reload()
        await expect_home_of(elsewhere, "Ada")
