"""The same around a table of any game, with the page that every game has."""

from contextlib import AsyncExitStack

from playwright.async_api import Browser, expect

from tests.browser.lobby import answer, change_seat, gather, news, pass_on, question
from tests.browser.member import REFUSED
from tests.browser.sitter import sitter
from tests.browser.sizes import misfits
from tests.browser.visitor import Visitor
from tests.kit.server import Server


async def test_friends_gather_and_whose_table_it_is_changes_under_their_eyes(
    bids: Server, browser: Browser, axe: str
) -> None:
    async def look(person: Visitor, _name: str) -> None:
        assert await misfits(person) == []
        assert await person.broken_for_some(axe) == []

    async with AsyncExitStack() as stack:
        ada, bo, cy = [await stack.enter_async_context(sitter(browser, bids.url)) for _ in range(3)]
        link = await ada.make_table("Ada", {}, seats=4)

        await gather(ada, bo, cy, link, "a bot", look)
        await ada.page.get_by_role("button", name="Change the table").click()
        form = question(ada)
        await form.get_by_label("Time for a round").select_option(label="10 minutes")
        await form.get_by_label("When somebody is away").select_option(label="a bot plans after 3 rounds")
        await form.get_by_label("Lots", exact=True).fill("21")
        await answer(ada, "Change it")
        await expect(form.get_by_text("A whole number, 1 to 20.")).to_be_visible()
        await form.get_by_label("Lots", exact=True).fill("3")
        await look(ada, "changing")
        await answer(ada, "Change it")
        await expect(form).to_be_hidden()
        await expect(news(bo)).to_have_text("The host changed the game.")
        table = bo.page.get_by_role("region", name="This table")
        await expect(table.get_by_text("10 minutes", exact=True)).to_be_visible()
        await expect(table.get_by_text("a bot plans after 3 rounds")).to_be_visible()
        await expect(table.locator("div", has_text="Lots").get_by_text("3", exact=True)).to_be_visible()
        await pass_on(ada, bo, look)

        await ada.go_home()
        await expect(ada.page.get_by_role("heading", name="Your tables")).to_be_hidden()
        await change_seat(bo, 1, "Put a bot here")
        await change_seat(bo, 3, "Put a bot here")
        await bo.start()
        for person in (ada, bo, cy):
            assert [each for each in person.complaints if not REFUSED.search(each)] == []
