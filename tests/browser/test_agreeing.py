"""Two people agree on a pause, go on, and let the autopilot play for who closed the tab: on both pages."""

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.lobby import come
from tests.browser.sitter import sitter
from tests.browser.sizes import DESK, PHONE, too_wide
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server

AWAY_WITHIN_MS = 20_000


def agreements(person: Visitor) -> Locator:
    return person.page.get_by_role("region", name="What you agree on")


def button(person: Visitor, words: str) -> Locator:
    return agreements(person).get_by_role("button", name=words, exact=True)


async def fine(person: Visitor, axe: str) -> None:
    """At every size nothing has to be scrolled to sideways, and what is agreed to is large enough for a finger."""
    assert await too_wide(person) == []
    assert await person.broken_for_some(axe) == []
    small = [box for each in await agreements(person).get_by_role("button").all() if (box := await each.bounding_box())]
    assert all(box["height"] >= 44 for box in small), small


async def agree_on_everything(ada: Visitor, bo: Visitor, players: Locator, axe: str) -> None:
    """From the first round on, which is long; who is second closes the tab at last."""
    await button(ada, "Pause").click()
    await expect(agreements(ada).get_by_text("You would like a pause. Waiting for Bo.").first).to_be_visible()
    asked = agreements(bo).get_by_text("Ada would like a pause.")
    await expect(asked.first).to_be_visible()
    await expect(bo.page.get_by_role("status").get_by_text("Ada would like a pause.")).to_be_attached()
    await fine(bo, axe)
    await button(bo, "Agree").click()

    for person in (ada, bo):
        await expect(agreements(person).get_by_text("Paused by agreement", exact=True)).to_be_visible()
        await expect(agreements(person).get_by_text("goes on in 14:")).to_be_visible()
    left = await ada.page.get_by_role("timer").get_attribute("aria-label")
    assert left is not None and left.endswith("the clock stands")
    await fine(ada, axe)
    await ada.page.reload()
    await expect(agreements(ada).get_by_text("Paused by agreement", exact=True)).to_be_visible()
    await button(ada, "Go on").click()
    await button(bo, "Go on").click()
    for person in (ada, bo):
        await expect(agreements(person).get_by_text("Paused by agreement", exact=True)).to_be_hidden()
        await expect(button(person, "Pause")).to_be_visible()

    await bo.page.goto("about:blank")
    await expect(button(ada, "Let the autopilot play for Bo")).to_be_visible(timeout=AWAY_WITHIN_MS)
    await fine(ada, axe)
    await button(ada, "Let the autopilot play for Bo").click()
    await expect(players.get_by_role("listitem").filter(has=ada.page.get_by_text("Bo", exact=True))).to_contain_text(
        "autopilot"
    )
    await expect(agreements(ada).get_by_role("button")).to_have_count(1)


async def test_two_agree_on_a_pause_and_on_an_autopilot_in_a_game_of_minotaur(
    server: Server, browser: Browser, axe: str
) -> None:
    async with visitor(browser, server.url, *DESK) as ada, visitor(browser, server.url, *PHONE) as bo:
        await ada.go_home()
        await ada.tell_name("Ada")
        link = await ada.make_game(seats=3, bots=1, rules={}, round_time="10 minutes")
        await come(bo, link, "Bo")
        await ada.page.get_by_role("button", name="Start the game").click()
        await ada.wait_round_after(0)
        await bo.wait_round_after(0)

        await agree_on_everything(ada, bo, ada.page.get_by_role("list", name="Players"), axe)

        assert ada.complaints == bo.complaints == []


@pytest.mark.long
async def test_two_agree_on_a_pause_and_on_an_autopilot_at_a_table_of_any_game(
    bids: Server, browser: Browser, axe: str
) -> None:
    async with sitter(browser, bids.url) as ada, sitter(browser, bids.url) as bo:
        link = await ada.make_table("Ada", {}, seats=3, bots=1, round_time="10 minutes")
        await come(bo, link, "Bo")
        await ada.start()
        await bo.wait_round(1)

        await agree_on_everything(ada, bo, ada.page.get_by_role("region", name="Players"), axe)

        assert ada.complaints == bo.complaints == []
