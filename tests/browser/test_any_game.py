"""Two people in two browsers play a game for which nobody wrote a page, from its making to its replay."""

import re

from playwright.async_api import Browser, expect

from tests.browser.sitter import Sitter, sitter
from tests.kit.server import Server

LOTS = 3


async def test_two_people_bid_to_the_end_and_hidden_bids_stay_hidden(bids: Server, browser: Browser) -> None:
    async with sitter(browser, bids.url) as ada, sitter(browser, bids.url) as bo:
        await _sit_down(ada, bo, {"Lots": str(LOTS)})
        await _bid(ada, 17)
        await ada.expect_plan("bid 17")
        await expect(bo.page.get_by_role("log").get_by_text("The game begins")).to_be_visible()

        secrets = re.compile(r'"bid":17\b|"left":13\b')
        assert any(secrets.search(text) for text in ada.heard), "this listens to nothing"
        assert [text for text in bo.heard if secrets.search(text)] == []
        assert "17" not in await bo.page.locator("main").inner_text()

        await ada.be_ready()
        await _bid(bo, 3)
        await bo.be_ready()
        await bo.wait_round(2)
        assert [text for text in bo.heard if secrets.search(text)] == []
        assert await ada.fact("Purse") == "13"
        assert await bo.fact("Purse") == "30"
        assert "Sold: to you, price 17" in await ada.log_lines()
        assert "Sold: to Ada, price 17" in await bo.log_lines()
        assert "Paid: you, left 13" in await ada.log_lines()
        assert not any(line.startswith("Paid") for line in await bo.log_lines())

        for number in range(2, LOTS + 1):
            await ada.wait_round(number)
            await bo.wait_round(number)
            await ada.be_ready()
            await _bid(bo, 4)
            await bo.be_ready()

        assert await ada.wait_over() == "Bo wins"
        assert await bo.wait_over() == "You win"
        for person in (ada, bo):
            await _watch_it_again(person)
            assert person.complaints == []


async def test_a_refusal_stands_beside_the_form_until_something_else_is_tried(bids: Server, browser: Browser) -> None:
    async with sitter(browser, bids.url) as ada, sitter(browser, bids.url) as bo:
        await _sit_down(ada, bo, {})

        await _bid(ada, 99)

        refusal = ada.planner.get_by_role("alert").get_by_text("You have 30.")
        await expect(refusal).to_be_visible()
        await _bid(ada, 30)
        await expect(refusal).to_be_hidden()
        await ada.expect_plan("bid 30")


async def test_options_have_the_bounds_of_the_game(bids: Server, browser: Browser) -> None:
    async with sitter(browser, bids.url) as ada:
        await ada.go_home()
        await ada.tell_name("Ada")
        await ada.page.get_by_text(re.compile(r"seats.*change")).click()
        lots = ada.page.get_by_label("Lots", exact=True)
        assert await lots.input_value() == "6"
        await lots.fill("21")

        await ada.page.get_by_role("button", name="Make a table").click()

        await expect(ada.page.get_by_text("A whole number, 1 to 20.")).to_be_visible()
        await lots.press("ArrowDown")
        await expect(lots).to_have_value("20")


async def test_who_gives_up_is_asked_first_and_the_other_has_won(bids: Server, browser: Browser) -> None:
    async with sitter(browser, bids.url) as ada, sitter(browser, bids.url) as bo:
        await _sit_down(ada, bo, {})
        give_up = ada.page.get_by_role("button", name="Give up")
        await give_up.click()
        dialog = ada.page.get_by_role("dialog")
        await dialog.get_by_role("button", name="Play on").click()
        await expect(dialog).to_be_hidden()

        await give_up.click()
        await dialog.get_by_role("button", name="Give up").click()

        assert await ada.wait_over() == "Bo wins"
        assert await bo.wait_over() == "You win"


async def test_two_people_play_in_turns_and_nobody_sees_their_own_hand(hanabi: Server, browser: Browser) -> None:
    async with sitter(browser, hanabi.url) as ada, sitter(browser, hanabi.url) as bo:
        await _sit_down(ada, bo, {})
        await expect(bo.planner).to_be_hidden()
        await expect(bo.page.get_by_text("It is Ada’s turn. You plan when your turn comes.")).to_be_visible()
        card = await ada.page.get_by_role("table", name="Hands: Bo").locator("tbody tr td").first.inner_text()
        rank = re.findall(r"\d", card)[0]
        await _act(ada, "Hint", "Bo", rank)
        heard = bo.page.get_by_role("log").get_by_role("paragraph").filter(has_text="Hinted")
        await expect(heard).to_contain_text(f"Hinted: Ada, to you, about {rank}, places")

        number = 2
        while not await ada.page.locator("#result").is_visible():
            person = (ada, bo)[(number - 1) % 2]
            await expect(person.planner.or_(person.page.locator("#result")).first).to_be_visible()
            if not await person.page.locator("#result").is_visible():
                await person.wait_round(number)
                await _act(person, "Play", "0")
                await expect(person.planner).to_be_hidden()
            number += 1

        for person, seat in ((ada, "p1"), (bo, "p2")):
            await person.wait_over()
            own = [card for view in person.views() for card in view["hands"][seat]]
            assert own, "this listens to nothing"
            assert [card for card in own if card["card"] is not None] == []
            assert person.complaints == []


