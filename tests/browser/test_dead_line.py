"""A line that dies without a word is noticed while its player plans, and a healthy one is kept whatever clocks say."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, WebSocket, expect

from tests.browser.visitor import Visitor, visitor
from tests.kit.proxy import Proxy, proxy_to
from tests.kit.record import Message
from tests.kit.server import Server

NOTICED_WITHIN_S: Final = 5.0
KNOWN_WITHIN_S: Final = 1.0
"""What is promised: by itself, and when the browser says that something happened."""
BUSY_S: Final = 2.0
"""What a busy machine may add."""
MINUTE_MS: Final = 60_000
HIDDEN_MINUTES: Final = 5
ROUND_S_MAX: Final = 60
WAKING: Final = (
    "document.dispatchEvent(new Event('resume'))",
    "document.dispatchEvent(new Event('visibilitychange'))",
    "window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))",
)


class Wires:
    """The sockets that a page has opened, and what was told on them."""

    def __init__(self, page: Page) -> None:
        self.opened = list[WebSocket]()
        self._told = list[tuple[WebSocket, Message]]()
        self._changed = asyncio.Event()
        page.on("websocket", self._hear)

    async def wait_welcome(self, number: int, within_s: float) -> None:
        """Until this one of them was welcomed. Raises ``TimeoutError``."""
        await self._wait_told("welcome", number, within_s, 1)

    async def wait_pong(self, number: int) -> None:
        """Until one more question was answered there."""
        await self._wait_told("pong", number, 10.0, 1 + self._count("pong", number))

    def _count(self, kind: str, number: int) -> int:
        if number > len(self.opened):
            return 0
        return sum(socket is self.opened[number - 1] and told["type"] == kind for socket, told in self._told)

    async def _wait_told(self, kind: str, number: int, within_s: float, times: int) -> None:
        async with asyncio.timeout(within_s):
            while self._count(kind, number) < times:
                self._changed.clear()
                await self._changed.wait()

    def _hear(self, socket: WebSocket) -> None:
        self.opened.append(socket)
        socket.on("framereceived", lambda text: self._note(socket, text))

    def _note(self, socket: WebSocket, text: str | bytes) -> None:
        self._told.append((socket, json.loads(text)))
        self._changed.set()


@asynccontextmanager
async def at_a_game(browser: Browser, server: Server) -> AsyncGenerator[tuple[Visitor, Wires, Proxy]]:
    """Somebody who plays against bots, over a network that a test may lose."""
    async with proxy_to(server.port) as proxy, visitor(browser, f"http://127.0.0.1:{proxy.port}") as ada:
        wires = Wires(ada.page)
        await ada.play_against_bots("Ada")
        await wires.wait_pong(1)
        yield ada, wires, proxy


async def see_afresh(ada: Visitor, server: Server) -> None:
    """The same page from the server itself: what the browser still holds of the lost network would keep it waiting."""
    await ada.page.goto(f"{server.url}{urlsplit(ada.page.url).path}")


async def test_a_dead_line_is_replaced_though_nothing_is_sent_and_the_log_has_no_gap(
    server: Server, browser: Browser
) -> None:
    async with at_a_game(browser, server) as (ada, wires, proxy):
        await ada.page.evaluate("window.sameDocument = true")

        proxy.lose()
        await wires.wait_welcome(2, NOTICED_WITHIN_S + BUSY_S)

        await ada.page.keyboard.press("Enter")
        assert await ada.wait_round_after(1) == 2
        lived_through = await ada.log_lines()
        assert await ada.page.evaluate("window.sameDocument") is True
        await see_afresh(ada, server)
        assert await ada.wait_round_after(0) == 2
        assert await ada.log_lines() == lived_through
        assert ada.complaints == []


async def test_a_plan_sent_on_a_dead_line_is_accepted_on_the_next(server: Server, browser: Browser) -> None:
    async with at_a_game(browser, server) as (ada, wires, proxy):
        proxy.lose()
        await ada.page.keyboard.press("x")
        await expect(ada.page.get_by_text("Not yet confirmed.")).to_have_count(1)
        await wires.wait_welcome(2, NOTICED_WITHIN_S + BUSY_S)

        await ada.wait_confirmed()
        assert await ada.plan() == ["Wait"]
        await see_afresh(ada, server)
        await ada.wait_round_after(0)
        assert await ada.plan() == ["Wait"]
        assert ada.complaints == []


async def test_a_browser_that_is_online_again_is_back_at_once(server: Server, browser: Browser) -> None:
    async with at_a_game(browser, server) as (ada, wires, proxy):
        await ada.page.context.set_offline(offline=True)
        proxy.lose()
        before = len(wires.opened)  # as soon as it is online the page opens the next one
        await ada.page.context.set_offline(offline=False)

        await wires.wait_welcome(before + 1, KNOWN_WITHIN_S + BUSY_S)


async def test_a_page_that_is_woken_is_back_at_once(server: Server, browser: Browser) -> None:
    async with at_a_game(browser, server) as (ada, wires, proxy):
        for number, said in enumerate(WAKING, 2):
            proxy.lose()
            await ada.page.evaluate(said)  # headless pages can't be hidden or frozen from outside

            await wires.wait_welcome(number, KNOWN_WITHIN_S + BUSY_S)
            await wires.wait_pong(number)


async def test_a_hidden_page_whose_timers_run_once_a_minute_keeps_its_healthy_line(
    server: Server, browser: Browser
) -> None:
    async with proxy_to(server.port) as proxy, visitor(browser, f"http://127.0.0.1:{proxy.port}") as ada:
        await ada.page.clock.install()
        wires = Wires(ada.page)
        await ada.play_against_bots("Ada")

        for _ in range(HIDDEN_MINUTES):
            await ada.page.clock.fast_forward(MINUTE_MS)
            await wires.wait_pong(1)

        assert len(wires.opened) == 1
        assert not wires.opened[0].is_closed()


async def test_a_wrong_device_clock_changes_no_time_on_any_page(server: Server, browser: Browser) -> None:
    for ahead_h in (2, -2):
        async with visitor(browser, server.url) as ada:
            now_ms: float = await ada.page.evaluate("Date.now()")
            await ada.page.clock.install(time=now_ms / 1000 + ahead_h * 3600)
            await ada.play_against_bots("Ada")
            left = await ada.page.get_by_role("timer").get_attribute("aria-label") or ""
            await ada.go_home()

            await expect(ada.page.get_by_text("Round 1 ·")).to_contain_text("s left")
            assert 0 < int(left.split()[0]) <= ROUND_S_MAX, left
