"""One language's sentences, each parsed when it is first said: a start says few of some thousand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from babel import Locale
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from clew.catalogue.isolating import isolated

Value = str | int | float

_ENTRY: Final = re.compile(r"^(-?[a-zA-Z][\w-]*)[ ]*=", re.MULTILINE | re.ASCII)
"""How a message or term begins: nothing else of a Fluent text stands at the beginning of a line but comments."""
_TOLD_APART: Final = re.compile(r"(?: \(\d+\))?")
_COMMENT: Final = re.compile(r"^#.*\n?|^[ ]*\n", re.MULTILINE)
"""And lines with nothing on them."""
_REFERENCE: Final = re.compile(r"\{\s*(-?[a-z][\w-]*)", re.ASCII)
"""To another message or term; functions are written in capitals, variables after a ``$``."""


class Sentences:
    """``source``: Fluent, later entries over earlier ones of the same id. ``base`` has what is lacking here."""

    def __init__(self, language: str, source: str, base: "Sentences | None") -> None:
        self.entries: Final[Mapping[str, str]] = dict(_entries(source))
        """Each as it is written, terms too, without comments."""
        self._right_to_left = Locale.parse(language).text_direction == "rtl"
        self._bundle = FluentBundle([language], use_isolating=False)
        self._parsed = set[str]()
        self._base = base

    @cached_property
    def ids(self) -> set[str]:
        return {each for each in self.entries if not each.startswith("-")}

    def say(self, sentence_id: str, values: Mapping[str, Value]) -> str:
        """With these values. An id that neither this nor the base has is a bug, and so is a value that is lacking."""
        if sentence_id not in self.entries:
            assert self._base is not None, f"no sentence is called {sentence_id}"
            return self._base.say(sentence_id, values)
        self._parse(sentence_id)
        pattern = self._bundle.get_message(sentence_id).value
        assert pattern is not None, f"{sentence_id} has attributes only"
        apart = {name: self._apart(value) for name, value in values.items()}
        text, wrong = self._bundle.format_pattern(pattern, apart)
        assert not wrong, f"{sentence_id} can't be said with {sorted(values)}: {wrong}"
        return str(text)

    def called(self, name: str) -> str:
        """As it is, but for what the base calls whoever has gone for good, with the number behind it that tells two
        apart.
        """
        english = self.called_gone if self._base is None else self._base.called_gone
        number = name.removeprefix(english)
        return f"{self.called_gone}{number}" if name.startswith(english) and _TOLD_APART.fullmatch(number) else name

    @cached_property
    def called_gone(self) -> str:
        """What whoever has gone for good is called."""
        return self.say("people-gone", {})

    def plain(self, beginnings: tuple[str, ...]) -> Sequence[tuple[str, ast.Pattern]]:
        """Those that stand in one piece, whatever is put into them, of the ids that begin so."""
        return [
            (entry.id.name, entry.value)
            for sentence_id, text in self.entries.items()
            if sentence_id.startswith(beginnings)
            for entry in FluentResource(text).body
            if isinstance(entry, ast.Message) and entry.value is not None and all(map(_is_plain, entry.value.elements))
        ]

    def _parse(self, sentence_id: str) -> None:
        """And what it refers to, which may refer to more."""
        if sentence_id in self._parsed or sentence_id not in self.entries:
            return
        self._parsed.add(sentence_id)
        self._bundle.add_resource(FluentResource(self.entries[sentence_id]))
        for each in _REFERENCE.findall(self.entries[sentence_id]):
            self._parse(each)

    def _apart(self, value: Value) -> Value:
        return isolated(self.called(value), right_to_left=self._right_to_left) if isinstance(value, str) else value


def _entries(source: str) -> Iterable[tuple[str, str]]:
    """Each id with the text that ends where the next entry begins."""
    source = _COMMENT.sub("", source).strip("\n") + "\n"
    found = list(_ENTRY.finditer(source))
    ends = [*(each.start() for each in found[1:]), len(source)]
    return ((each[1], source[each.start() : end]) for each, end in zip(found, ends, strict=True))


def _is_plain(element: ast.TextElement | ast.Placeable) -> bool:
    return isinstance(element, ast.TextElement) or isinstance(element.expression, ast.VariableReference)