async def test_who_comes_too_late_watches_and_sees_no_card_that_is_in_a_hand(hanabi: Server, browser: Browser) -> None:
    async with (
        sitter(browser, hanabi.url) as ada,
        sitter(browser, hanabi.url) as bo,
        sitter(browser, hanabi.url) as cy,
    ):
        await _sit_down(ada, bo, {})
        await cy.page.goto(ada.page.url)
        await expect(cy.page.get_by_role("heading", name="This game has begun")).to_be_visible()
        await cy.tell_name("Cy")

        await cy.page.get_by_role("button", name="Watch").click()

        await cy.wait_round(1)
        await expect(cy.page.get_by_text("You are watching.")).to_be_visible()
        await expect(cy.planner).to_be_hidden()
        await expect(cy.page.get_by_role("button", name="Give up")).to_be_hidden()
        cards = [card for view in cy.views() for hand in view["hands"].values() for card in hand]
        assert cards, "this listens to nothing"
        assert [card for card in cards if card["card"] is not None] == []
        assert cy.complaints == []


async def test_a_table_that_is_called_off_says_so_to_all(bids: Server, browser: Browser) -> None:
    async with sitter(browser, bids.url) as ada, sitter(browser, bids.url) as bo:
        await bo.page.goto(await ada.make_table("Ada", {}))
        await expect(bo.page.get_by_role("button", name="Take a seat")).to_be_visible()

        await ada.page.get_by_role("button", name="Call it off").click()
        await ada.page.get_by_role("dialog").get_by_role("button", name="Yes, call it off").click()

        for person in (ada, bo):
            await expect(person.page.get_by_role("heading", name="This table was called off")).to_be_visible()


async def test_a_code_leads_to_a_table_and_a_wrong_one_to_words(bids: Server, browser: Browser) -> None:
    async with sitter(browser, bids.url) as ada, sitter(browser, bids.url) as bo:
        link = await ada.make_table("Ada", {})
        await bo.go_home()
        await bo.page.get_by_label("Code or link of a table").fill(link.rpartition("/")[2].lower())
        await bo.page.get_by_role("button", name="Go there").click()
        await expect(bo.page.get_by_role("heading", name="Ada calls you to a table")).to_be_visible()

        await bo.page.goto(f"{bids.url}/g/22222Z")

        await expect(bo.page.get_by_role("heading", name="No table with this code")).to_be_visible()


async def _sit_down(ada: Sitter, bo: Sitter, options: dict[str, str]) -> None:
    """Ada makes a table, Bo comes by its link, and the game begins."""
    link = await ada.make_table("Ada", options)
    await bo.page.goto(link)
    await bo.tell_name("Bo")
    await bo.page.get_by_role("button", name="Take a seat").click()
    await expect(bo.page.get_by_role("heading", name="You are in")).to_be_visible()
    await expect(ada.page.get_by_role("list", name="Seats").get_by_text("Bo", exact=True)).to_be_visible()
    await ada.start()
    await bo.wait_round(1)


async def _bid(person: Sitter, bid: int) -> None:
    await person.planner.get_by_label("Bid", exact=True).fill(str(bid))
    await person.send()


async def _act(person: Sitter, *choices: str) -> None:
    """What to do, and each thing that this asks in turn."""
    for choice in choices:
        await person.planner.get_by_role("radio", name=choice, exact=True).check()
    await person.be_ready()


async def _watch_it_again(person: Sitter) -> None:
    await person.page.get_by_role("link", name="Watch it again").click()
    slider = person.page.get_by_role("slider", name="Moment of the game")
    await expect(person.page.get_by_role("heading", name="The beginning")).to_be_visible()
    await slider.press("ArrowRight")
    await expect(person.page.get_by_role("heading", name="After round 1")).to_be_visible()
    told = person.page.get_by_role("region", name="What happened")
    await expect(told.get_by_text("Ada plans: bid 17")).to_be_visible()
    await expect(told.get_by_text("Bo plans: bid 3")).to_be_visible()
    await expect(person.page).to_have_url(re.compile(r"/replay\?round=1$"))
    await slider.press("End")
    await expect(person.page.get_by_role("heading", name=f"After round {LOTS}")).to_be_visible()
    await expect(told.get_by_text("The game is over")).to_be_visible()
    await expect(person.page).to_have_url(re.compile(rf"/replay\?round={LOTS}$"))
    await person.page.go_back()
    await expect(person.page.get_by_role("heading", name="After round 1")).to_be_visible()
    await person.page.goto(person.page.url.replace("round=1", "round=99999"))
    await expect(person.page.get_by_role("heading", name=f"After round {LOTS}")).to_be_visible()
    purses = person.page.get_by_role("table", name="Purses")
    await expect(purses.get_by_role("row", name="Ada")).to_contain_text("13")
