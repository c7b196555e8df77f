"""Two people talk before a game, give signs in it, talk after it, and need not hear each other: on both pages."""

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.browser.lobby import code_of, come, give_up, seats
from tests.browser.sitter import sitter
from tests.browser.sizes import misfits, too_wide
from tests.browser.talk import expect_sign, field, give_sign, mute, say, sayings, talk, unfold
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server

TOLD_AT_ONCE_MAX = 5


async def test_two_talk_around_a_game_of_minotaur_sign_in_it_and_mute_each_other(
    server: Server, browser: Browser, axe: str
) -> None:
    async with visitor(browser, server.url) as ada, visitor(browser, server.url, 360, 740) as bo:
        await ada.go_home()
        await ada.tell_name("Ada")
        link = await ada.make_game(seats=2, bots=0, rules={}, round_time="10 minutes")
        await come(bo, link, "Bo")

        await say(ada, "Hello <b>Bo</b>, see https://example.org")
        await expect(talk(bo).get_by_text("1 new")).to_be_visible()
        await _fine(bo, axe)
        await unfold(bo)
        await expect(talk(bo).get_by_text("1 new")).to_be_hidden()
        await expect(sayings(bo).get_by_text("Hello <b>Bo</b>, see https://example.org")).to_be_visible()
        assert await sayings(bo).get_by_role("link").count() == 0
        await _expect_to_be_slowed_down(bo)
        await _fine(bo, axe)

        await _mute_and_hear_again(ada, bo, seats(ada))
        await _fine(ada, axe)
        await ada.page.set_viewport_size({"width": 1280, "height": 900})

        await ada.page.get_by_role("button", name="Start the game").click()
        await bo.wait_round_after(0)
        await ada.wait_round_after(0)
        bos = ada.page.get_by_role("list", name="Players").get_by_role("listitem").filter(has_text="Bo")
        await give_sign(bo, "Well met")
        await expect_sign(ada, "Bo", "Well met", bos)
        await mute(ada, "Bo").click()
        await ada.page.reload()
        await expect(mute(ada, "Bo")).to_have_attribute("aria-pressed", "true")
        await mute(ada, "Bo").click()
        assert await too_wide(ada) == []
        assert await ada.broken_for_some(axe) == []
        await ada.page.get_by_role("button", name="Give a sign").click()
        await _fine(ada, axe)
        await ada.page.keyboard.press("Escape")
        await expect(ada.page.get_by_role("button", name="Give a sign")).to_be_focused()

        await give_up(bo)
        await expect(ada.page.locator("#result")).to_be_visible()
        await expect(bo.page.locator("#result")).to_be_visible()
        await unfold(ada)
        await say(ada, "Well played")
        await expect(sayings(bo).get_by_text("Well played")).to_be_attached()
        await expect(talk(bo).get_by_text("1 new")).to_be_visible()
        for person in (ada, bo):
            assert await too_wide(person) == []
            assert await person.broken_for_some(axe) == []
            assert person.complaints == []


@pytest.mark.long
async def test_two_talk_and_sign_at_a_table_of_any_game(bids: Server, browser: Browser, axe: str) -> None:
    async with sitter(browser, bids.url) as ada, sitter(browser, bids.url) as bo:
        link = await ada.make_table("Ada", {}, seats=2)
        await come(bo, link, "Bo")

        await say(ada, "Hello Bo")
        await expect(sayings(bo).get_by_text("Hello Bo")).to_be_visible()
        await _mute_and_hear_again(ada, bo, seats(ada))
        await _fine(bo, axe)
        await ada.start()
        await bo.wait_round(1)
        bos = ada.page.get_by_role("region", name="Players").get_by_role("listitem").filter(has_text="Bo")
        await give_sign(bo, "Good luck")
        await expect_sign(ada, "Bo", "Good luck", bos)
        await _fine(ada, axe)
        await give_up(bo)
        await ada.wait_over()
        await unfold(ada)
        await say(ada, "Again?")
        await bo.page.goto(link)
        await expect(sayings(bo).get_by_text("Again?")).to_be_attached()
        await _fine(ada, axe)

        assert code_of(ada) == code_of(bo)
        assert ada.complaints == bo.complaints == []


async def _fine(person: Visitor, axe: str) -> None:
    assert await misfits(person) == []
    assert await person.broken_for_some(axe) == []


async def _expect_to_be_slowed_down(person: Visitor) -> None:
    """Who says more than one may is told so, and has the words in their hand again."""
    for words in [*(f"Number {nth}" for nth in range(TOLD_AT_ONCE_MAX)), "One more"]:
        await field(person).fill(words)
        await field(person).press("Enter")
    await expect(talk(person).get_by_role("alert")).to_contain_text("very fast")
    await expect(field(person)).to_have_value("One more")


async def _mute_and_hear_again(ada: Visitor, bo: Visitor, places: Locator) -> None:
    """Ada does not hear Bo any more, whatever he said or signs, and then does."""
    await give_sign(bo, "Thanks")
    bos = places.get_by_role("listitem").nth(1)
    await expect_sign(ada, "Bo", "Thanks", bos)
    said = sayings(ada).get_by_text("Bo", exact=True)
    heard = await said.count()
    await mute(ada, "Bo").click()
    await expect(mute(ada, "Bo")).to_have_attribute("aria-pressed", "true")
    await expect(said).to_have_count(0)
    await give_sign(bo, "Sorry")
    await expect(bo.page.get_by_role("status").get_by_text("Bo: Sorry")).to_be_attached()
    await expect(bos.get_by_text("Sorry")).to_have_count(0)
    await mute(ada, "Bo").click()
    await expect(said).to_have_count(heard)
