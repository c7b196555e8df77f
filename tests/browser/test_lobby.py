"""Friends and a bot around a game of Minotaur: who comes, goes, is sent away, whose it is, and by which rules."""

from contextlib import AsyncExitStack

from playwright.async_api import Browser, expect

from tests.browser.lobby import (
    Look,
    answer,
    change_seat,
    come,
    expect_seats,
    gather,
    news,
    open_seat,
    pass_on,
    question,
    seats,
)
from tests.browser.member import REFUSED
from tests.browser.sizes import misfits
from tests.browser.visitor import Visitor, visitor
from tests.kit.server import Server


async def test_friends_gather_and_whose_game_it_is_changes_under_their_eyes(
    server: Server, browser: Browser, axe: str
) -> None:
    async def look(person: Visitor, _name: str) -> None:
        assert await misfits(person) == []
        assert await person.broken_for_some(axe) == []

    async with AsyncExitStack() as stack:
        ada, bo, cy = [await stack.enter_async_context(visitor(browser, server.url)) for _ in range(3)]
        await ada.go_home()
        await ada.tell_name("Ada")
        link = await ada.make_game(seats=4, bots=0, rules={"Number of the labyrinth": "7"})
        await expect(ada.page.get_by_text("This labyrinth was chosen by its number.")).to_be_visible()

        await gather(ada, bo, cy, link, "a hunter", look)
        await change_seat(ada, 4, "Make it a wanderer")
        await expect(seats(bo).get_by_text("a wanderer")).to_be_visible()
        await _change_the_rules(ada, look)
        await expect(news(bo)).to_have_text("The host changed the game.")
        await expect(bo.page.get_by_text("Labyrinth · 1 minute a round")).to_be_visible()
        different = bo.page.get_by_role("list", name="What is different here")
        assert await different.get_by_role("listitem").all_inner_texts() == [
            "no Minotaur",
            "7 health",
            "the fallen and watchers see no board",
        ]
        await pass_on(ada, bo, look)

        await ada.go_home()
        await expect(ada.page.get_by_role("heading", name="Play with friends")).to_be_visible()
        await expect(ada.page.get_by_role("heading", name="Your games")).to_be_hidden()
        await change_seat(bo, 1, "Put a hunter here")
        await change_seat(bo, 3, "Put a hunter here")
        await change_seat(bo, 3, "Empty the seat")
        await change_seat(bo, 3, "Put a wanderer here")
        await bo.page.get_by_role("button", name="Start the game").click()
        assert await bo.wait_round_after(0) == 1
        for person in (ada, bo, cy):
            assert [each for each in person.complaints if not REFUSED.search(each)] == []


async def test_eight_with_long_names_fit_around_the_table_and_a_game_called_off_says_so(
    server: Server, browser: Browser, axe: str
) -> None:
    async with visitor(browser, server.url) as ada, visitor(browser, server.url) as bo:
        await ada.go_home()
        await ada.tell_name("Ada Lovelace of the Maze")
        link = await ada.make_game(seats=8, bots=0, rules={})
        await come(bo, link, "Wolfeschlegelsteinhausen")
        await _put_a_bot_by_keyboard(ada, 3)
        for seat in range(4, 8):
            await change_seat(ada, seat, "Put a wanderer here")
        await open_seat(ada, 8)
        await answer(ada, "Leave it as it is")

        for person in (ada, bo):
            assert await misfits(person) == []
            assert await person.broken_for_some(axe) == []
        await expect_seats(bo, "Ada Lovelace of the Maze", "Wolfeschlegelsteinhausen", "a hunter")
        await ada.page.get_by_role("button", name="Call it off").click()
        await expect(question(ada).get_by_text("1 other is here.")).to_be_visible()
        await answer(ada, "Yes, call it off")
        for person in (ada, bo):
            await expect(person.page.get_by_role("heading", name="This game was called off")).to_be_visible()
        await bo.page.get_by_role("link", name="Home").click()
        await expect(bo.page.get_by_role("link", name="Called off with Ada Lovelace of the Maze")).to_be_visible()
        assert ada.complaints == bo.complaints == []


async def _change_the_rules(ada: Visitor, look: Look) -> None:
    await ada.page.get_by_role("button", name="Change the rules").click()
    form = question(ada)
    await form.get_by_label("Time for a round").select_option(label="1 minute")
    await form.get_by_text("More rules").click()
    await form.get_by_label("Health of a hero").fill("7")
    await form.get_by_label("The Minotaur is in there").uncheck()
    await form.get_by_label("Strict").check()
    await look(ada, "changing")
    await answer(ada, "Change them")
    await expect(form).to_be_hidden()
    await expect(ada.page.get_by_role("button", name="Change the rules")).to_be_focused()


async def _put_a_bot_by_keyboard(ada: Visitor, number: int) -> None:
    keys = ada.page.keyboard
    seat = ada.page.get_by_role("button", name=f"seat {number}:")
    await seat.focus()
    await keys.press("Enter")
    await expect(question(ada).get_by_role("button", name="Put a hunter here")).to_be_focused()
    await keys.press("Escape")
    await expect(seat).to_be_focused()
    await keys.press("Space")
    await keys.press("Enter")
    await expect(news(ada)).to_have_text(f"Seat {number}: a hunter.")
    await expect(seat).to_be_focused()
