"""Accounts changed, lost, found again and deleted; and what a wrong word is answered. On a phone and on a desk."""

import json
import re
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import running
from tests.browser.member import (
    PASSWORD,
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
)
from tests.browser.visitor import Visitor
from tests.kit.forms import first_of
from tests.kit.server import Server

TRIES: Final = 12
"""More than are let through for one name."""


@pytest.mark.parametrize("size", first_of(*SIZES))
async def test_name_and_password_are_changed_and_the_table_shows_the_name(
    server: Server, browser: Browser, axe: str, size: tuple[int, int]
) -> None:
    username = new_name(size, "changes")
    async with person(browser, server, size) as ada, person(browser, server, size) as elsewhere:
        await begin_account(ada, username)
        await keep_code(ada)
        await log_in(elsewhere, username)
        await expect_home_of(elsewhere, "Ada")
        await go_to_settings(ada, username)
        await ada.page.get_by_label("What others call you").fill("Lovelace")
        await ada.page.get_by_role("button", name="Change my name").click()
        await expect(ada.page.get_by_text("You are Lovelace now.")).to_be_visible()
        await ada.page.get_by_label("Your password now", exact=True).fill("wrong horse")
        await ada.page.get_by_label("New password", exact=True).fill("battery staple")
        await ada.page.get_by_role("button", name="Change my password").click()
        await expect(ada.page.get_by_label("Your password now", exact=True)).to_be_focused()
        await expect(ada.page.get_by_label("Your password now", exact=True)).to_have_accessible_description(
            "That is not your password. Try again."
        )
        await expect(ada.page.get_by_label("New password", exact=True)).to_have_value("battery staple")
        await for_everyone(ada, axe)
        await ada.page.get_by_label("Your password now", exact=True).fill(PASSWORD)
        await ada.page.keyboard.press("Enter")
        await expect(ada.page.get_by_text("Changed. Your other devices are logged out.")).to_be_visible()
        assert await every_value(ada.page) == ["", username, *[""] * 4]

        await expect(elsewhere.page.get_by_text("You were logged out. Log in to go on.")).to_be_visible()
        await log_in(elsewhere, username, "battery staple")
        await expect_home_of(elsewhere, "Lovelace")
        await elsewhere.make_game(seats=2, bots=0, rules={})

        await expect(elsewhere.page.get_by_role("listitem").filter(has_text="Lovelace")).to_be_visible()


@pytest.mark.parametrize("size", first_of(*SIZES))
async def test_a_code_brings_back_in_once_and_another_is_shown(
    server: Server, browser: Browser, axe: str, size: tuple[int, int]
) -> None:
    username = new_name(size, "forgets")
    async with person(browser, server, size) as ada, person(browser, server, size) as elsewhere:
        code = await begin_account(ada, username)
        await keep_code(ada)
        await elsewhere.page.goto(f"{server.url}/you")
        await elsewhere.page.get_by_role("button", name="I forgot my password").click()
        await for_everyone(elsewhere, axe)
        await recover(elsewhere, username, "22222-22222-22222-22222-22222", "battery staple")
        await expect_code_refused(elsewhere, "22222-22222-22222-22222-22222")
        await for_everyone(elsewhere, axe)

        await recover(elsewhere, username, code.lower().replace("-", " "), "battery staple")

        await expect(elsewhere.page.get_by_role("heading", name="Keep this code")).to_be_visible()
        another = await shown_code(elsewhere)
        assert another != code
        await keep_code(elsewhere)
        await expect_home_of(elsewhere, "Ada")
        await ada.page.goto(f"{server.url}/you")
        await ada.page.get_by_role("button", name="I forgot my password").click()
        await recover(ada, username, code, "another staple")
        await expect_code_refused(ada, code)


