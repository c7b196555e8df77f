"""How a game ends, by keys and names alone: a draw, a win and a defeat, looked at in all four sizes."""

from playwright.async_api import Browser, expect

from tests.browser.screenshots import DOOMED
from tests.browser.sizes import LYING, too_wide
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server


async def test_a_draw_a_win_and_a_defeat_are_played_by_keys_and_fit_every_screen(
    server: Server, browser: Browser, axe: str
) -> None:
    async with visitor(browser, server.url, *LYING) as ada, visitor(browser, server.url, *LYING) as bo:
        await _begin(ada, bo, DOOMED)
        number = 0
        while not await ada.is_over():
            number = await ada.wait_round_after(number)
            for person in (ada, bo):
                await person.page.keyboard.press("Enter")
        for person in (ada, bo):
            await expect(person.page.get_by_role("heading", name="A draw", exact=True)).to_be_focused()
        await _look(ada, axe)

        await _begin(ada, bo, {})
        await bo.page.get_by_role("button", name="Give up", exact=True).press("Enter")
        await bo.page.get_by_role("dialog").get_by_role("button", name="Give up").press("Enter")
        await expect(ada.page.get_by_role("heading", name="You won", exact=True)).to_be_focused()
        await expect(bo.page.get_by_role("heading", name="You lost", exact=True)).to_be_focused()
        for person in (ada, bo):
            await _look(person, axe)
            assert person.complaints == []


async def _look(person: Visitor, axe: str) -> None:
    assert await person.broken_for_some(axe) == []
    assert await too_wide(person) == []
    await person.page.set_viewport_size({"width": LYING[0], "height": LYING[1]})


async def _begin(ada: Visitor, bo: Visitor, rules: dict[str, str]) -> None:
    """Ada makes a game for two, and begins it when Bo sits there."""
    await ada.go_home()
    await _be_called(ada, "Ada")
    link = await ada.make_game(seats=2, bots=0, rules=rules)
    await bo.page.goto(link)
    seat = bo.page.get_by_role("button", name="Take a seat")
    await expect(seat).to_be_visible()
    await _be_called(bo, "Bo")
    await seat.press("Enter")
    await expect(bo.page.get_by_role("heading", name="You are in")).to_be_visible()
    await ada.page.get_by_role("button", name="Start the game").press("Enter")
    for person in (ada, bo):
        assert await person.wait_round_after(0) == 1


async def _be_called(person: Visitor, name: str) -> None:
    """Who was here before is known."""
    if await person.page.get_by_label("Your name").count():
        await person.tell_name(name)
