"""The pages work with a keyboard alone, on a narrow phone, and for a screen reader."""

import re

from playwright.async_api import Browser, expect

from tests.browser.sizes import LYING
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server

TABS_MAX = 60


async def test_a_game_is_played_and_given_up_with_the_keyboard_alone(server: Server, browser: Browser) -> None:
    async with visitor(browser, server.url) as ada:
        await ada.go_home()
        await _tab_to(ada, "input[name=name]")
        await ada.page.keyboard.type("Ada")
        await ada.page.keyboard.press("Enter")
        assert await ada.wait_round_after(0) == 1

        await _numbers_explain_themselves(ada)
        await ada.page.keyboard.press("x")
        await ada.page.keyboard.press("x")
        await ada.page.keyboard.press("Backspace")
        await expect(ada.slots).to_have_count(1)
        await ada.wait_confirmed()
        await ada.page.keyboard.press("Enter")
        assert await ada.wait_round_after(1) == 2
        await _tab_to(ada, "button[aria-label^='Move']:not([aria-disabled=true])")
        await ada.page.keyboard.press("Enter")
        await expect(ada.slots).to_have_count(1)
        await _tab_to(ada, "button[aria-label^='Step 1']")
        await ada.page.keyboard.press("Space")
        await expect(ada.slots).to_have_count(0)

        await _tab_to(ada, ".menu button:last-of-type")
        await ada.page.keyboard.press("Enter")
        await expect(ada.page.get_by_role("dialog", name="Give up this game?")).to_be_visible()
        await _tab_to(ada, "dialog button.danger")
        await ada.page.keyboard.press("Enter")
        await expect(ada.page.get_by_text("You have fallen.")).to_be_visible()
        assert ada.complaints == []


async def test_no_page_scrolls_sideways_on_a_narrow_phone(server: Server, browser: Browser) -> None:
    async with visitor(browser, server.url, width=360, height=740) as ada:
        await ada.go_home()
        assert await ada.width_hidden() <= 0
        await ada.tell_name("Ada Lovelace of the Maze")
        await ada.make_game(seats=8, bots=7, rules={"First ring falls in round": "3"})
        assert await ada.width_hidden() <= 0
        await ada.page.get_by_role("button", name="Start the game").click()
        assert await ada.wait_round_after(0) == 1
        assert await ada.width_hidden() <= 0

        await ada.page.goto(f"{server.url}/nowhere/at/all")
        await expect(ada.page.get_by_role("heading", name="A dead end")).to_be_visible()
        assert await ada.width_hidden() <= 0


async def test_on_a_phone_that_lies_one_plays_without_scrolling(server: Server, browser: Browser) -> None:
    async with visitor(browser, server.url, *LYING) as ada:
        await ada.go_home()
        await expect(ada.page.get_by_role("button", name="Play", exact=True)).to_be_in_viewport(ratio=1)
        await ada.play_against_bots("Ada")

        for there in (ada.page.locator(".stage"), ada.ready_button, ada.page.get_by_role("button", name="Move west")):
            await expect(there).to_be_in_viewport(ratio=1)


async def test_every_control_has_a_name_and_every_page_passes_axe(server: Server, browser: Browser, axe: str) -> None:
    async with visitor(browser, server.url) as ada, visitor(browser, server.url) as bo:
        await ada.go_home()
        await _is_for_everyone(ada, axe)
        await ada.tell_name("Ada")
        link = await ada.make_game(seats=2, bots=0, rules={"Size of the board": "3"})
        await _is_for_everyone(ada, axe)
        await bo.take_seat(link, "Bo")
        await _is_for_everyone(bo, axe)
        await ada.page.get_by_role("button", name="Start the game").click()
        assert await ada.wait_round_after(0) == await bo.wait_round_after(0) == 1
        await ada.page.keyboard.press("x")
        await expect(ada.slots).to_have_count(1)
        await ada.wait_confirmed()
        await _is_for_everyone(ada, axe)

        await bo.page.get_by_role("button", name="Give up").click()
        await bo.page.get_by_role("dialog").get_by_role("button", name="Give up").click()
        await expect(ada.page.get_by_role("link", name="Watch it again")).to_be_visible()
        await _is_for_everyone(ada, axe)
        await ada.page.get_by_role("link", name="Watch it again").click()
        await expect(ada.page.get_by_role("slider", name="Moment of the game")).to_be_visible()
        await _is_for_everyone(ada, axe)
        assert ada.complaints == bo.complaints == []


async def _numbers_explain_themselves(ada: Visitor) -> None:
    """Round, ring, health and flames say what they mean to who comes to them by key, until Escape."""
    told = ada.page.get_by_role("tooltip")
    await _tab_to(ada, ".state button")
    await expect(told).to_contain_text(
        re.compile(r"The outermost ring falls in (10|9|8) rounds\.")
    )  # a round may have gone
    await ada.page.keyboard.press("Tab")
    await expect(told).to_contain_text("2 more each round, 4 at most.")
    await ada.page.keyboard.press("Escape")
    await expect(told).to_be_hidden()


async def _is_for_everyone(person: Visitor, axe: str) -> None:
    assert await person.nameless_controls() == []
    assert await person.broken_for_some(axe) == []


async def _tab_to(person: Visitor, selector: str) -> None:
    """Press Tab until the focus is there; a control that Tab never reaches fails."""
    for _ in range(TABS_MAX):
        await person.page.keyboard.press("Tab")
        if await person.page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")
