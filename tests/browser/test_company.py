"""Who is here, who has planned and whom the round waits for, as both pages show it."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.lobby import come, come_and_go, seats
from tests.browser.sitter import Sitter, sitter
from tests.browser.sizes import misfits, too_wide
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server


async def test_who_vanishes_from_a_game_of_minotaur_is_seen_to_be_away_and_back(
    server: Server, browser: Browser, axe: str
) -> None:
    async def ready(one: Visitor) -> None:
        await one.page.keyboard.press("x")
        await one.wait_confirmed()
        await one.page.keyboard.press("Enter")

    async def look(person: Visitor, _name: str) -> None:
        assert await too_wide(person) == []
        assert await person.broken_for_some(axe) == []

    async with visitor(browser, server.url) as ada, visitor(browser, server.url) as bo:
        await ada.go_home()
        await ada.tell_name("Ada")
        link = await ada.make_game(seats=3, bots=1, rules={}, round_time="10 minutes")
        await come(bo, link, "Bo")
        seat = seats(ada).get_by_role("listitem").nth(1)
        await expect(seat).to_contain_text("(here)")
        await bo.page.goto("about:blank")
        await expect(seat).to_contain_text("away")
        assert await misfits(ada) == []
        await look(ada, "one-is-away")
        await bo.page.goto(link)
        await expect(seat).to_contain_text("(here)")
        await ada.page.get_by_role("button", name="Start the game").click()
        await ada.wait_round_after(0)
        await bo.wait_round_after(0)

        await come_and_go(ada, bo, ada.page.get_by_role("list", name="Players"), link, ready, look)

        assert ada.complaints == bo.complaints == []


@pytest.mark.long
async def test_who_vanishes_from_a_table_of_any_game_is_seen_to_be_away_and_back(
    bids: Server, browser: Browser, axe: str
) -> None:
    async def ready(one: Visitor) -> None:
        assert isinstance(one, Sitter)
        await one.be_ready()

    async def look(person: Visitor, _name: str) -> None:
        assert await misfits(person) == []
        assert await person.broken_for_some(axe) == []

    async with sitter(browser, bids.url) as ada, sitter(browser, bids.url) as bo:
        link = await ada.make_table("Ada", {}, seats=3, bots=1, round_time="10 minutes")
        await come(bo, link, "Bo")
        await ada.start()
        await bo.wait_round(1)

        await come_and_go(ada, bo, ada.page.get_by_role("region", name="Players"), link, ready, look)

        assert ada.complaints == bo.complaints == []
