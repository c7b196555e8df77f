"""A game of day-long rounds, and somebody who is called to it: asked for on the page, said by the browser's worker."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from clew.testing.serving import running
from tests.browser.called import Called, called
from tests.browser.conftest import BIDS, CLEW, chromium_with_windows_path
from tests.browser.member import PASSWORD
from tests.browser.sizes import misfits, too_wide
from tests.kit.forms import first_of
from tests.kit.push_maker import LOCAL, Maker, push_maker, webhook
from tests.kit.server import Server

WITHIN_S: Final = 60.0
CALL_ME: Final = "Call me when it’s my turn"
NOTE_BADGES: Final = """
  navigator.setAppBadge = async number => { window.badge = number; };
  navigator.clearAppBadge = async () => { window.badge = 0; };
"""
CALLED: Final = "You are called here when it’s your turn."


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def calling(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """One that may call what listens on this machine."""
    folder = tmp_path_factory.mktemp("calling")
    async with running(Server(folder / "data", "--rate-limits", "off", "--push-network", LOCAL)) as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def calling_bids(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    folder = tmp_path_factory.mktemp("calling_bids")
    options = (BIDS, "--rate-limits", "off", "--push-network", LOCAL)
    async with running(Server(folder / "data", *options, command=CLEW)) as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One that notifies, which the shell without windows does not."""
    program = chromium_with_windows_path()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()


async def ask_for_it(ada: Called) -> None:
    await ada.page.get_by_role("button", name=CALL_ME).click()
    await expect(ada.page.get_by_text(CALLED)).to_be_visible()


async def fits(one: Called, axe: str) -> None:
    """Of a board, whose hexes stand in each other."""
    assert await too_wide(one) == []
    assert await one.broken_for_some(axe) == []


async def fine(one: Called, axe: str) -> None:
    assert await misfits(one) == []
    assert await one.broken_for_some(axe) == []


async def heard(maker: Maker, times: int) -> dict[str, object]:
    """What was sent last, once it is so many."""
    await asyncio.wait_for(maker.wait_asked(times), WITHIN_S)
    return maker.said[-1]


async def test_who_left_a_day_long_game_is_called_back_and_led_to_it(
    calling: Server, browser: Browser, axe: str
) -> None:
    async with push_maker() as maker, called(browser, calling.url, maker) as ada:
        await ada.go_home()
        await ada.ask("POST", "/guests", {"display_name": "Ada"})
        code = await ada.day_long_game({"seats": 2, "bots": 1})
        await ada.page.goto(f"{calling.url}/g/{code}")
        await ask_for_it(ada)
        await fits(ada, axe)
        await ada.ready_button.click()
        await expect(ada.page.get_by_role("heading", level=1, name=re.compile("round 2$"))).to_be_attached()

        await ada.page.goto(f"{calling.url}/you")
        await ada.deliver(await heard(maker, 1))

        [call] = await ada.shown()
        assert (call["title"], call["tag"], call["lang"], call["dir"]) == ("Minotaur", code, "en", "ltr")
        assert re.fullmatch(r"Round 2 waits for you, until \w{3},? \d\d:\d\d( [AP]M)?\.", call["body"])
        assert await ada.badge() == 1
        assert await ada.click_it() == [["open", f"/g/{code}"]]
        assert await ada.shown() == []
        assert await ada.badge() == 0

        await ada.page.goto(f"{calling.url}/g/{code}")
        await expect(ada.page.get_by_text(CALLED)).to_be_visible()
        await ada.deliver(maker.said[0])
        assert await ada.click_it() == [["focus", f"/g/{code}"]]
        await ada.page.get_by_role("button", name="Don’t call me here any more").click()
        await expect(ada.page.get_by_role("button", name=CALL_ME)).to_be_visible()
        assert (await ada.ask("GET", "/me/pushes"))["pushes"] == []
        assert ada.complaints == []


async def test_a_guest_of_any_game_asks_for_it_beside_their_account_and_is_called_in_their_language(
    calling_bids: Server, browser: Browser, axe: str
) -> None:
    async with push_maker() as maker, called(browser, calling_bids.url, maker, "de") as ada:
        await ada.page.goto(calling_bids.url)
        await ada.ask("POST", "/guests", {"display_name": "Ada"})
        await ada.page.goto(f"{calling_bids.url}/you")
        await ada.page.get_by_role("button", name="Sag mir Bescheid, wenn ich dran bin").click()
        await expect(ada.page.get_by_text("Du bekommst hier Bescheid, wenn du dran bist.")).to_be_visible()
        await fine(ada, axe)

        code = await ada.day_long_game({"seats": 2, "bots": 1})
        await ada.deliver(await heard(maker, 1))

        [call] = await ada.shown()
        assert call["body"].startswith("Runde 1 wartet auf dich, bis ")
        assert (call["lang"], call["data"]) == ("de", f"/g/{code}")
        for what, words in (
            ("over", "Das Spiel ist vorbei. Sieh nach, wie es ausging."),
            ("rematch", "\u2068Bo\u2069 möchte eine Revanche mit dir."),
            ("of_a_later_release", "Es gibt Neues von deinem Spiel."),
        ):
            await ada.deliver({"what": what, "game": "Bids", "join_code": code, "round": 0, "name": "Bo"})
            assert [each["body"] for each in await ada.shown()] == [words]


