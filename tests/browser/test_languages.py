"""Whole games in German, in Hebrew, and in English half as long again: all of it said, and nothing leaves its box."""

import re
from collections.abc import AsyncIterator
from typing import Final

import pytest
from playwright.async_api import Browser

from tests.browser.sizes import DESK, PHONE, misfits
from tests.browser.tongues import ANY_GAMES, MINOTAURS, Tongue, any_games_screens, minotaur_screens
from tests.browser.visitor import Visitor, visitor
from tests.kit.forms import first_of
from tests.kit.server import Server

NARROW: Final = (320, 640)
SIZES: Final = (NARROW, PHONE, DESK)
TONGUES: Final = ("he", "de", "long")
DIRECTIONS: Final = {"en": "ltr", "de": "ltr", "he": "rtl"}
NOT_OF_A_LANGUAGE: Final = re.compile(r" low: | stands in ")
"""How large and how far apart things are is held in English; the pad's keys and a lifted veil stand over others."""
NOTHING_THERE: Final = re.compile("status of 404")
"""What the browser says of an address at which there is nothing."""


@pytest.mark.parametrize("name", first_of(*TONGUES))
async def test_a_game_of_minotaur_is_played_from_its_making_to_its_replay(
    server: Server, browser: Browser, axe: str, name: str
) -> None:
    tongue = Tongue(MINOTAURS, "en" if name == "long" else name, is_long=name == "long")
    async with visitor(browser, server.url, *PHONE, locale=tongue.language, taught=False) as ada:
        await tongue.teach(ada)
        await _fits(ada, tongue, axe, minotaur_screens(ada, tongue))


@pytest.mark.parametrize("name", first_of(*TONGUES))
async def test_a_table_of_any_game_is_played_from_its_making_to_its_replay(
    bids: Server, browser: Browser, axe: str, name: str
) -> None:
    tongue = Tongue(ANY_GAMES, "en" if name == "long" else name, is_long=name == "long")
    async with visitor(browser, bids.url, *PHONE, locale=tongue.language) as ada:
        await tongue.teach(ada)
        await _fits(ada, tongue, axe, any_games_screens(ada, tongue))


async def _fits(ada: Visitor, tongue: Tongue, axe: str, screens: AsyncIterator[str]) -> None:
    wrong: list[str] = []
    async for screen in screens:
        root = ada.page.locator("html")
        assert await root.get_attribute("lang") == tongue.language
        assert await root.get_attribute("dir") == DIRECTIONS[tongue.language]
        found = [*await misfits(ada, SIZES), *await ada.broken_for_some(axe)]
        await ada.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        wrong += [f"{screen}: {each}" for each in found if not NOT_OF_A_LANGUAGE.search(each)]
    assert wrong == []
    assert [each for each in ada.complaints if not NOTHING_THERE.search(each)] == []
