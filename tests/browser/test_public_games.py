"""A stranger finds a game that its host made public, and watches it: on Minotaur's page and on that of any game."""

from contextlib import AsyncExitStack
from typing import Any, Final

import pytest
from playwright.async_api import APIRequestContext, Browser, Locator, expect

from tests.browser.sitter import sitter
from tests.browser.sizes import misfits
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server

FIND: Final = "Anyone may find this game"


async def asked(who: Visitor, path: str, body: dict[str, Any]) -> Any:
    """As their page would ask, which has the cookie."""
    request: APIRequestContext = who.page.request
    answer = await request.post(f"{who.base_url}/api/v1{path}", data=body)
    assert answer.ok, await answer.text()
    return await answer.json() if answer.status in (200, 201) else None


def found(who: Visitor) -> Locator:
    return who.page.get_by_role("region", name="Public games").get_by_role("listitem")


async def fits(who: Visitor, axe: str) -> None:
    """In all four sizes."""
    assert await misfits(who) == []
    assert await who.broken_for_some(axe) == []


async def journey(ada: Visitor, bo: Visitor, cy: Visitor, axe: str) -> None:
    for who, name in ((ada, "Ada"), (bo, "Bo")):
        await asked(who, "/guests", {"display_name": name})
    code = (await asked(ada, "/games", {"seats": 2, "round_seconds": 600}))["join_code"]
    await ada.page.goto(f"{ada.base_url}/g/{code}")
    public = ada.page.get_by_role("switch", name=FIND)
    await expect(public).not_to_be_checked()
    await cy.page.goto(cy.base_url)
    await cy.page.get_by_role("button", name="Look for games").click()
    name = cy.page.get_by_role("region", name="Public games").get_by_label("Your name")
    await expect(name).to_be_focused()
    await fits(cy, axe)
    await name.fill("Cy")
    await cy.page.get_by_role("button", name="Look for games").click()
    await expect(cy.page.get_by_text("Nobody else has opened a game to all just now.")).to_be_visible()
    await fits(cy, axe)

    await public.check()
    await expect(public).to_be_checked()
    await fits(ada, axe)

    await expect(found(cy)).to_contain_text("Ada")
    await expect(found(cy)).to_contain_text("1 of 2 seats free")
    await fits(cy, axe)
    await found(cy).get_by_role("link").click()
    await expect(cy.page.get_by_role("button", name="Take a seat")).to_be_visible()
    await asked(bo, f"/games/{code}/join", {})
    await bo.page.goto(f"{bo.base_url}/g/{code}")
    await expect(bo.page.get_by_text(f"{FIND}, join it or watch.")).to_be_visible()
    await asked(ada, f"/games/{code}/start", {})

    await cy.page.goto(cy.base_url)
    await expect(found(cy)).to_contain_text("Round 1")
    await found(cy).get_by_role("link", name="Watch").click()


async def test_a_stranger_finds_a_game_of_minotaur_and_watches_it(
    own_server: Server, browser: Browser, axe: str
) -> None:
    async with AsyncExitStack() as stack:
        ada, bo, cy = [await stack.enter_async_context(visitor(browser, own_server.url)) for _ in range(3)]
        await journey(ada, bo, cy, axe)
        await cy.page.get_by_role("button", name="Watch").click()
        await expect(cy.page.get_by_role("heading", name="round 1", exact=False).first).to_be_attached()
        await fits(cy, axe)
        await ada.page.goto(ada.base_url)
        await expect(ada.page.get_by_role("region", name="Your games")).to_contain_text("your turn")
        await gone(ada, bo, cy)
        for person in (ada, bo, cy):
            assert person.complaints == []


@pytest.mark.long
async def test_a_stranger_finds_a_table_of_any_game_and_watches_it(
    own_bids: Server, browser: Browser, axe: str
) -> None:
    async with AsyncExitStack() as stack:
        ada, bo, cy = [await stack.enter_async_context(sitter(browser, own_bids.url)) for _ in range(3)]
        await journey(ada, bo, cy, axe)
        await cy.page.get_by_role("button", name="Watch").click()
        await expect(cy.page.get_by_role("heading", name="Round 1").first).to_be_visible()
        await fits(cy, axe)
        await ada.page.goto(ada.base_url)
        await expect(ada.page.get_by_role("region", name="Your tables")).to_contain_text("your turn")
        await gone(ada, bo, cy)
        for person in (ada, bo, cy):
            assert person.complaints == []


async def gone(ada: Visitor, bo: Visitor, cy: Visitor) -> None:
    """With its end it is public no more, and stands among those of who played, with their place and the day."""
    code = (await (await bo.page.request.get(f"{bo.base_url}/api/v1/games?status=active")).json())["games"][0][
        "join_code"
    ]
    for who in (bo, ada):
        await who.page.request.post(f"{who.base_url}/api/v1/games/{code}/leave")
    await cy.page.goto(cy.base_url)
    await expect(cy.page.get_by_text("Nobody else has opened a game to all just now.")).to_be_visible()
    await expect(found(cy)).to_have_count(0)
    await expect(ada.page.get_by_role("region", name="Games that are over")).to_contain_text("place 1 of 2")