async def test_who_opens_the_game_by_themselves_needs_the_call_no_more(calling: Server, browser: Browser) -> None:
    async with push_maker() as maker, called(browser, calling.url, maker) as ada:
        await ada.go_home()
        await ada.ask("POST", "/guests", {"display_name": "Ada"})
        await ada.page.goto(f"{calling.url}/you")
        await ask_for_it(ada)
        code = await ada.day_long_game({"seats": 2, "bots": 1})
        await ada.deliver(await heard(maker, 1))
        await ada.deliver({**maker.said[0], "join_code": "ANOTHER"})
        assert {each["tag"] for each in await ada.shown()} == {code, "ANOTHER"}

        await ada.page.goto(f"{calling.url}/g/{code}")
        await expect(ada.page).to_have_title("Your turn · round 1 · Minotaur")

        [left] = await ada.shown_once(lambda each: len(each) < 2)
        assert left["tag"] == "ANOTHER"


@pytest.mark.parametrize("game", first_of("minotaur", "bids"))
async def test_tab_and_icon_say_whose_turn_it_is(
    game: str, calling: Server, calling_bids: Server, browser: Browser
) -> None:
    server = calling if game == "minotaur" else calling_bids
    async with called(browser, server.url, None) as ada, called(browser, server.url, None) as bo:
        for one, name in ((ada, "Ada"), (bo, "Bo")):
            await one.page.context.add_init_script(NOTE_BADGES)
            await one.page.goto(server.url)
            await one.ask("POST", "/guests", {"display_name": name})
        made = await ada.ask("POST", "/games", {"seats": 2, "round_seconds": 86400})
        code = made["join_code"]
        await bo.ask("POST", f"/games/{code}/join")
        await ada.ask("POST", f"/games/{code}/start")

        await ada.page.goto(f"{server.url}/g/{code}")
        await expect(ada.page).to_have_title(re.compile("^Your turn · round 1 · "))
        assert await icon(ada) == "/icon-turn.svg"
        assert await wait_badge(ada, 1)
        picture = await ada.page.request.get(f"{server.url}/icon-turn.svg")
        assert picture.headers["content-type"] == "image/svg+xml"

        await ada.page.get_by_role("button", name=re.compile("[Rr]eady$")).click()
        await expect(ada.page).to_have_title(re.compile("^Round 1 · "))
        assert await icon(ada) == "/icon.svg"
        assert await wait_badge(ada, 0)

        await bo.page.goto(f"{server.url}/g/{code}")
        await bo.page.get_by_role("button", name=re.compile("[Rr]eady$")).click()
        await expect(ada.page).to_have_title(re.compile("^Your turn · round 2 · "))
        assert await wait_badge(ada, 1)
        await ada.page.get_by_role("link", name=re.compile("Minotaur|Bids|Home")).first.click()
        await expect(ada.page).not_to_have_title(re.compile("Your turn"))
        assert await icon(ada) == "/icon.svg"
        assert await wait_badge(ada, 0)


@pytest.mark.parametrize("game", first_of("minotaur", "bids"))
async def test_an_address_of_ones_own_is_named_beside_the_account_and_its_secret_is_shown_once(
    game: str, calling: Server, calling_bids: Server, browser: Browser, axe: str
) -> None:
    server = calling if game == "minotaur" else calling_bids
    async with webhook() as hook, called(browser, server.url, None) as ada:
        await ada.page.goto(server.url)
        await ada.ask("POST", "/guests", {"display_name": "Ada"})
        await ada.page.goto(f"{server.url}/you")
        await ada.page.get_by_text("An address of your own").click()
        name_it = ada.page.get_by_role("button", name="Tell this address")
        await name_it.click()
        await expect(ada.page.get_by_text("Type an address.")).to_be_visible()
        await ada.page.get_by_label("Address", exact=True).fill("nowhere")
        await name_it.click()
        await expect(ada.page.get_by_text(re.compile("It is no address|It has to begin"))).to_be_visible()
        await fine(ada, axe)
        await ada.page.get_by_label("Address", exact=True).fill(hook.endpoint)
        await name_it.click()
        secret = ada.page.get_by_role("group", name="The secret for 127.0.0.1")
        hook.secret = bytes.fromhex(await secret.inner_text())
        await fine(ada, axe)

        await ada.day_long_game({"seats": 2, "bots": 1})
        assert (await heard(hook, 1))["what"] == "your_turn"
        await ada.page.get_by_role("button", name="I have kept it").click()
        await expect(secret).to_be_hidden()
        await ada.page.reload()
        await ada.page.get_by_text("An address of your own").click()
        await ada.page.get_by_role("button", name="Remove 127.0.0.1").click()
        await expect(ada.page.get_by_text("127.0.0.1 is told no more.")).to_be_visible()

        assert await secret.count() == 0
        assert (await ada.ask("GET", "/me/pushes"))["pushes"] == []


