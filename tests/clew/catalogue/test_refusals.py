"""What the server refuses by is in the catalogue: every code, and every sentence that is more exact than its code."""

from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast

from clew.catalogue.catalogue import OURS, Catalogue
from clew.tables.serving.errors import ERRORS as TABLES
from clew.wire.errors import ERRORS
from minotaur.play.errors import ERRORS as MINOTAURS
from tests.architecture.tree import SOURCE

CATALOGUE = Catalogue(SOURCE / "minotaur" / "texts")
ALL = {**ERRORS, **TABLES, **MINOTAURS}


@pytest.mark.parametrize("code", ALL)
def test_every_code_says_in_english_what_the_catalogue_says(code: str) -> None:
    assert CATALOGUE.say("en", f"error-{code}") == ALL[code].message


@pytest.mark.parametrize("language", ["de", "he"])
def test_every_codes_sentence_is_found_again_in_every_language(language: str) -> None:
    untold = [
        code for code, kind in ALL.items() if CATALOGUE.translated(language, kind.message) in (None, kind.message)
    ]

    assert untold == []


def test_every_refusal_in_the_catalogue_is_one_that_the_sources_have() -> None:
    """Else a sentence is mended in the code, and the catalogue's is never found again."""
    sources = "\n".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))

    lost = {name: text for name, text in refusals(OURS / "en" / "errors.ftl").items() if text not in sources}

    assert lost == {}


def refusals(path: Path) -> dict[str, str]:
    """The longest piece without a value of each."""
    return {
        entry.id.name: max((each.value for each in entry.value.elements if isinstance(each, ast.TextElement)), key=len)
        for entry in FluentParser().parse(path.read_text("utf-8")).body
        if isinstance(entry, ast.Message) and entry.value is not None and entry.id.name.startswith("refusal-")
    }
