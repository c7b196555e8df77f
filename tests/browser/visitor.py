"""A person with a browser of their own, who knows the pages by what they say: roles, names and words."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final, Literal

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, expect

from tests.kit.record import Message

PATIENCE_MS: Final = 30_000
"""Longer than the rounds that are played here, and than a busy machine takes for anything."""
RESTART_MS: Final = 120_000
NETWORK_IS_DOWN: Final = re.compile(
    r"ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|WebSocket connection to .* failed"
    r"|An unknown error occurred when fetching the script"  # a worker's, which is looked for a while after the page
)
"""What Chromium itself reports while a server is away; no page can prevent it."""
NOT_SIGNED_IN_YET: Final = re.compile(r"status of 401")
"""A new browser asks who it is, and is told that nobody is."""
ROUND_IN_HEADING: Final = re.compile(r"round (\d+)$")


class Visitor:
    """One page. ``complaints`` are console errors and uncaught exceptions that are the page's own fault."""

    def __init__(self, page: Page, base_url: str) -> None:
        self.page = page
        self.base_url = base_url
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    # -- around the game ----------------------------------------------------------------------------------------------

    async def go_home(self) -> None:
        await self.page.goto(self.base_url)
        await expect(self.page.get_by_role("heading", name="Minotaur", exact=True)).to_be_visible()

    async def tell_name(self, name: str) -> None:
        await self.page.get_by_label("Your name").first.fill(name)

    async def make_game(self, seats: int, bots: int, rules: dict[str, str], round_time: str = "20 seconds") -> str:
        """Make a game for friends with some of the numbers behind the rules changed; gives the link to share."""
        form = self.page.locator("section", has=self.page.get_by_role("heading", name="Play with friends"))
        await form.get_by_role("group", name="Heroes").get_by_role("radio", name=str(seats)).check()
        await form.get_by_role("group", name="Bots among them").get_by_role("radio", name=str(bots)).check()
        if bots:
            await form.get_by_role("radio", name="Wanderers").check()
        await form.get_by_label("Time for a round").select_option(label=round_time)
        await form.get_by_text("More rules").click()
        for label, value in rules.items():
            if value == "off":
                await form.get_by_label(label).uncheck()
            else:
                await form.get_by_label(label).fill(value)
        await form.get_by_role("button", name="Make the game").click()
        return await self.page.get_by_label("Link to this game").input_value()

    async def take_seat(self, link: str, name: str) -> None:
        await self.page.goto(link)
        await self.tell_name(name)
        await self.page.get_by_role("button", name="Take a seat").click()
        await expect(self.page.get_by_role("heading", name="You are in")).to_be_visible()

    async def play_against_bots(self, name: str) -> None:
        await self.go_home()
        await self.tell_name(name)
        await self.page.get_by_role("button", name="Play", exact=True).click()
        assert await self.wait_round_after(0) == 1

    # -- in the game --------------------------------------------------------------------------------------------------

    async def wait_round_after(self, number: int) -> int:
        """Until a later round than this one is told and open, or the game is over; gives the round."""
        later = self.page.get_by_role("heading", level=1, name=re.compile(rf"round (?!{number}$)\d+$"))
        await expect(later.or_(self.page.locator("#result")).first).to_be_attached()
        await self.skip_telling()
        heading = await self.page.get_by_role("heading", level=1, name=ROUND_IN_HEADING).inner_text()
        found = ROUND_IN_HEADING.search(heading)
        assert found is not None, heading
        return int(found.group(1))

    async def skip_telling(self) -> None:
        """Wait until the film of a round is over, without watching it."""
        skip = self.page.get_by_role("button", name="Skip", exact=True)
        if await skip.is_visible():
            await self.page.keyboard.press("x")
        await expect(skip).to_be_hidden()

    @property
    def slots(self) -> Locator:
        """The planned steps, each a button that removes it."""
        return self.page.get_by_role("region", name="Your plan").get_by_role("button", name=re.compile(r"^Step \d"))

    @property
    def ready_button(self) -> Locator:
        return self.page.get_by_role("button", name=re.compile(r"^Ready"))

    async def plan(self) -> list[str]:
        """The steps in words, as a screen reader has them."""
        labels = [await slot.get_attribute("aria-label") or "" for slot in await self.slots.all()]
        return [re.sub(r"^Step \d+: | Remove it\.$|, which is blocked", "", label).rstrip(".") for label in labels]

    async def wait_confirmed(self) -> None:
        """Until the server has accepted the plan that is shown."""
        await expect(self.page.get_by_text("Not yet confirmed.")).to_have_count(0)

    async def open_ways(self) -> list[str]:
        """The directions in which a step can be planned now, in words."""
        pad = self.page.get_by_role("group", name="Move")
        found = await pad.locator("button:not([aria-disabled=true])").evaluate_all(
            "buttons => buttons.map(button => button.getAttribute('aria-label'))"
        )
        return [label.removeprefix("Move ") for label in found]

    async def click_a_neighbouring_hex(self, nth: int = 0) -> None:
        """Plan a move by pointing at the board itself, at one of the hexes it offers."""
        hints = self.page.locator("g.hint")
        await expect(hints.first).to_be_attached()
        await self.page.evaluate(_TWO_FRAMES)  # the board may be about to be drawn around a new middle
        hint = hints.nth(nth % await hints.count())
        box = await hint.locator("path").first.bounding_box()
        assert box is not None, "the board offers a hex that is not drawn"
        await self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    async def log_lines(self) -> list[str]:
        """The whole log, a line an entry, the marks of rounds included."""
        return await self.page.get_by_role("log").locator("h3, p").all_inner_texts()

    async def note_banners(self) -> None:
        """From now on remember all that the connection bar says, however shortly; ``wait_banner`` looks there."""
        await self.page.evaluate(_NOTE_BANNERS)

    async def wait_banner(self, words: str) -> None:
        await expect(self.page.locator("body")).to_have_attribute(
            "data-banners", re.compile(re.escape(words)), timeout=RESTART_MS
        )

    async def is_over(self) -> bool:
        return await self.page.get_by_role("link", name="Watch it again").is_visible()

    # -- what is asked of every page ----------------------------------------------------------------------------------

    async def width_hidden(self) -> int:
        """How many pixels of the page one would have to scroll sideways to see."""
        return await self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    async def nameless_controls(self) -> list[str]:
        """Controls that a screen reader could not tell apart: no name at all."""
        return await self.page.evaluate(_NAMELESS_CONTROLS)

    async def broken_for_some(self, axe: str) -> list[str]:
        """What axe finds against WCAG 2.1 A and AA: one line for each rule broken and where.

        Asked in Chromium alone: the long-term Firefox loses its page under it (a crash of its own), and what is asked
        is the same everywhere.
        """
        browser = self.page.context.browser
        if browser is not None and browser.browser_type.name == "firefox":
            return []
        await self.page.evaluate(axe)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
        found: Message = await self.page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", tags)
        return [
            f"{rule['id']} ({rule['impact']}): {node['html'][:160]} {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]

    def _listen(self, message: ConsoleMessage) -> None:
        expected = NETWORK_IS_DOWN.search(message.text) or NOT_SIGNED_IN_YET.search(message.text)
        if message.type in {"error", "warning"} and not expected:
            self.complaints.append(f"{message.type}: {message.text}")


@asynccontextmanager
async def visitor(
    browser: Browser,
    base_url: str,
    width: int = 1280,
    height: int = 900,
    motion: Literal["reduce", "no-preference"] = "reduce",
    locale: str = "en-GB",
    *,
    taught: bool = True,
    told: Literal["as the device", "at once"] = "at once",
) -> AsyncGenerator[Visitor]:
    """A new person: cookies, storage and cache of their own. ``taught``: they have played Minotaur on this device.

    ``told``: who prefers less motion has chosen to see a round's end at once, or gets it in still frames.
    """
    context = await browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion=motion, locale=locale
    )
    if taught:
        await context.add_init_script(_TAUGHT)
    if motion == "reduce" and told == "at once":
        await context.add_init_script(_TOLD_AT_ONCE)
    try:
        yield Visitor(await context.new_page(), base_url)
    finally:
        await context.close()


_TWO_FRAMES: Final = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"

_NOTE_BANNERS: Final = """() => {
  const bar = document.querySelector('header [role=status]');
  const note = () => { document.body.dataset.banners = (document.body.dataset.banners ?? '') + bar.innerText + '|'; };
  new MutationObserver(note).observe(bar, { childList: true, characterData: true, subtree: true });
}"""

_TAUGHT: Final = "try { localStorage.setItem('minotaur.taught', 'all') } catch {}"
"""Before anything is shown; where nothing may be kept, nothing is."""

_TOLD_AT_ONCE: Final = "try { localStorage.setItem('minotaur.telling', 'none') } catch {}"

_NAMELESS_CONTROLS: Final = """() => [...document.querySelectorAll('button, a[href], input, select, textarea, summary')]
  .filter(control => control.checkVisibility())
  .filter(control => {
    const labels = [...(control.labels ?? [])].map(label => label.textContent);
    const referred = (control.getAttribute('aria-labelledby') ?? '').split(' ')
      .map(id => document.getElementById(id)?.textContent);
    const names = [control.getAttribute('aria-label'), control.textContent, ...labels, ...referred];
    return !names.some(name => (name ?? '').trim() !== '');
  })
  .map(control => control.outerHTML.slice(0, 200))"""
