"""A page outlives kill -9 of its server in the middle of a round: nothing typed is lost, nothing is told twice."""

from typing import Final

from playwright.async_api import Browser, expect

from tests.browser.visitor import visitor
from tests.kit.server import Server

AWAY: Final = "Reconnecting… You can go on planning."
BACK: Final = "Back: nothing was lost"
ROUNDS_BEFORE: Final = 3


async def test_a_page_survives_kill_9_of_the_server_in_mid_round_with_its_plan_intact(
    own_server: Server, browser: Browser
) -> None:
    async with visitor(browser, own_server.url) as ada:
        await ada.play_against_bots("Ada")
        for number in range(1, ROUNDS_BEFORE + 1):
            await ada.page.keyboard.press("Enter")
            assert await ada.wait_round_after(number) == number + 1
        await ada.page.evaluate("window.sameDocument = true")
        await ada.page.keyboard.press("x")
        await ada.page.keyboard.press("x")
        await expect(ada.slots).to_have_count(2)
        await ada.wait_confirmed()
        plan, told = await ada.plan(), await ada.log_lines()

        await ada.note_banners()
        await own_server.kill()
        await ada.wait_banner(AWAY)
        assert await ada.plan() == plan
        await ada.page.keyboard.press("x")  # planned while nobody is there to hear it
        await expect(ada.slots).to_have_count(3)
        await expect(ada.page.get_by_text("Not yet confirmed.")).to_have_count(1)
        await own_server.start()

        await ada.wait_banner(BACK)
        await ada.wait_confirmed()
        assert await ada.plan() == [*plan, "Wait"]
        await expect(ada.page.get_by_text(BACK)).to_be_hidden()
        assert await ada.page.evaluate("window.sameDocument") is True
        afterwards = await ada.log_lines()
        assert afterwards[: len(told)] == told
        assert [line[:24] for line in afterwards[len(told) :]] == ["The server was away for "]
        assert ada.complaints == []


async def test_the_log_after_a_kill_is_the_log_a_fresh_page_gets(own_server: Server, browser: Browser) -> None:
    async with visitor(browser, own_server.url) as ada:
        await ada.play_against_bots("Ada")
        await ada.note_banners()
        await own_server.kill()
        await ada.wait_banner(AWAY)
        await own_server.start()
        await ada.wait_banner(BACK)
        await ada.page.keyboard.press("Enter")
        assert await ada.wait_round_after(1) == 2
        lived_through = await ada.log_lines()

        await ada.page.reload()

        assert await ada.wait_round_after(0) == 2
        assert await ada.log_lines() == lived_through
        assert lived_through.count("Round 1") == lived_through.count("Round 2") == 1
