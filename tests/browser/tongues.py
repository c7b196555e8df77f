"""A game from the front page to its replay, in whatever language: what a person meets on the way, screen by screen."""

import json
import re
from collections.abc import AsyncIterator
from typing import Final

from fluent.runtime import FluentBundle, FluentResource
from playwright.async_api import expect

from clew.catalogue.catalogue import Catalogue
from tests.architecture.tree import SOURCE
from tests.browser.visitor import Visitor

MINOTAURS: Final = Catalogue(SOURCE / "minotaur" / "texts")
ANY_GAMES: Final = Catalogue()
_BEFORE: Final = re.compile(r"^(?:[a-z]\S* =|\s+\*?\[\w+\])")
_PLACEABLE: Final = re.compile(r"(\{[^{}]*\}|\{[^{}]*->|\})")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


class Tongue:
    """A language, or English half as long again (``is_long``), which finds what a translator would stumble over."""

    def __init__(self, catalogue: Catalogue, language: str, *, is_long: bool = False) -> None:
        texts = catalogue.texts(language)
        self.language: Final = language
        self._texts: Final = _longer_texts(texts) if is_long else None
        self._bundle: Final = FluentBundle([language], use_isolating=False)
        self._bundle.add_resource(FluentResource(self._texts or texts), allow_overrides=True)

    def say(self, sentence_id: str, **values: str | int) -> str:
        pattern = self._bundle.get_message(sentence_id).value
        assert pattern is not None, f"{sentence_id} says nothing"
        return str(self._bundle.format_pattern(pattern, values)[0])

    async def teach(self, person: Visitor) -> None:
        """Has the page speak it where no server does. The page's script runs once all of it is there."""
        if self._texts is not None:
            await person.page.add_init_script(_SPEAK % json.dumps(self._texts))


_SPEAK: Final = """document.addEventListener("readystatechange", () => {
  const block = document.getElementById("texts");
  if (document.readyState === "interactive" && block !== null) block.textContent = %s;
});"""


def longer(text: str) -> str:
    """Every word by half; marks as they are."""
    return _WORD.sub(lambda word: word[0] + word[0][: len(word[0]) // 2], text)


def _longer_texts(texts: str) -> str:
    return "\n".join(map(_longer_line, texts.split("\n")))


def _longer_line(line: str) -> str:
    found = _BEFORE.match(line)
    if line.startswith("#") or (found is None and "=" in line):
        return line
    before = found[0] if found is not None else ""
    parts = _PLACEABLE.split(line[len(before) :])
    return before + "".join(part if _PLACEABLE.fullmatch(part) else longer(part) for part in parts)


async def minotaur_screens(ada: Visitor, tongue: Tongue) -> AsyncIterator[str]:
    """Plays it and stops at each screen: front page, lobby, a round, the next, the end, the replay, people, nowhere."""
    page, say = ada.page, tongue.say
    await page.goto(ada.base_url)
    await page.get_by_label(say("front-your-name")).first.fill("Ada")
    form = page.locator("section", has=page.get_by_role("heading", name=say("front-make-title")))
    await form.get_by_role("group", name=say("front-heroes")).get_by_role("radio", name="2").check()
    await form.get_by_text(say("front-more-rules")).click()
    await form.get_by_label(say("front-health")).fill("6")
    yield "home"

    await form.get_by_role("button", name=say("front-make")).click()
    await expect(page.get_by_label(say("gate-link"))).to_be_visible()
    yield "lobby"
    await page.get_by_role("list", name=say("gate-seats")).get_by_role("button").first.click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    yield "seat"
    await page.get_by_role("button", name=say("lobby-seat-put", bot=say("gate-hunter"))).click()
    await page.get_by_role("button", name=say("gate-start")).click()
    await expect(page.get_by_role("region", name=say("game-plan"))).to_be_visible()
    yield "round"
    await page.keyboard.press("x")
    await expect(page.locator(".slots button")).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(
        page.get_by_role("region", name=say("game-this-round")).get_by_text(say("game-round", round=2))
    ).to_be_visible()
    yield "telling"
    await expect(page.locator(".telling")).to_have_count(0)
    yield "second round"

    await page.get_by_role("button", name=say("game-give-up"), exact=True).click()
    await expect(page.get_by_role("dialog", name=say("game-give-up-title"))).to_be_visible()
    yield "giving up"
    await page.get_by_role("dialog").get_by_role("button", name=say("game-give-up"), exact=True).click()
    await expect(page.get_by_role("heading", name=say("end-you-lost"))).to_be_visible()
    yield "end"
    await page.get_by_role("link", name=say("end-watch-again")).click()
    await expect(page.get_by_role("slider", name=say("replay-slider"))).to_be_visible()
    await page.get_by_role("button", name=say("replay-next-round")).click()
    yield "replay"
    for path in ("/you", "/board", "/nowhere"):
        await page.goto(f"{ada.base_url}{path}")
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        yield path[1:]


async def any_games_screens(ada: Visitor, tongue: Tongue) -> AsyncIterator[str]:
    """The same at a table of a game for which nobody wrote a page, against a bot."""
    page, say = ada.page, tongue.say
    await page.goto(ada.base_url)
    await page.get_by_label(say("any-your-name")).fill("Ada")
    yield "home"

    await page.get_by_role("button", name=say("any-make"), exact=True).click()
    await expect(page.get_by_label(say("table-link"))).to_be_visible()
    yield "lobby"
    await page.get_by_role("button", name=say("table-start")).click()
    await expect(page.get_by_role("form", name=say("table-your-plan"))).to_be_visible()
    yield "round"
    await page.get_by_role("button", name=say("table-give-up"), exact=True).click()
    await page.get_by_role("dialog").get_by_role("button", name=say("table-give-up"), exact=True).click()
    await expect(page.locator("#result")).to_be_visible()
    yield "end"
    await page.get_by_role("link", name=say("table-watch-again")).click()
    await expect(page.get_by_role("slider", name=say("table-slider"))).to_be_visible()
    yield "replay"
    for path in ("/you", "/board", "/nowhere"):
        await page.goto(f"{ada.base_url}{path}")
        await expect(page.get_by_role("heading", level=1).first).to_be_visible()
        yield path[1:]
