"""People are known by their results: from the end of a game, from the front page and from the board of the month."""

from typing import Any, Final

import pytest
from playwright.async_api import APIRequestContext, Browser, expect

from clew.sessions.bounds import BOARD_RATED_MIN
from tests.browser.member import DESK, PASSWORD, PHONE, for_everyone, new_name, person
from tests.browser.sitter import sitter
from tests.browser.visitor import Visitor
from tests.kit.cluster import wait_for
from tests.kit.forms import first_of
from tests.kit.server import Server

ALL_SIZES: Final = (PHONE, (740, 360), (820, 1180), DESK)


async def asked(who: Visitor, path: str, body: dict[str, Any] | None = None) -> Any:
    """As their page would ask, which has the cookie."""
    request: APIRequestContext = who.page.request
    url = f"{who.base_url}/api/v1{path}"
    answer = await (request.post(url, data=body or {}) if body is not None else request.get(url))
    assert answer.ok, await answer.text()
    return await answer.json() if answer.status in (200, 201) else None


async def played(winner: Visitor, loser: Visitor) -> str:
    """A game of two that is over, because one gave up."""
    code = (await asked(winner, "/games", {"seats": 2}))["join_code"]
    await asked(loser, f"/games/{code}/join", {})
    await asked(winner, f"/games/{code}/start", {})
    await asked(loser, f"/games/{code}/leave", {})
    return code


@pytest.mark.parametrize("size", first_of(*ALL_SIZES))
async def test_from_the_end_of_a_game_to_who_they_are_and_who_is_ahead(
    server: Server, browser: Browser, axe: str, size: tuple[int, int]
) -> None:
    async with person(browser, server, size) as ada, person(browser, server, size) as bob:
        await asked(ada, "/guests", {"display_name": "Ada"})
        await asked(bob, "/guests", {"display_name": "Bartholomew of the Woods"})
        await bob.page.goto(f"{server.url}/people/{(await asked(bob, '/me'))['user_id']}")
        await expect(bob.page.get_by_text("No game is over yet")).to_be_visible()
        await for_everyone(bob, axe)
        await asked(ada, "/accounts", {"username": new_name(size, "ahead"), "password": PASSWORD})
        codes = [await played(ada, bob) for _ in range(BOARD_RATED_MIN)]

        await ada.page.goto(f"{server.url}/g/{codes[0]}")
        await ada.page.get_by_role("link", name="Bartholomew of the Woods").click()
        await expect(ada.page.get_by_role("heading", name="Bartholomew of the Woods")).to_be_visible()

        async def all_reckoned() -> bool:
            await ada.page.reload()
            await expect(ada.page.get_by_role("heading", name="Places")).to_be_visible()
            return await ada.page.get_by_text(f"you stood higher in {BOARD_RATED_MIN}, they in 0").is_visible()

        await wait_for(all_reckoned)
        await expect(ada.page.get_by_text("gave up").first).to_be_visible()
        await for_everyone(ada, axe)
        await ada.page.get_by_role("link", name="Who is ahead").click()
        row = ada.page.get_by_role("listitem").filter(has=ada.page.get_by_role("link", name="Ada"))
        await expect(row.first).to_contain_text(f"{BOARD_RATED_MIN} games")
        await for_everyone(ada, axe)

        await ada.go_home()
        await ada.page.get_by_role("link", name="Your results").click()

        await expect(ada.page.get_by_role("heading", name="Ada (you)")).to_be_visible()
        await expect(ada.page.get_by_text("the last hero standing").first).to_be_visible()


@pytest.mark.parametrize("size", first_of(*ALL_SIZES))
async def test_of_any_game_people_are_known_by_their_results_too(
    own_bids: Server, browser: Browser, axe: str, size: tuple[int, int]
) -> None:
    async with sitter(browser, own_bids.url, *size) as ada, sitter(browser, own_bids.url, *size) as bob:
        await asked(ada, "/guests", {"display_name": "Ada"})
        await asked(bob, "/guests", {"display_name": "Bartholomew of the Woods"})
        await asked(ada, "/accounts", {"username": "ahead", "password": PASSWORD})
        codes = [await played(ada, bob) for _ in range(BOARD_RATED_MIN)]
        await ada.page.goto(f"{own_bids.url}/g/{codes[0]}")

        await ada.page.get_by_role("link", name="Results of Bartholomew of the Woods").click()
        await expect(ada.page.get_by_role("heading", name="Bartholomew of the Woods")).to_be_visible()

        async def all_reckoned() -> bool:
            await ada.page.reload()
            await expect(ada.page.get_by_role("heading", name="Places")).to_be_visible()
            return await ada.page.get_by_text(f"you stood higher in {BOARD_RATED_MIN}, they in 0").is_visible()

        await wait_for(all_reckoned)
        await expect(ada.page.get_by_role("region", name="Bids")).to_contain_text("gave up")
        await for_everyone(ada, axe)
        assert await ada.too_small() == []
        await ada.page.get_by_role("link", name="Who is ahead").click()
        row = ada.page.get_by_role("listitem").filter(has=ada.page.get_by_role("link", name="Ada"))
        await expect(row.first).to_contain_text(f"{BOARD_RATED_MIN} games")
        await for_everyone(ada, axe)

        await ada.go_home()
        await ada.page.get_by_role("link", name="Your results").click()

        await expect(ada.page.get_by_role("heading", name="Ada (you)")).to_be_visible()
        for one in (ada, bob):
            assert one.complaints == []


async def test_of_nobody_a_page_says_so(server: Server, browser: Browser, axe: str) -> None:
    async with person(browser, server, PHONE) as ada:
        await ada.page.goto(f"{server.url}/people/nobody")

        await expect(ada.page.get_by_role("heading", name="There is nobody of whom")).to_be_visible()
        await for_everyone(ada, axe)
        assert all("404" in complaint for complaint in ada.complaints), "the browser says what it was answered"
        ada.complaints.clear()
