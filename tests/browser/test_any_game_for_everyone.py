"""The page of any game by keyboard and screen reader, on a small phone and a desk, in light and in dark."""

import re
from collections.abc import Awaitable, Callable
from typing import Final, Literal

import pytest
from playwright.async_api import Browser, expect

from tests.browser.sitter import Sitter, sitter
from tests.browser.sizes import LYING, misfits
from tests.kit.server import Server

PHONE: Final = (320, 640)
DESK: Final = (1440, 900)


async def _bid_and_be_refused(ada: Sitter) -> None:
    await ada.planner.get_by_label("Bid", exact=True).fill("999")
    await ada.send()
    await expect(ada.planner.get_by_role("alert").get_by_text("You have 30.")).to_be_visible()


async def _choose_a_hint(ada: Sitter) -> None:
    await ada.planner.get_by_role("radio", name="Hint").check()


@pytest.mark.parametrize(
    ("size", "colours"),
    [
        (PHONE, "light"),
        (DESK, "dark"),
        pytest.param(PHONE, "dark", marks=pytest.mark.long),
        pytest.param(DESK, "light", marks=pytest.mark.long),
    ],
)
async def test_every_place_is_for_everyone(
    bids: Server, browser: Browser, axe: str, size: tuple[int, int], colours: Literal["dark", "light"]
) -> None:
    await _look_at_every_place(bids, browser, axe, size, colours, _bid_and_be_refused)


async def test_unions_seats_and_hands_are_for_everyone(hanabi: Server, browser: Browser, axe: str) -> None:
    await _look_at_every_place(hanabi, browser, axe, PHONE, "light", _choose_a_hint)


async def test_a_game_is_played_by_keyboard_alone(bids: Server, browser: Browser) -> None:
    async with sitter(browser, bids.url) as ada:
        await ada.go_home()
        keys = ada.page.keyboard
        await _tab_to(ada, "Your name")
        await keys.type("Ada")
        await keys.press("Enter")
        await _tab_to(ada, "Start the game")
        await keys.press("Enter")
        await ada.wait_round(1)
        await _tab_to(ada, "Bid")
        await keys.press("ArrowUp")
        await keys.press("ArrowUp")

        await keys.press("Enter")

        await ada.wait_round(2)
        assert any(line.startswith("Your plan: bid 2") for line in await ada.log_lines())


async def test_on_a_phone_that_lies_nothing_stands_over_the_plan(bids: Server, browser: Browser) -> None:
    async with sitter(browser, bids.url, *LYING) as ada:
        await ada.make_table("Ada", {}, bots=1)
        await ada.start()
        await ada.planner.get_by_role("button", name=re.compile("[Rr]eady$")).scroll_into_view_if_needed()

        assert await misfits(ada, [LYING]) == []


async def _look_at_every_place(
    server: Server,
    browser: Browser,
    axe: str,
    size: tuple[int, int],
    colours: Literal["dark", "light"],
    act: Callable[[Sitter], Awaitable[None]],
) -> None:
    async with sitter(browser, server.url, *size, colours) as ada, sitter(browser, server.url, *size, colours) as bo:
        await ada.go_home()
        await _expect_for_everyone(ada, axe)
        await ada.page.locator("summary").click()
        await _expect_for_everyone(ada, axe)
        link = await ada.make_table("Ada with the very long name"[:24], {})
        await _expect_for_everyone(ada, axe)
        await bo.page.goto(link)
        await expect(bo.page.get_by_role("button", name="Take a seat")).to_be_visible()
        await _expect_for_everyone(bo, axe)
        await bo.tell_name("Bo")
        await bo.page.get_by_role("button", name="Take a seat").click()
        await expect(ada.page.get_by_role("list", name="Seats").get_by_text("Bo", exact=True)).to_be_visible()
        await ada.start()
        await _expect_for_everyone(ada, axe)
        await act(ada)
        await _expect_for_everyone(ada, axe)
        await ada.page.get_by_role("button", name="Give up").click()
        await _expect_for_everyone(ada, axe)
        await ada.page.get_by_role("dialog").get_by_role("button", name="Give up").click()
        await expect(bo.page.get_by_role("log").get_by_text("gave up")).to_be_visible()
        if not await bo.page.locator("#result").is_visible():  # who plays together is not left alone as the winner
            await bo.page.get_by_role("button", name="Give up").click()
            await bo.page.get_by_role("dialog").get_by_role("button", name="Give up").click()
        await bo.wait_over()
        await _expect_for_everyone(bo, axe)
        await bo.page.get_by_role("link", name="Watch it again").click()
        await expect(bo.page.get_by_role("slider")).to_be_visible()
        await _expect_for_everyone(bo, axe)
        await ada.go_home()
        await expect(ada.page.get_by_role("heading", name="Games that are over")).to_be_visible()
        await _expect_for_everyone(ada, axe)
        await ada.page.goto(f"{server.url}/g/22222Z")
        await expect(ada.page.get_by_role("heading", name="No table with this code")).to_be_visible()
        await _expect_for_everyone(ada, axe)


async def _expect_for_everyone(person: Sitter, axe: str) -> None:
    assert await person.broken_for_some(axe) == []
    assert await person.nameless_controls() == []
    assert await person.width_hidden() <= 0
    assert await person.too_small() == []


async def _tab_to(person: Sitter, name: str) -> None:
    """As often as it takes, which a person would call far."""
    wanted = person.page.get_by_label(name, exact=True).or_(person.page.get_by_role("button", name=name, exact=True))
    await expect(wanted).to_be_visible()
    for _ in range(30):
        if await wanted.evaluate("control => control === document.activeElement"):
            return
        await person.page.keyboard.press("Tab")
    raise AssertionError(f"no key leads to {name}")
