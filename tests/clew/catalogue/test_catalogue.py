"""Sentences by id and language, a game's laid over the runtime's, and English found again in another language."""

from pathlib import Path

import pytest

from clew.catalogue.catalogue import Catalogue


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    write(
        tmp_path / "en" / "own.ftl",
        "refusal-own-win = { $name } wins in round { $round }.\nown-only = English only\nlanguage-label = Tongue",
    )
    write(
        tmp_path / "de" / "own.ftl",
        "refusal-own-win = In Runde { $round } gewinnt { $name }.\nlanguage-label = Zunge",
    )
    write(
        tmp_path / "he" / "own.ftl",
        "refusal-own-win = { $name } ניצח בסיבוב { $round }.",
    )
    return Catalogue(tmp_path)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_game_says_in_its_own_words_what_the_runtime_says_too(catalogue: Catalogue) -> None:
    assert Catalogue().say("de", "language-label") == "Sprache"
    assert catalogue.say("de", "language-label") == "Zunge"
    assert catalogue.say("he", "language-label") == "שפה"


def test_what_a_language_lacks_is_said_in_english_and_stands_in_its_texts(catalogue: Catalogue) -> None:
    assert catalogue.say("de", "own-only") == "English only"
    assert "own-only" in catalogue.texts("de")
    assert "own-only" not in Catalogue().texts("de")


def test_a_value_of_the_other_direction_is_isolated_and_no_other(catalogue: Catalogue) -> None:
    assert catalogue.say("de", "refusal-own-win", {"name": "Ada", "round": 3}) == "In Runde 3 gewinnt Ada."
    assert catalogue.say("de", "refusal-own-win", {"name": "עדה", "round": 3}) == "In Runde 3 gewinnt \u2068עדה\u2069."
    assert catalogue.say("he", "refusal-own-win", {"name": "Ada", "round": 3}) == "\u2068Ada\u2069 ניצח בסיבוב 3."


def test_an_english_sentence_is_found_again_with_its_values(catalogue: Catalogue) -> None:
    assert catalogue.translated("de", "Ada wins in round 12.") == "In Runde 12 gewinnt Ada."
    assert catalogue.translated("en", "Whatever it is.") == "Whatever it is."
    assert catalogue.translated("de", "Whatever it is.") is None


def test_languages_are_named_by_themselves_and_run_their_way() -> None:
    catalogue = Catalogue()

    assert dict(catalogue.names()) == {"en": "English", "de": "Deutsch", "he": "עברית"}
    assert [catalogue.direction(each) for each in catalogue.languages] == ["ltr", "ltr", "rtl"]


def test_an_id_that_there_is_none_of_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="no sentence is called"):
        Catalogue().say("de", "no-such-sentence")


def test_a_sentence_of_a_page_is_never_taken_for_a_refusal(tmp_path: Path) -> None:
    write(tmp_path / "en" / "own.ftl", "own-anything = { $words }.\nrefusal-wins = { $name } wins.")
    write(tmp_path / "de" / "own.ftl", "own-anything = Also { $words }.\nrefusal-wins = { $name } gewinnt.")

    assert Catalogue(tmp_path).translated("de", "Ada wins.") == "Ada gewinnt."
    assert Catalogue(tmp_path).translated("de", "Ada loses.") is None
