"""A person with an account, on the place "you" of either page."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from playwright.async_api import Browser, Page, expect

from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server

PHONE: Final = (360, 740)
DESK: Final = (1440, 900)
SIZES: Final = (PHONE, DESK)
PASSWORD: Final = "correct horse"
REFUSED: Final = re.compile(r"status of (403|409|422|429|503)")
"""What Chromium itself says of an answer that the page shows in words."""
TABS_MAX: Final = 60


@asynccontextmanager
async def person(browser: Browser, server: Server, size: tuple[int, int] = PHONE) -> AsyncGenerator[Visitor]:
    """One of whom the page complains about nothing but refusals."""
    async with visitor(browser, server.url, *size) as one:
        yield one
        complaints = [complaint for complaint in one.complaints if not REFUSED.search(complaint)]
        assert not complaints, complaints


def new_name(size: tuple[int, int], of: str) -> str:
    """One server serves all sizes, and a user name is chosen once."""
    return f"{of}.{size[0]}"


async def begin_account(one: Visitor, username: str, name: str = "Ada") -> str:
    """From nothing to a running game and an account; gives the recovery code."""
    await one.play_against_bots(name)
    await one.go_home()
    await one.page.get_by_role("link", name="Keep your games").click()
    return await open_account(one, username)


async def open_account(one: Visitor, username: str) -> str:
    await one.page.get_by_label("User name").fill(username)
    await one.page.get_by_label("Password", exact=True).fill(PASSWORD)
    await one.page.get_by_role("button", name=re.compile("^(Keep my games|Open it)$")).click()
    await expect(one.page.get_by_role("heading", name="Keep this code")).to_be_visible()
    return await shown_code(one)


async def shown_code(one: Visitor) -> str:
    return "-".join(await one.page.get_by_label("Your recovery code").locator("span").all_inner_texts())


async def keep_code(one: Visitor) -> None:
    await one.page.get_by_role("button", name="I have kept it").click()
    await expect(one.page.get_by_role("heading", name="Minotaur", exact=True)).to_be_visible()


async def log_in(one: Visitor, username: str, password: str = PASSWORD) -> None:
    await one.page.goto(f"{one.base_url}/you")
    await one.page.get_by_label("User name").fill(username)
    await one.page.get_by_label("Password", exact=True).fill(password)
    await one.page.get_by_role("button", name="Log in", exact=True).click()


async def go_to_settings(one: Visitor, username: str) -> None:
    await one.page.goto(f"{one.base_url}/you")
    await expect(one.page.get_by_text(f"Logged in as {username}")).to_be_visible()


async def expect_home_of(one: Visitor, name: str) -> None:
    await expect(one.page.get_by_role("heading", name="Minotaur", exact=True)).to_be_visible()
    await expect(one.page.locator("form.play").get_by_text(name, exact=True)).to_be_visible()


async def for_everyone(one: Visitor, axe: str) -> None:
    assert await one.broken_for_some(axe) == []
    assert await one.nameless_controls() == []
    assert await one.width_hidden() <= 0


async def recover(one: Visitor, username: str, code: str, password: str) -> None:
    await one.page.get_by_label("User name").fill(username)
    await one.page.get_by_label("Recovery code", exact=True).fill(code)
    await one.page.get_by_label("New password", exact=True).fill(password)
    await one.page.get_by_role("button", name="Set the new password").click()


async def every_value(page: Page) -> list[str]:
    """What stands in the fields of the page."""
    return await page.locator("input").evaluate_all("fields => fields.map(field => field.value)")


async def tab_to(one: Visitor, name: str) -> None:
    wanted = one.page.get_by_label(name, exact=True).or_(one.page.get_by_role("button", name=name, exact=True))
    await expect(wanted).to_be_visible()
    for _ in range(TABS_MAX):
        if await wanted.evaluate("control => control === document.activeElement"):
            return
        await one.page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {name}")
