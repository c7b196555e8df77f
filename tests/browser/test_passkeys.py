"""Passkeys, as people meet them: opened with, come in by, more and fewer, and everything that can be in the way."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.browser.member import (
    DESK,
    PASSWORD,
    SIZES,
    begin_account,
    expect_home_of,
    for_everyone,
    go_to_settings,
    keep_code,
    log_in,
    new_name,
    person,
    recover,
    tab_to,
)
from tests.browser.passkeys import (
    WITHOUT,
    log_in_by_passkey,
    open_by_passkey,
    passkey_names,
    with_device,
)
from tests.kit.forms import first_of
from tests.kit.server import Server


@pytest.mark.parametrize("size", first_of(*SIZES))
async def test_a_guest_keeps_their_games_by_a_passkey_and_finds_them_on_another_device(
    server: Server, browser: Browser, axe: str, size: tuple[int, int]
) -> None:
    username = new_name(size, "by.passkey")
    async with (
        with_device(browser, server, size) as (ada, device),
        with_device(browser, server, size) as (elsewhere, phone),
    ):
        await ada.play_against_bots("Ada")
        game = ada.page.url
        await ada.go_home()
        await ada.page.get_by_role("link", name="Keep your games").click()
        await expect(ada.page.get_by_role("button", name="Take a passkey instead")).to_be_visible()
        await for_everyone(ada, axe)
        code = await open_by_passkey(ada, username)
        assert re.fullmatch(r"([2-9A-Z]{5}-){4}[2-9A-Z]{5}", code)
        await keep_code(ada)
        await expect_home_of(ada, "Ada")
        await phone.take(await device.passkeys())

        await elsewhere.page.goto(f"{elsewhere.base_url}/you")
        await expect(elsewhere.page.get_by_role("button", name="Log in with a passkey")).to_be_visible()
        await for_everyone(elsewhere, axe)
        await elsewhere.page.get_by_role("button", name="Log in with a passkey").click()
        await expect_home_of(elsewhere, "Ada")
        await elsewhere.page.get_by_role("link", name=re.compile("Round 1")).click()

        await elsewhere.wait_round_after(0)
        assert elsewhere.page.url == game
        await go_to_settings(elsewhere, username)


@pytest.mark.parametrize("size", first_of(*SIZES))
async def test_passkeys_are_added_renamed_and_removed_and_the_last_way_in_stays(
    server: Server, browser: Browser, axe: str, size: tuple[int, int]
) -> None:
    username = new_name(size, "more.keys")
    async with (
        with_device(browser, server, size) as (ada, device),
        with_device(browser, server, size) as (elsewhere, phone),
    ):
        await ada.page.goto(f"{ada.base_url}/you")
        await ada.page.get_by_role("button", name="Open an account").click()
        await open_by_passkey(ada, username)
        await keep_code(ada)
        await phone.take(await device.passkeys())
        await log_in_by_passkey(elsewhere)
        await expect_home_of(elsewhere, username)
        await go_to_settings(elsewhere, username)
        await elsewhere.page.get_by_role("button", name="Add a passkey").click()
        adding = elsewhere.page.get_by_role("dialog", name="Add a passkey")
        await adding.get_by_label("What to call it").fill("My phone")
        await for_everyone(elsewhere, axe)
        await adding.get_by_role("button", name="Show a passkey").click()
        await expect(adding.get_by_text("That is you.")).to_be_visible()
        await adding.get_by_role("button", name="Make the passkey").click()
        await expect(adding.get_by_text("This device has a passkey of yours already.")).to_be_visible()
        await phone.lose_all()

        await adding.get_by_role("button", name="Make the passkey").click()
        await expect(elsewhere.page.get_by_text("Added: My phone.")).to_be_visible()
        first, second = await passkey_names(elsewhere)
        await for_everyone(elsewhere, axe)
        assert (first == "My phone", second) == (False, "My phone")
        await elsewhere.page.get_by_role("button", name=f"Rename {first}").click()
        renaming = elsewhere.page.get_by_role("dialog", name=f"Rename {first}")
        await expect(renaming.get_by_label("What to call it")).to_have_value(first)
        await renaming.get_by_label("What to call it").fill("x" * 41)
        await renaming.get_by_role("button", name="Save the name").click()
        await expect(renaming.get_by_text("40 characters at most")).to_be_visible()
        await for_everyone(elsewhere, axe)
        first = "The old tablet in the kitchen"
        await renaming.get_by_label("What to call it").fill(first)
        await elsewhere.page.keyboard.press("Enter")
        await expect(elsewhere.page.get_by_text(f"It is called {first} now.")).to_be_visible()
        assert await passkey_names(elsewhere) == [first, "My phone"]
        await for_everyone(elsewhere, axe)
        await go_to_settings(ada, username)
        await elsewhere.page.get_by_role("button", name=f"Remove {first}").click()
        asked = elsewhere.page.get_by_role("dialog", name=f"Remove the passkey “{first}”?")
        await for_everyone(elsewhere, axe)
        await asked.get_by_role("button", name="Remove").click()

        await expect(
            elsewhere.page.get_by_text(f"Removed: {first}. Your other devices are logged out.")
        ).to_be_visible()
        assert await passkey_names(elsewhere) == ["My phone"]
        await expect(ada.page.get_by_text("You were logged out. Log in to go on.")).to_be_visible()
        await elsewhere.page.get_by_role("button", name="Remove My phone").click()
        await elsewhere.page.get_by_role("dialog").get_by_role("button", name="Remove").click()
        await expect(elsewhere.page.get_by_text("Without a password you need this passkey.")).to_be_visible()
        await ada.page.get_by_role("button", name="Log in with a passkey").click()
        await expect(ada.page.get_by_text("That passkey does not fit here, or it took too long.")).to_be_visible()
        await for_everyone(ada, axe)


async def test_a_passkey_sets_a_password_and_then_may_go(server: Server, browser: Browser) -> None:
    async with with_device(browser, server) as (ada, _), with_device(browser, server) as (elsewhere, _):
        await ada.page.goto(f"{ada.base_url}/you")
        await ada.page.get_by_role("button", name="Open an account").click()
        await open_by_passkey(ada, "sets.one")
        await keep_code(ada)
        await go_to_settings(ada, "sets.one")
        await expect(ada.page.get_by_text("You have no password.")).to_be_visible()
        await ada.page.get_by_label("New password", exact=True).fill(PASSWORD)

        await ada.page.get_by_role("button", name="Set a password").click()
        await expect(ada.page.get_by_text("Set. Your other devices are logged out.")).to_be_visible()
        await expect(ada.page.get_by_label("Your password now", exact=True)).to_be_visible()
        (name,) = await passkey_names(ada)
        await ada.page.get_by_role("button", name=f"Remove {name}").click()
        await ada.page.get_by_role("dialog").get_by_role("button", name="Remove").click()

        await expect(ada.page.get_by_text("You have none yet.")).to_be_visible()
        await log_in(elsewhere, "sets.one")
        await expect_home_of(elsewhere, "sets.one")


async def test_who_has_a_password_adds_a_passkey_by_it(server: Server, browser: Browser) -> None:
    async with with_device(browser, server) as (ada, device):
        await begin_account(ada, "adds.one")
        await keep_code(ada)
        await go_to_settings(ada, "adds.one")
        await expect(ada.page.get_by_text("You have none yet.")).to_be_visible()
        await ada.page.get_by_role("button", name="Add a passkey").click()
        adding = ada.page.get_by_role("dialog", name="Add a passkey")
        await adding.get_by_role("button", name="Make the passkey").click()
        await expect(adding.get_by_text("Type your password.")).to_be_visible()
        await adding.get_by_label("Your password", exact=True).fill("wrong horse")
        await adding.get_by_role("button", name="Make the passkey").click()
        await expect(adding.get_by_text("That is not your password.")).to_be_visible()
        await adding.get_by_label("What to call it").fill("x" * 41)
        await adding.get_by_label("Your password", exact=True).fill(PASSWORD)
        await adding.get_by_role("button", name="Make the passkey").click()
        await expect(adding.get_by_text("40 characters at most")).to_be_visible()
        assert await device.passkeys() == []
        await adding.get_by_label("What to call it").fill("Key <b>1</b>")

        await adding.get_by_role("button", name="Make the passkey").click()

        await expect(ada.page.get_by_text("Added: Key <b>1</b>.")).to_be_visible()
        assert await passkey_names(ada) == ["Key <b>1</b>"]
        assert len(await device.passkeys()) == 1


async def test_the_keyboard_does_it_all(server: Server, browser: Browser) -> None:
    async with with_device(browser, server, DESK) as (ada, _):
        keys = ada.page.keyboard
        await ada.page.goto(f"{ada.base_url}/you")
        await tab_to(ada, "Open an account")
        await keys.press("Enter")
        await tab_to(ada, "User name")
        await keys.type("keys.only")
        await tab_to(ada, "Take a passkey instead")
        await keys.press("Enter")
        await expect(ada.page.get_by_role("heading", name="Keep this code")).to_be_focused()
        await tab_to(ada, "I have kept it")
        await keys.press("Enter")
        await go_to_settings(ada, "keys.only")
        await tab_to(ada, "Log out here")
        await keys.press("Enter")
        await expect(ada.page.get_by_text("You are logged out.")).to_be_visible()

        await tab_to(ada, "Log in with a passkey")
        await keys.press("Enter")

        await expect_home_of(ada, "keys.only")


async def test_who_stops_is_told_so_and_may_try_again(server: Server, browser: Browser, axe: str) -> None:
    async with with_device(browser, server) as (ada, device):
        await ada.page.goto(f"{ada.base_url}/you")
        await ada.page.get_by_role("button", name="Open an account").click()
        await ada.page.get_by_role("button", name="Take a passkey instead").click()
        await expect(ada.page.get_by_text("Choose a user name.")).to_be_visible()
        await device.be_unwilling()
        await ada.page.get_by_label("User name").fill("stops")
        await ada.page.get_by_role("button", name="Take a passkey instead").click()
        await expect(ada.page.get_by_text("No passkey was used. You stopped, or it took too long.")).to_be_visible()
        await for_everyone(ada, axe)
        await expect(ada.page.get_by_label("User name")).to_have_value("stops")

        await device.be_unwilling(unwilling=False)
        await open_by_passkey(ada, "stops")
        await keep_code(ada)
        await go_to_settings(ada, "stops")
        await ada.page.get_by_role("button", name="Log out here").click()
        await device.be_unwilling()
        await ada.page.get_by_role("button", name="Log in with a passkey").click()

        await expect(ada.page.get_by_text("No passkey was used. You stopped, or it took too long.")).to_be_visible()
        await device.be_unwilling(unwilling=False)
        await ada.page.get_by_role("button", name="Log in with a passkey").click()
        await expect_home_of(ada, "stops")


async def test_a_user_name_that_is_taken_is_said_at_its_field(server: Server, browser: Browser) -> None:
    async with with_device(browser, server) as (ada, device):
        await begin_account(ada, "is.taken")
        await keep_code(ada)
        await ada.page.context.clear_cookies()
        await ada.page.goto(f"{ada.base_url}/you")
        await ada.page.get_by_role("button", name="Open an account").click()
        await ada.page.get_by_label("User name").fill("IS.TAKEN")

        await ada.page.get_by_role("button", name="Take a passkey instead").click()

        await expect(ada.page.get_by_text("Somebody has that user name.")).to_be_visible()
        await expect(ada.page.get_by_label("User name")).to_be_focused()
        assert await device.passkeys() == []


async def test_a_guest_is_asked_before_a_passkey_makes_them_somebody_else(server: Server, browser: Browser) -> None:
    async with with_device(browser, server) as (ada, device), with_device(browser, server) as (guest, theirs):
        await ada.page.goto(f"{ada.base_url}/you")
        await ada.page.get_by_role("button", name="Open an account").click()
        await open_by_passkey(ada, "asked.by.key")
        await keep_code(ada)
        await theirs.take(await device.passkeys())
        await guest.play_against_bots("Gus")
        await guest.page.goto(f"{guest.base_url}/you")
        await guest.page.get_by_role("button", name="I have an account").click()

        await guest.page.get_by_role("button", name="Log in with a passkey").click()
        asked = guest.page.get_by_role("dialog", name="Leave Gus behind?")
        await asked.get_by_role("button", name="Stay").click()
        await guest.page.get_by_role("button", name="Log in with a passkey").click()
        await asked.get_by_role("button", name="Leave them behind").click()

        await expect(guest.page.get_by_text("Logged in as").or_(guest.page.locator("form.play"))).to_be_visible()
        await guest.go_home()
        await expect_home_of(guest, "asked.by.key")


async def test_a_browser_without_passkeys_says_so_and_what_else_leads_in(
    server: Server, browser: Browser, axe: str
) -> None:
    async with with_device(browser, server) as (ada, _), person(browser, server) as old:
        await ada.page.goto(f"{ada.base_url}/you")
        await ada.page.get_by_role("button", name="Open an account").click()
        code = await open_by_passkey(ada, "old.browser")
        await keep_code(ada)
        await old.page.add_init_script(WITHOUT)

        await old.page.goto(f"{old.base_url}/you")
        await expect(old.page.get_by_text("This browser has no passkeys here. If you log in with one")).to_be_visible()
        await expect(old.page.get_by_role("button", name=re.compile("passkey"))).to_have_count(0)
        await for_everyone(old, axe)
        await old.page.get_by_role("button", name="I forgot my password").click()
        await recover(old, "old.browser", code, PASSWORD)
        await keep_code(old)
        await go_to_settings(old, "old.browser")

        await expect(old.page.get_by_text("You have none yet.")).to_be_visible()
        await expect(old.page.get_by_text("This browser has no passkeys here. It takes")).to_be_visible()
        await for_everyone(old, axe)


async def test_at_another_address_it_is_said_where_passkeys_work(server: Server, browser: Browser) -> None:
    async with person(browser, server) as ada:
        await ada.page.goto(f"{server.url}/you")
        await ada.page.get_by_role("button", name="Open an account").click()
        await ada.page.get_by_label("User name").fill("elsewhere")

        await ada.page.get_by_role("button", name="Take a passkey instead").click()

        await expect(ada.page.get_by_text("Passkeys of this game work at localhost only.")).to_be_visible()


async def test_an_account_without_a_password_is_deleted_by_its_passkey(
    server: Server, browser: Browser, axe: str
) -> None:
    async with with_device(browser, server) as (ada, device):
        await ada.page.goto(f"{ada.base_url}/you")
        await ada.page.get_by_role("button", name="Open an account").click()
        await open_by_passkey(ada, "goes.by.key")
        await keep_code(ada)
        await go_to_settings(ada, "goes.by.key")
        await expect(ada.page.get_by_text("You have no password.")).to_be_visible()
        await ada.page.get_by_role("button", name="Delete my account").click()
        dialog = ada.page.get_by_role("dialog", name="Delete your account?")
        await expect(dialog.get_by_text("Your passkey proves that it is you.")).to_be_visible()
        await for_everyone(ada, axe)
        await device.be_unwilling()
        await dialog.get_by_role("button", name="Delete it for good").click()
        await expect(dialog.get_by_text("No passkey was used.")).to_be_visible()
        await device.be_unwilling(unwilling=False)

        await dialog.get_by_role("button", name="Delete it for good").click()

        await expect(ada.page.get_by_text("Your account is deleted.")).to_be_visible()
        await ada.page.get_by_role("button", name="Log in with a passkey").click()
        await expect(ada.page.get_by_text("That passkey does not fit here, or it took too long.")).to_be_visible()


@pytest.mark.parametrize("is_guest", [False, True], ids=["nobody", "guest"])
async def test_a_passkey_that_is_chosen_at_the_user_name_leads_in(
    server: Server, browser: Browser, is_guest: bool
) -> None:
    username = f"offered.{is_guest}".lower()
    async with with_device(browser, server) as (ada, device), with_device(browser, server, offered=True) as (one, its):
        await ada.page.goto(f"{ada.base_url}/you")
        await ada.page.get_by_role("button", name="Open an account").click()
        await open_by_passkey(ada, username)
        await keep_code(ada)
        await its.take(await device.passkeys())
        if is_guest:
            await one.play_against_bots("Gus")

        await one.page.goto(f"{one.base_url}/you")
        if is_guest:
            await one.page.get_by_role("button", name="I have an account").click()
            await one.page.get_by_role("dialog", name="Leave Gus behind?").get_by_role("button", name="Leave").click()

        await expect(one.page.get_by_text("Logged in as").or_(one.page.locator("form.play"))).to_be_visible()
        await go_to_settings(one, username)
