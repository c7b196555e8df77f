"""Three friends play again and again: whoever asks, they meet in one lobby, and are asked where they are."""

import asyncio
import re
from contextlib import AsyncExitStack

import pytest
from playwright.async_api import Browser, expect

from tests.browser.lobby import change_seat, code_of, come, give_up, seats
from tests.browser.sitter import Sitter, sitter
from tests.browser.sizes import SIZES, misfits
from tests.browser.visitor import NOT_SIGNED_IN_YET, Visitor, visitor
from tests.kit.server import Server

EITHER = re.compile("^(Rematch|Join)$")
"""The button changes its words under the hand of who is a moment later."""
WANTS = re.compile("wants another game")


async def fine(person: Visitor, axe: str) -> None:
    assert await misfits(person) == []
    assert await person.broken_for_some(axe) == []


async def fits(person: Visitor, axe: str) -> None:
    """Of what stands over, or among, more than is looked at here."""
    for width, height in SIZES:
        await person.page.set_viewport_size({"width": width, "height": height})
        assert await person.width_hidden() <= 0
    assert await person.broken_for_some(axe) == []


async def ask_at_once(one: Visitor, other: Visitor) -> None:
    """Both press the button, as it were with one hand."""
    before = code_of(one)
    buttons = [person.page.get_by_role("button", name=EITHER) for person in (one, other)]
    for button in buttons:
        await expect(button).to_be_visible()
    await asyncio.gather(*(button.click() for button in buttons))
    for person in (one, other):
        await expect(seats(person).get_by_text("seat kept")).to_have_count(1)
    assert code_of(one) == code_of(other) != before


async def test_two_who_ask_at_once_meet_in_one_lobby_and_the_third_is_asked_at_home_and_in_the_replay(
    server: Server, browser: Browser, axe: str
) -> None:
    async with AsyncExitStack() as stack:
        ada, bo, cy = [await stack.enter_async_context(visitor(browser, server.url)) for _ in range(3)]
        await ada.go_home()
        await ada.tell_name("Ada")
        link = await ada.make_game(seats=3, bots=0, rules={})
        await come(bo, link, "Bo")
        await come(cy, link, "Cy")
        await ada.page.get_by_role("button", name="Start the game").click()
        await cy.wait_round_after(0)
        await give_up(ada, cy)

        await cy.go_home()
        await ask_at_once(ada, bo)
        await fine(ada, axe)
        await cy.page.get_by_role("link", name=WANTS).click()
        await expect(cy.page.get_by_role("heading", name=WANTS)).to_be_visible()
        await fine(cy, axe)
        await cy.page.get_by_role("button", name="Take a seat").click()
        await expect(cy.page.get_by_role("heading", name="You are in")).to_be_visible()

        start = [person.page.get_by_role("button", name="Start the game") for person in (ada, bo)]
        await (start[0] if await start[0].is_visible() else start[1]).click()
        await cy.wait_round_after(0)
        await give_up(ada, cy)
        await cy.page.get_by_role("link", name="Watch it again").click()
        await bo.page.get_by_role("button", name="Rematch").click()
        await expect(bo.page.get_by_role("heading", name="Who comes with you?")).to_be_visible()

        await expect(ada.page.get_by_text("Bo wants another game.")).to_be_visible()
        await fits(ada, axe)
        await ada.page.get_by_role("button", name="Join").click()
        await expect(ada.page.get_by_role("heading", name="You are in")).to_be_visible()
        await expect(cy.page.get_by_text("Bo wants another game.")).to_be_visible()
        await fits(cy, axe)
        await cy.page.get_by_role("button", name="Not now").click()
        await expect(cy.page.get_by_text("Bo gathers the next game.")).to_be_visible()
        await expect(seats(bo).get_by_text("seat kept")).to_have_count(0)
        await change_seat(bo, 3, "Put a hunter here")
        for person in (ada, bo, cy):
            assert [each for each in person.complaints if not NOT_SIGNED_IN_YET.search(each)] == []


@pytest.mark.long
async def test_a_table_of_any_game_has_a_rematch(bids: Server, browser: Browser, axe: str) -> None:
    async with sitter(browser, bids.url) as ada, sitter(browser, bids.url) as bo:
        link = await ada.make_table("Ada", {}, seats=2)
        await come(bo, link, "Bo")
        await ada.start()
        await give_up(ada)
        if await _is_on(bo):
            await give_up(bo)

        await ada.page.get_by_role("button", name="Rematch").click()
        await expect(seats(ada).get_by_text("Kept for Bo")).to_be_visible()
        await fine(ada, axe)
        await expect(bo.page.get_by_text("Ada wants another game.")).to_be_visible()
        await fine(bo, axe)
        await bo.page.get_by_role("button", name="Join").click()
        await expect(bo.page.get_by_role("heading", name="You are in")).to_be_visible()

        assert code_of(ada) == code_of(bo)
        for person in (ada, bo):
            assert [each for each in person.complaints if not NOT_SIGNED_IN_YET.search(each)] == []


async def _is_on(person: Sitter) -> bool:
    about = "code => fetch(`/api/v1/games/${code}`).then(answer => answer.json())"
    return (await person.page.evaluate(about, code_of(person)))["game_status"] == "active"
