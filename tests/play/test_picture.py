"""The end of a match as a picture: sound XML, whatever people are called, with everyone's shape, hue and fate."""

import re
import xml.etree.ElementTree as ET

import msgspec

from clew.catalogue.catalogue import Catalogue
from clew.catalogue.voice import Voice
from minotaur.play.match import MatchCreated, MatchEvent
from minotaur.play.picture import HUES, SHAPES, picture_of
from tests.architecture.tree import ROOT
from tests.play.record_game import played

TEXTS = Catalogue(ROOT / "src" / "minotaur" / "texts")
ENGLISH = Voice(TEXTS, "en")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(picture: str) -> tuple[list[str], set[str]]:
    """Every text, and every kind of element and attribute."""
    root = ET.fromstring(picture)
    texts = ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
    kinds = {each.tag.removeprefix(SVG) for each in root.iter()}
    return texts, kinds | {key for each in root.iter() for key in each.attrib}


def test_it_says_who_won_and_how_each_fell() -> None:
    table, games = played()

    texts, _ = drawn(picture_of(table.journal, ENGLISH))

    winner = games[-1].winner_id
    names = {str(member.player_id): member.display_name for member in table.match.members}
    assert winner is not None
    assert texts[:3] == [f"Minotaur · {games[-1].round} rounds", f"{names[winner]} won", names[winner]]
    assert texts[3] == "the last hero standing"
    fates = dict(zip(texts[2::2], texts[3::2], strict=True))
    assert set(fates) == set(names.values())
    assert fates["Icarus"] == "was slain by Daedalus in round 8"


def test_it_says_it_in_the_language_of_whoever_asks() -> None:
    table, games = played()

    german, _ = drawn(picture_of(table.journal, Voice(TEXTS, "de")))
    hebrew = picture_of(table.journal, Voice(TEXTS, "he"))

    assert german[0] == f"Minotaur · {games[-1].round} Runden"
    assert "fiel in Runde 8 durch Daedalus" in german
    assert ' direction="rtl" text-anchor="end"' in hebrew
    assert "תבוסה בסיבוב 8 מול: \u2068Daedalus\u2069" in drawn(hebrew)[0]


def test_every_hex_and_every_hero_stands_in_it() -> None:
    table, games = played()

    picture = picture_of(table.journal, ENGLISH)

    assert picture.count(f'fill="{HUES[0]}"') == 2
    assert all(SHAPES[seat] in picture for seat in range(4))
    assert picture.count("<path") == len(games[-1].board) + 2 * 4 + 1
    assert len(picture) < 64 * 1024


def test_it_looks_as_the_page_does() -> None:
    hues = re.findall(r"--hero-\d: (#\w{6});", (ROOT / "ui/src/theme.css").read_text())[: len(HUES)]
    shapes = re.findall(r'path: "(M[^"]+)"', (ROOT / "ui/src/lib/heroes.ts").read_text())

    assert tuple(hues) == HUES
    assert len(shapes) == 6
    assert set(shapes) < set(SHAPES)


def test_no_name_is_more_than_text() -> None:
    table, _ = played()
    rude = '</text><script x="&\ufffe'
    named = msgspec.structs.replace(table.journal[0], event=_called(table.journal[0].event, rude))

    texts, kinds = drawn(picture_of([named, *table.journal[1:]], ENGLISH))

    assert rude.replace("\ufffe", "\N{REPLACEMENT CHARACTER}") in texts
    assert kinds == drawn(picture_of(table.journal, ENGLISH))[1]


def _called(event: MatchEvent | None, name: str) -> MatchCreated:
    assert isinstance(event, MatchCreated)
    return msgspec.structs.replace(event, host=msgspec.structs.replace(event.host, display_name=name))
