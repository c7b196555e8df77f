"""The numbers that a person may set are those of ``rules/settings.py`` wherever the docs tell them."""

import re
from collections.abc import Mapping
from typing import Final

import msgspec
import pytest

from clew.people.pushes.bounds import LONG_ROUND_S
from minotaur.play.wire_http import CreateGame
from minotaur.rules.settings import BOUNDS, DRAIN, SEATS, STEPS_MAX, classic, labyrinth
from tests.architecture.tree import ROOT

RULES: Final = "docs/spec/RULES.md"
PROTOCOL: Final = "docs/spec/PROTOCOL.md"
NOTES: Final = "docs/protocol-notes.md"

NUMBERS: Final[Mapping[str, object]] = {
    **msgspec.structs.asdict(labyrinth(CreateGame().seats)),
    **{f"classic_{name}": value for name, value in msgspec.structs.asdict(classic(CreateGame().seats)).items()},
    "seats_least": SEATS.least,
    "seats_greatest": SEATS.greatest,
    "round_least": BOUNDS["round_seconds"].least,
    "round_greatest": BOUNDS["round_seconds"].greatest,
    "untouched_least": BOUNDS["untouched_max"].least,
    "untouched_greatest": BOUNDS["untouched_max"].greatest,
    "radius_2": labyrinth(2).radius,
    "radius_4": labyrinth(4).radius,
    "radius_6": labyrinth(6).radius,
    "steps_max": STEPS_MAX,
    "drain": DRAIN,
    "bot": CreateGame().bot,
}

MARK: Final = re.compile(r"\d(?: s)?⚙")
HELD: Final = re.compile(r"\}(?: s)?⚙")
SENTENCES: Final[list[tuple[str, str]]] = [
    (RULES, "R = {radius_2} for 2–3 seats, {radius_4} for 4–5, {radius_6} for 6–8"),
    (RULES, "hexagon without rock or Minotaur; {classic_ap_start} action point a round, none kept"),
    (RULES, "② its rings fall from round {classic_collapse_first}⚙ on"),
    (RULES, "{seats_least} to {seats_greatest} seats. A seat is taken by a player or a bot."),
    (RULES, "Each has one hero: {health}⚙ health, {ap_start}⚙② action points"),
    (RULES, "each living hero gains {ap_gain}⚙ AP, up to a cap of {ap_cap}⚙"),
    (RULES, "A list of at most {steps_max} steps"),
    (RULES, "when its deadline passes ({round_seconds} s⚙ after it began)"),
    (RULES, "A hero's hit takes {hero_damage}⚙ health"),
    (RULES, "(⚙; {minotaur_health}⚙② health, starts in the lair)"),
    (RULES, "Its hit takes {minotaur_damage}⚙"),
    (RULES, "the nearest living hero within {minotaur_reach}⚙ steps of walking"),
    (RULES, "at the end of round {collapse_first}⚙ + {collapse_every}⚙②·(R − k)"),
    (RULES, "hero loses {drain} health at each round's end"),
    (RULES, "After round {rounds_max}⚙"),
    (RULES, "A player who lets {autopilot_after}⚙ rounds in a row pass"),
    (RULES, "a round ends that they let pass ({away_after}⚙ round; 0"),
    (RULES, "in it for {untouched_max}⚙ rounds ({untouched_least} to {untouched_greatest} may be set)"),
    (RULES, "the floor within {sight}⚙ steps of walking"),
    (RULES, "as it stood {gallery_delay}⚙ rounds ago"),
    (RULES, "heroes within {hearing}⚙ hexes of it"),
    (PROTOCOL, '"seats": {seats_least}..{seats_greatest}, "bots": 0.., "bot": "{bot}"'),
    (PROTOCOL, '"round_seconds": {round_least}..{round_greatest}, "preset": "{preset}"'),
    (NOTES, "because for `untouched_max` ({untouched_max}) rounds in a row"),
]


@pytest.mark.parametrize(("document", "sentence"), SENTENCES)
def test_a_number_in_the_docs_is_that_of_the_settings(document: str, sentence: str) -> None:
    said = " ".join((ROOT / document).read_text(encoding="utf-8").split())

    for name, value in NUMBERS.items():
        sentence = sentence.replace("{" + name + "}", str(value))

    assert sentence in said


def test_every_number_that_the_rules_mark_as_a_setting_is_held_to() -> None:
    marked = MARK.findall((ROOT / RULES).read_text(encoding="utf-8"))

    held = [mark for document, sentence in SENTENCES if document == RULES for mark in HELD.findall(sentence)]

    assert len(marked) == len(held) > 0


def test_pages_offer_to_call_to_the_rounds_that_somebody_is_called_to() -> None:
    page = (ROOT / "clients/parts/calling/rounds.ts").read_text()

    found = re.search(r"LONG_ROUND_MS = ([\d_]+);", page)

    assert found is not None and int(found[1]) == LONG_ROUND_S * 1000
