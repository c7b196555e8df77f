"""kill -9 of the server in mid-round, while a page that any game has is open."""

from playwright.async_api import Browser, expect

from tests.browser.sitter import AWAY, BACK, sitter
from tests.kit.server import Server


async def test_the_page_goes_on_with_its_plan_and_with_what_was_planned_while_nobody_heard(
    own_bids: Server, browser: Browser
) -> None:
    async with sitter(browser, own_bids.url) as ada:
        await ada.make_table("Ada", {}, bots=1)
        await ada.start()
        await ada.page.evaluate("window.sameDocument = true")
        bid = ada.planner.get_by_label("Bid", exact=True)
        await bid.fill("7")
        await ada.send()
        await ada.expect_plan("bid 7")
        told = await ada.log_lines()

        await ada.note_banners()
        await own_bids.kill()
        await ada.wait_banner(AWAY)
        await ada.expect_plan("bid 7")
        await bid.fill("29")  # planned while nobody is there to hear it
        await ada.send()
        await expect(ada.planner.get_by_text("On its way…")).to_be_visible()
        await own_bids.start()

        await ada.wait_banner(BACK)
        await ada.expect_plan("bid 29")
        await expect(ada.page.get_by_text(BACK)).to_be_hidden()
        afterwards = await ada.log_lines()
        assert afterwards[: len(told)] == told
        assert [line[:24] for line in afterwards[len(told) :]] == ["The server was away for ", "Your plan: bid 29"]
        await ada.be_ready()
        await ada.wait_round(2)
        assert "Sold: to you, price 29" in await ada.log_lines()
        assert await ada.page.evaluate("window.sameDocument") is True
        assert ada.complaints == []


async def test_a_page_that_is_loaded_anew_after_the_kill_has_the_plan_in_its_form(
    own_bids: Server, browser: Browser
) -> None:
    async with sitter(browser, own_bids.url) as ada:
        await ada.make_table("Ada", {}, bots=1)
        await ada.start()
        await ada.planner.get_by_label("Bid", exact=True).fill("11")
        await ada.send()
        await ada.expect_plan("bid 11")
        await own_bids.kill()
        await own_bids.start()

        await ada.page.reload()

        await ada.expect_plan("bid 11")
        await expect(ada.planner.get_by_label("Bid", exact=True)).to_have_value("11")
