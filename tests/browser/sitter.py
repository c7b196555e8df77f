"""A person at a table of some game, who has nothing but the page that every game has."""

import json
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Final, Literal

from playwright.async_api import Browser, Error, Locator, Page, Response, WebSocket, expect

from clew.client.news import with_view
from tests.browser.visitor import RESTART_MS, Visitor
from tests.kit.record import Message

AWAY: Final = "Reconnecting… You can go on planning."
BACK: Final = "Back: nothing was lost"


class Sitter(Visitor):
    """``heard`` is all that the server ever sent to this page, over HTTP and the socket, as it came."""

    def __init__(self, page: Page, base_url: str) -> None:
        super().__init__(page, base_url)
        self.heard: list[str] = []
        page.on("websocket", self._listen_to_the_line)
        page.on("response", self._listen_to_an_answer)

    # -- around the table ---------------------------------------------------------------------------------------------

    async def go_home(self) -> None:
        await self.page.goto(self.base_url)
        await expect(self.page.get_by_role("button", name="Make a table")).to_be_visible()

    async def make_table(
        self, name: str, options: dict[str, str], bots: int = 0, round_time: str = "2 minutes", seats: int | None = None
    ) -> str:
        """Gives the link to share."""
        await self.go_home()
        await self.tell_name(name)
        await self.page.get_by_text(re.compile(r"seats?.*change")).click()
        if seats is not None:
            await self.page.get_by_label("Seats", exact=True).select_option(str(seats))
        await self.page.get_by_label("Bots at most").select_option(str(bots))
        await self.page.get_by_label("Time for a round").select_option(label=round_time)
        for label, value in options.items():
            await self.page.get_by_label(label, exact=True).fill(value)
        await self.page.get_by_role("button", name="Make a table").click()
        return await self.page.get_by_label("Link to this table").input_value()

    async def start(self) -> None:
        await self.page.get_by_role("button", name="Start the game").click()
        await self.wait_round(1)

    async def wait_round(self, number: int) -> None:
        await expect(self.page.get_by_role("heading", level=1, name=re.compile(rf"Round {number}$"))).to_be_visible()

    # -- in the game --------------------------------------------------------------------------------------------------

    @property
    def planner(self) -> Locator:
        return self.page.get_by_role("form", name="Your plan")

    async def send(self) -> None:
        await self.planner.get_by_role("button", name=re.compile("^Send (new )?plan$")).click()

    async def be_ready(self) -> None:
        """With what stands in the form."""
        await self.planner.get_by_role("button", name=re.compile("[Rr]eady$")).click()

    async def expect_plan(self, words: str) -> None:
        """That the server has it."""
        await expect(self.planner.get_by_text(f"Your plan is in: {words}.")).to_be_visible()

    async def fact(self, label: str) -> str:
        """What the page shows under this word."""
        sight = self.page.get_by_role("region", name="What you see")
        return (
            await sight.locator("dl > div", has=self.page.locator(f"dt:text-is('{label}')")).locator("dd").inner_text()
        )

    async def log_lines(self) -> list[str]:
        lines = await self.page.get_by_role("log").locator("h3, p").all_inner_texts()
        return [line.strip() for line in lines]

    async def note_banners(self) -> None:
        await self.page.evaluate(_NOTE_BANNERS)

    async def wait_banner(self, words: str) -> None:
        await expect(self.page.locator("body")).to_have_attribute(
            "data-banners", re.compile(re.escape(words)), timeout=RESTART_MS
        )

    async def wait_over(self) -> str:
        """The headline of the result."""
        await expect(self.page.locator("#result")).to_be_visible()
        return await self.page.locator("#result > h2").inner_text()

    def views(self) -> list[Message]:
        """What the game showed this page over the socket, in order."""
        views = list[Message]()
        view: Message = {}
        for text in self.heard:
            if text.startswith('{"type":'):
                view = with_view(json.loads(text), view).get("view", view)
                views.append(view)
        return [view["game"] for view in views if view.get("game") is not None]

    # -- what is asked of every page ----------------------------------------------------------------------------------

    async def too_small(self) -> list[str]:
        """Controls that a finger misses: lower than 44 pixels."""
        return await self.page.evaluate(_TOO_SMALL)

    def _listen_to_the_line(self, line: WebSocket) -> None:
        line.on("framereceived", lambda frame: self.heard.append(str(frame)))

    async def _listen_to_an_answer(self, answer: Response) -> None:
        if "/api/" in answer.url:
            with suppress(Error):  # the page went elsewhere before it had read it
                self.heard.append(await answer.text())


@asynccontextmanager
async def sitter(
    browser: Browser,
    base_url: str,
    width: int = 1280,
    height: int = 900,
    colours: Literal["dark", "light"] = "light",
) -> AsyncGenerator[Sitter]:
    """A new person: cookies, storage and cache of their own."""
    context = await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=colours, reduced_motion="reduce", locale="en-GB"
    )
    try:
        yield Sitter(await context.new_page(), base_url)
    finally:
        await context.close()


_NOTE_BANNERS: Final = """() => {
  const bar = document.querySelector('.bar[role=status]');
  const note = () => { document.body.dataset.banners = (document.body.dataset.banners ?? '') + bar.innerText + '|'; };
  new MutationObserver(note).observe(bar, { childList: true, characterData: true, subtree: true });
}"""

_TOO_SMALL: Final = """() => [...document.querySelectorAll('button, a[href], select, summary, input, label.pill')]
  .filter(control => control.checkVisibility({ opacityProperty: true }))
  .filter(control => !['checkbox', 'radio'].includes(control.type) && control.tabIndex >= 0)
  .filter(control => control.getBoundingClientRect().height < 43.5)
  .map(control => control.outerHTML.slice(0, 120))"""
