"""The catalogue is whole: every language says every sentence, with the same values, and every one is said somewhere."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from clew.catalogue.catalogue import FOUND_BY_THEIR_ENGLISH, OURS
from clew.catalogue.choosing import ENGLISH
from tests.architecture.tree import ROOT, SOURCE, name_of, tracked_files

WINGS: Final = {"clew": OURS, "minotaur": SOURCE / "minotaur" / "texts"}

PLURALS: Final = {"en": {"one", "other"}, "de": {"one", "other"}, "he": {"one", "two", "other"}}
"""The forms that a number takes in each language (Unicode's plural rules); a new language is added here."""

_LITERAL: Final = re.compile(r"""["'`]([a-z][\w-]*-[\w-]+)["'`]""")
_SAID: Final = re.compile(r"""(?:\b(?:t|pieces|sentence|say)\(|\.say\([\w.]+,)\s*["'`]([^"'`$]+)["'`]""")
_FAMILY: Final = re.compile(r"""\bt\(\s*`([a-z][\w-]*-)\$\{""")
"""A sentence for each member of a closed union: ``t(`fate-${fate}`)``."""


class Sentence(NamedTuple):
    """One entry: the values it has, and its pattern as it stands in the file."""

    values: frozenset[str]
    entry: ast.Message


class _Values(Visitor):
    def __init__(self) -> None:
        self.found = set[str]()
        self.variants = list[set[str]]()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the visitor's way of naming
        self.found.add(node.id.name)

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802
        self.variants.append({each.key.name for each in node.variants if isinstance(each.key, ast.Identifier)})
        self.generic_visit(node)


def sentences(folder: Path) -> Mapping[str, Sentence]:
    found = dict[str, Sentence]()
    for path in sorted(folder.glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{path} can't be read at {entry.content!r}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                found[entry.id.name] = Sentence(frozenset(values_of(entry)), entry)
    return found


def values_of(entry: ast.Message) -> set[str]:
    visitor = _Values()
    visitor.visit(entry)
    return visitor.found


def languages(wing: str) -> list[str]:
    return sorted(path.name for path in WINGS[wing].iterdir() if path.is_dir())


def sources() -> Iterator[tuple[str, str]]:
    """Where sentences are said: both browser sides, and the server."""
    for path in tracked_files(".ts", ".svelte", ".py"):
        name = name_of(path)
        if name.startswith(("clients/", "ui/src/", "src/")) and not name.endswith(".test.ts"):
            yield name, path.read_text(encoding="utf-8")


def known() -> Mapping[str, Sentence]:
    return {**sentences(OURS / ENGLISH), **sentences(WINGS["minotaur"] / ENGLISH)}


@pytest.mark.parametrize("wing", WINGS)
def test_every_language_says_the_same_sentences_with_the_same_values(wing: str) -> None:
    english = sentences(WINGS[wing] / ENGLISH)

    for language in languages(wing):
        other = sentences(WINGS[wing] / language)
        assert sorted(other) == sorted(english), language
        wrong = [each for each in english if not other[each].values <= english[each].values | {"count"}]
        assert wrong == [], f"{language}: these have values that the English sentence is not given"
        lost = [
            each for each in english if not english[each].values <= other[each].values and not is_counted(other, each)
        ]
        assert lost == [], f"{language}: these leave out what the English sentence says"


def is_counted(found: Mapping[str, Sentence], sentence_id: str) -> bool:
    """A form for one may leave the number out, which then decides and is not said."""
    visitor = _Values()
    visitor.visit(found[sentence_id].entry)
    return bool(visitor.variants)


def test_both_wings_have_the_same_languages_and_the_forms_of_their_numbers_are_known() -> None:
    assert languages("clew") == languages("minotaur") == sorted(PLURALS)


@pytest.mark.parametrize("wing", WINGS)
def test_a_sentence_that_hangs_on_a_number_has_every_form_of_its_language(wing: str) -> None:
    for language in languages(wing):
        for sentence_id, sentence in sentences(WINGS[wing] / language).items():
            visitor = _Values()
            visitor.visit(sentence.entry)
            for variants in visitor.variants:
                if "one" in variants:
                    assert variants >= PLURALS[language], f"{language}: {sentence_id}"


def test_a_sentence_is_of_one_wing() -> None:
    assert not sentences(OURS / ENGLISH).keys() & sentences(WINGS["minotaur"] / ENGLISH).keys()


def test_whatever_is_said_is_in_the_catalogue() -> None:
    ids = known()

    said = {(name, found[1]) for name, text in sources() for found in _SAID.finditer(text)}
    families = {(name, found[1]) for name, text in sources() for found in _FAMILY.finditer(text)}

    assert said, "nothing is said at all"
    assert {each for each in said if each[1] not in ids} == set()
    assert {each for each in families if not any(known_id.startswith(each[1]) for known_id in ids)} == set()


def test_whatever_is_in_the_catalogue_is_said() -> None:
    texts = [text for _, text in sources()]
    literals = {found[1] for text in texts for found in _LITERAL.finditer(text)}
    families = tuple({found[1] for text in texts for found in _FAMILY.finditer(text)})

    unsaid = [
        each for each in known() if each not in literals and not each.startswith((*families, *FOUND_BY_THEIR_ENGLISH))
    ]

    assert unsaid == []


def test_the_game_speaks_for_itself_and_not_the_runtime() -> None:
    words = "\n".join(path.read_text(encoding="utf-8") for path in OURS.rglob("*.ftl"))

    assert "minotaur" not in words.lower()
    assert (ROOT / "src" / "minotaur" / "texts").is_dir()