@pytest.mark.parametrize("size", first_of(*SIZES))
async def test_an_account_is_taken_along_and_deleted_after_a_question(
    server: Server, browser: Browser, axe: str, size: tuple[int, int]
) -> None:
    username = new_name(size, "goes")
    async with person(browser, server, size) as ada:
        await begin_account(ada, username)
        await keep_code(ada)
        await go_to_settings(ada, username)
        async with ada.page.expect_download() as found:
            await ada.page.get_by_role("button", name="Take a copy").click()
        kept = json.loads((await (await found.value).path()).read_bytes())
        assert (kept["username"], kept["display_name"], len(kept["games"])) == (username, "Ada", 1)

        await ada.page.get_by_role("button", name="Delete my account").click()
        asked = ada.page.get_by_role("dialog", name="Delete your account?")
        await expect(asked.get_by_text("Games you played stay")).to_be_visible()
        await for_everyone(ada, axe)
        await asked.get_by_label("Your password", exact=True).fill("wrong horse")
        await asked.get_by_role("button", name="Delete it for good").click()
        await expect(asked.get_by_label("Your password", exact=True)).to_be_focused()
        await expect(asked.get_by_text("That is not your password.")).to_be_visible()
        await ada.page.keyboard.press("Escape")
        assert not {PASSWORD, "wrong horse"} & set(await every_value(ada.page))
        await ada.page.get_by_role("button", name="Delete my account").click()
        await asked.get_by_label("Your password", exact=True).fill(PASSWORD)
        await ada.page.keyboard.press("Enter")

        await expect(ada.page.get_by_text("Your account is deleted.")).to_be_visible()
        await log_in(ada, username)
        await expect(ada.page.get_by_text("User name and password don’t fit together.")).to_be_visible()


@pytest.mark.parametrize("size", first_of(*SIZES))
async def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    own_server: Server, browser: Browser, axe: str, size: tuple[int, int]
) -> None:
    async with person(browser, own_server, size) as ada, person(browser, own_server, size) as bo:
        await ada.page.goto(f"{own_server.url}/you")
        await ada.page.get_by_role("button", name="Open an account").click()
        await open_account(ada, "taken")
        await keep_code(ada)
        username, password = bo.page.get_by_label("User name"), bo.page.get_by_label("Password", exact=True)
        keep = bo.page.get_by_role("button", name="Open it")
        await bo.page.goto(f"{own_server.url}/you")
        await bo.page.get_by_role("button", name="Open an account").click()

        await keep.click()
        await expect_wrong(bo, "User name", "Choose a user name.")
        await username.fill("Taken")
        await password.fill("short")
        await keep.click()
        await expect_wrong(bo, "Password", "A password has at least 8 characters.")
        await password.fill(PASSWORD)
        await bo.page.get_by_label("E-mail (optional)").fill("bo@example.org")
        await keep.click()
        await expect_wrong(bo, "User name", "Somebody has that user name.")
        await for_everyone(bo, axe)
        await username.fill("_bo_")
        await keep.click()
        await expect_wrong(bo, "User name", "A user name begins and ends with a letter or digit.")
        await username.fill("bo.bo")
        await own_server.kill()
        await keep.click()
        await expect_wrong(bo, "Password", "Minotaur can't be reached just now.")
        await expect(username).to_have_value("bo.bo")
        await expect(password).to_have_value(PASSWORD)
        await expect(bo.page.get_by_label("E-mail (optional)")).to_have_value("bo@example.org")
        await own_server.start()
        await keep.click()

        await expect(bo.page.get_by_role("heading", name="Keep this code")).to_be_visible()


async def test_guesses_that_come_too_often_are_told_when_to_try_again(tmp_path: Path, browser: Browser) -> None:
    async with running(Server(tmp_path / "data")) as server, person(browser, server) as ada:
        await log_in(ada, "nobody", "guess 0")
        for guess in range(1, TRIES):
            await expect(ada.page.get_by_role("button", name="Log in", exact=True)).to_be_visible()
            await ada.page.get_by_label("Password", exact=True).fill(f"guess {guess}")
            await ada.page.get_by_role("button", name="Log in", exact=True).click()

        await expect_wrong(ada, "Password", "That was very fast. Try again in ")
        await expect(ada.page.get_by_label("Password", exact=True)).to_have_value(f"guess {TRIES - 1}")


async def expect_code_refused(one: Visitor, code: str) -> None:
    field = one.page.get_by_label("Recovery code", exact=True)
    await expect(field).to_be_focused()
    await expect(field).to_have_value(code)
    await expect(field).to_have_accessible_description(re.compile("A code works once"))


async def expect_wrong(one: Visitor, label: str, words: str) -> None:
    field = one.page.get_by_label(label, exact=True)
    await expect(field).to_be_focused()
    await expect(field).to_have_accessible_description(re.compile(f"^{re.escape(words)}"))