@pytest.mark.parametrize("game", first_of("minotaur", "bids"))
async def test_hours_have_room_in_their_ring_where_their_word_is_long(
    game: str, calling: Server, calling_bids: Server, browser: Browser
) -> None:
    server = calling if game == "minotaur" else calling_bids
    async with called(browser, server.url, None, "he") as ada:
        await ada.page.goto(server.url)
        await ada.ask("POST", "/guests", {"display_name": "Ada"})
        code = await ada.day_long_game({"seats": 2, "bots": 1})
        await ada.page.goto(f"{server.url}/g/{code}")
        await expect(ada.page.locator(".countdown")).to_contain_text("שע׳")

        assert [each for each in await misfits(ada) if "ring" in each] == []


async def icon(one: Called) -> str | None:
    return await one.page.locator('link[rel="icon"]').get_attribute("href")


async def wait_badge(one: Called, number: int) -> bool:
    """Until the number on the icon of the installed page is this one."""
    await one.page.wait_for_function("number => window.badge === number", arg=number)
    return True


async def test_who_signed_in_anew_in_this_browser_is_called_as_before(calling: Server, browser: Browser) -> None:
    async with push_maker() as maker, called(browser, calling.url, maker) as ada:
        await ada.go_home()
        await ada.ask("POST", "/accounts", {"username": "called.again", "password": PASSWORD})
        await ada.page.goto(f"{calling.url}/you")
        await ask_for_it(ada)
        await ada.ask("DELETE", "/sessions")
        await ada.ask("POST", "/sessions", {"username": "called.again", "password": PASSWORD})
        assert (await ada.ask("GET", "/me/pushes"))["pushes"] == []

        await ada.page.goto(f"{calling.url}/you")
        await expect(ada.page.get_by_text(CALLED)).to_be_visible()

        assert len((await ada.ask("GET", "/me/pushes"))["pushes"]) == 1


async def test_a_browser_that_is_given_another_address_by_its_maker_tells_the_server(
    calling: Server, browser: Browser
) -> None:
    async with push_maker() as maker, called(browser, calling.url, maker) as ada:
        await ada.go_home()
        await ada.ask("POST", "/guests", {"display_name": "Ada"})
        await ada.page.goto(f"{calling.url}/you")
        await ask_for_it(ada)
        [before] = (await ada.ask("GET", "/me/pushes"))["pushes"]

        await ada.move_to({**maker.subscription, "endpoint": f"{maker.endpoint}/2"})

        after = (await ada.ask("GET", "/me/pushes"))["pushes"]
        assert len(after) == 2 and before in after


async def test_who_allows_no_notifications_reads_why_nobody_calls(calling: Server, browser: Browser, axe: str) -> None:
    async with called(browser, calling.url, None) as ada:
        await ada.go_home()
        await ada.ask("POST", "/guests", {"display_name": "Ada"})
        code = await ada.day_long_game({"seats": 2, "bots": 1})
        await ada.page.goto(f"{calling.url}/g/{code}")

        await expect(ada.page.get_by_text("Notifications are off for this page")).to_be_visible()

        assert await ada.page.get_by_role("button", name=CALL_ME).count() == 0
        await fits(ada, axe)


async def test_a_browser_without_pushes_says_so_and_one_whose_maker_is_away_may_be_asked_again(
    calling: Server, browser: Browser, axe: str
) -> None:
    async with push_maker() as maker, called(browser, calling.url, maker) as ada:
        await ada.go_home()
        await ada.ask("POST", "/guests", {"display_name": "Ada"})
        await ada.page.context.add_init_script(
            "PushManager.prototype.subscribe = () => Promise.reject(new Error('no'))"
        )
        await ada.page.goto(f"{calling.url}/you")
        await ada.page.get_by_role("button", name=CALL_ME).click()
        await expect(ada.page.get_by_text("Your browser could not arrange it just now.")).to_be_visible()
        await expect(ada.page.get_by_role("button", name=CALL_ME)).to_be_enabled()
        await fine(ada, axe)

        await ada.page.context.add_init_script("delete window.PushManager")
        await ada.page.reload()
        await expect(ada.page.get_by_text("This browser can’t call you.")).to_be_visible()
        await fine(ada, axe)


async def test_in_a_game_of_short_rounds_nobody_is_offered_a_call(calling: Server, browser: Browser) -> None:
    async with push_maker() as maker, called(browser, calling.url, maker) as ada:
        await ada.play_against_bots("Ada")

        await expect(ada.ready_button).to_be_visible()

        assert await ada.page.get_by_role("button", name=CALL_ME).count() == 0
