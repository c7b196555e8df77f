"""The catalogue: folders of Fluent texts, in each one for a language, and a game's laid over the runtime's."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final

from babel import Locale
from babel.lists import format_list
from fluent.syntax import ast

from clew.catalogue.choosing import ENGLISH
from clew.catalogue.isolating import isolated
from clew.catalogue.sentences import Sentences, Value

OURS: Final = Path(__file__).parent / "texts"
"""The runtime's own."""

FOUND_BY_THEIR_ENGLISH: Final = ("error-", "refusal-", "page-")
"""How the ids of those begin that reach us as sentences. What pages say looks too much like them to be searched."""

SAID_BY_THE_SERVER: Final = (*FOUND_BY_THEIR_ENGLISH, "preview-", "drawn-")
"""How the ids of those begin that no page's script says itself."""

_LISTED_AS: Final = {ENGLISH: "en_GB"}
"""How English is written here: no comma before "and"."""


class Catalogue:
    """Sentences by id and language.

    ``folders`` beside the runtime's: a game's say in its own words what the runtime's say too, and what is the game's
    alone. A language that any of them has is one of the catalogue's. What it lacks in one is said in English.
    """

    def __init__(self, *folders: Path) -> None:
        self._folders = (OURS, *folders)
        found = {each.name for folder in self._folders if folder.is_dir() for each in folder.iterdir() if each.is_dir()}
        assert ENGLISH in found, "English is in the runtime's own folder"
        self.languages: Final = (ENGLISH, *sorted(found - {ENGLISH}))
        self._voices = dict[str, Sentences]()

    def say(self, language: str, sentence_id: str, values: Mapping[str, Value] | None = None) -> str:
        """The sentence in this language. An id that there is none of is a bug: the tests know them all."""
        return self._voice(language).say(sentence_id, values or {})

    def listed(self, language: str, names: Sequence[str]) -> str:
        """As "Ada, Bo and Cy", each of them kept from turning the others round."""
        right_to_left = self.direction(language) == "rtl"
        apart = [isolated(self.called(language, each), right_to_left=right_to_left) for each in names]
        return format_list(apart, locale=_LISTED_AS.get(language, language))

    def called(self, language: str, name: str) -> str:
        """What somebody is called: their name, but for who has gone for good, whom the server calls in English."""
        return self._voice(language).called(name)

    def has(self, sentence_id: str) -> bool:
        """Whether there is a sentence of this id: in English there is every one."""
        return sentence_id in self._voice(ENGLISH).ids

    def translated(self, language: str, sentence: str) -> str | None:
        """What an English sentence is in this language; None if it is none of those that are found by it.

        For what reaches us as a sentence: refusals are values of pure rules, travel between nodes of two releases and
        are kept in states, so they are English until they leave (decision 0130). Values in them are carried over.
        """
        if language == ENGLISH:
            return sentence
        known = self._english
        for pattern, sentence_id in (*known.get(_first_word(sentence), ()), *known.get("", ())):
            if (found := pattern.fullmatch(sentence)) is not None:
                return self.say(
                    language, sentence_id, {name: _number(text) for name, text in found.groupdict().items()}
                )
        return None

    def texts(self, language: str) -> str:
        """All that a page needs to speak it, as Fluent: each sentence once, in English where there is none."""
        own = self._voice(language)
        entries = {**self._voice(ENGLISH).entries, **own.entries}
        return "".join(text for each, text in entries.items() if not each.startswith(SAID_BY_THE_SERVER))

    def direction(self, language: str) -> str:
        """``ltr`` or ``rtl``."""
        return Locale.parse(language).text_direction

    def names(self) -> Mapping[str, str]:
        """Each language as it calls itself."""
        return {each: Locale.parse(each).get_display_name() or each for each in self.languages}

    def _voice(self, language: str) -> Sentences:
        if language not in self._voices:
            base = None if language == ENGLISH else self._voice(ENGLISH)
            self._voices[language] = Sentences(language, self._source(language), base)
        return self._voices[language]

    def _source(self, language: str) -> str:
        files = [path for folder in self._folders for path in sorted((folder / language).glob("*.ftl"))]
        return "\n".join(path.read_text(encoding="utf-8") for path in files)

    @cached_property
    def _english(self) -> Mapping[str, Sequence[tuple[re.Pattern[str], str]]]:
        found = dict[str, list[tuple[re.Pattern[str], str]]]()
        for sentence_id, pattern in self._voice(ENGLISH).plain(FOUND_BY_THEIR_ENGLISH):
            found.setdefault(_beginning(pattern), []).append((_matching(pattern), sentence_id))
        return found


def _matching(pattern: ast.Pattern) -> re.Pattern[str]:
    """What finds the sentence whatever its values are; one that stands in it twice is the same twice."""
    parts, named = list[str](), set[str]()
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            parts.append(re.escape(element.value))
            continue
        assert isinstance(element.expression, ast.VariableReference), "only plain sentences are matched"
        name = element.expression.id.name
        parts.append(f"(?P={name})" if name in named else f"(?P<{name}>.+?)")
        named.add(name)
    return re.compile("".join(parts), re.DOTALL)


def _beginning(pattern: ast.Pattern) -> str:
    """The word by which it is found; nothing where a value is, or may be, in it."""
    first = pattern.elements[0]
    if not isinstance(first, ast.TextElement):
        return ""
    return _first_word(first.value) if " " in first.value or len(pattern.elements) == 1 else ""


def _first_word(sentence: str) -> str:
    return sentence.partition(" ")[0]


def _number(text: str) -> Value:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 16 else text
