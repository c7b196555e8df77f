"""Two people say in a lobby that they are ready and take it back, and each sees what the other said: on both pages."""

from typing import Final

from playwright.async_api import Browser, Locator, expect

from tests.browser.lobby import Look, change_seat, come, seats
from tests.browser.sitter import sitter
from tests.browser.sizes import misfits
from tests.browser.visitor import Visitor, visitor
from tests.kit.cluster import wait_for
from tests.kit.server import Server

_WATCH: Final = """() => {
  window.pressed = [];
  const note = (all) => all.forEach(({ target }) => pressed.push(target.getAttribute('aria-pressed')));
  new MutationObserver(note).observe(document.body, { subtree: true, attributeFilter: ['aria-pressed'] });
}"""
"""Every change of what such a button says, however shortly."""


def button(person: Visitor) -> Locator:
    return person.page.get_by_role("button", name="I’m ready")


def seat(person: Visitor, number: int) -> Locator:
    return seats(person).get_by_role("listitem").nth(number - 1)


def status(person: Visitor, words: str) -> Locator:
    return person.page.get_by_role("status").filter(has_text=words)


async def expect_ready(person: Visitor, *expected: bool) -> None:
    """Of each seat from the first on, in words."""
    for number, ready in enumerate(expected, start=1):
        if ready:
            await expect(seat(person, number)).to_contain_text("ready")
        else:
            await expect(seat(person, number)).not_to_contain_text("ready")


async def be_ready_and_not(ada: Visitor, bo: Visitor, bot: str, look: Look) -> None:
    """In Ada's lobby of three seats, where Bo sits too: at the end both are ready, and a bot is there."""
    await expect(status(ada, "Not ready yet: Bo")).to_be_visible()
    await expect(button(bo)).to_have_attribute("aria-pressed", "false")

    await button(bo).focus()
    await bo.page.keyboard.press("Space")
    for person, words in ((ada, "The others are ready."), (bo, "Everyone is ready.")):
        await expect_ready(person, False, True)
        await expect(status(person, words)).to_be_visible()
    await expect(button(bo)).to_have_attribute("aria-pressed", "true")
    await expect(button(bo)).to_be_focused()
    await button(ada).click()
    for person in (ada, bo):
        await expect_ready(person, True, True)
        await expect(status(person, "Everyone is ready.")).to_be_visible()
        await look(person, "ready")
    await button(bo).click()
    await expect_ready(ada, True, False)
    await expect(status(ada, "Not ready yet: Bo")).to_be_visible()
    await button(bo).click()
    await expect_ready(ada, True, True)

    await change_seat(ada, 3, f"Put {bot} here")
    for person in (ada, bo):
        await expect_ready(person, False, False, False)
        await expect(button(person)).to_have_attribute("aria-pressed", "false")
        await look(person, "another-game")
    await button(bo).click()
    await button(ada).click()
    await expect_ready(bo, True, True, False)


async def be_away_and_ready_again(ada: Visitor, bo: Visitor, link: str) -> None:
    await bo.page.goto("about:blank")
    await expect(seat(ada, 2)).to_contain_text("away")
    await expect_ready(ada, True, False)
    await bo.page.goto(link)
    await expect(button(bo)).to_have_attribute("aria-pressed", "false")
    await button(bo).click()
    await expect_ready(ada, True, True)


async def survive_a_power_cut(ada: Visitor, bo: Visitor, server: Server) -> None:
    """What the server forgot with it the pages say again, and nobody has to think of it."""
    for person in (ada, bo):
        await person.page.evaluate(_WATCH)
    await server.kill()
    await server.start()
    for person in (ada, bo):
        # Until it was not so, a page shows what was before the cut, and a press would be about that.
        await wait_for(lambda person=person: _has_said_it_again(person))
        await expect_ready(person, True, True)
    await button(bo).click()
    await expect_ready(ada, True, False)


async def _has_said_it_again(person: Visitor) -> bool:
    said: list[str] = await person.page.evaluate("pressed")
    return said[-2:] == ["false", "true"]


def _looks(axe: str) -> Look:
    async def look(person: Visitor, _name: str) -> None:
        assert await misfits(person) == []
        assert await person.broken_for_some(axe) == []

    return look


async def test_two_are_ready_for_a_game_of_minotaur_and_their_pages_say_it_again_after_a_power_cut(
    own_server: Server, browser: Browser, axe: str
) -> None:
    async with visitor(browser, own_server.url) as ada, visitor(browser, own_server.url) as bo:
        await ada.go_home()
        await ada.tell_name("Ada")
        link = await ada.make_game(seats=3, bots=1, rules={}, round_time="10 minutes")
        await expect(button(ada)).to_be_hidden()
        await come(bo, link, "Bo")
        await be_ready_and_not(ada, bo, "a hunter", _looks(axe))
        await be_away_and_ready_again(ada, bo, link)
        assert ada.complaints == bo.complaints == []
        await survive_a_power_cut(ada, bo, own_server)

        await ada.page.get_by_role("button", name="Start the game").click()
        assert await bo.wait_round_after(0) == 1


async def test_two_are_ready_at_a_table_of_any_game_and_their_pages_say_it_again_after_a_power_cut(
    own_bids: Server, browser: Browser, axe: str
) -> None:
    async with sitter(browser, own_bids.url) as ada, sitter(browser, own_bids.url) as bo:
        link = await ada.make_table("Ada", {}, seats=3, bots=1, round_time="10 minutes")
        await expect(button(ada)).to_be_hidden()
        await come(bo, link, "Bo")
        await be_ready_and_not(ada, bo, "a bot", _looks(axe))
        await be_away_and_ready_again(ada, bo, link)
        assert ada.complaints == bo.complaints == []
        await survive_a_power_cut(ada, bo, own_bids)

        await ada.start()
        await bo.wait_round(1)
