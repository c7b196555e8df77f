"""What a PromQL expression speaks of: metrics and labels. No parser: any word not known is given as a metric."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_SELECTOR: Final = re.compile(r"\b([a-zA-Z_:][a-zA-Z0-9_:]*)\s*\{([^}]*)\}")
_MATCHER: Final = re.compile(r"([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*\"([^\"]*)\"")
_GROUPED: Final = re.compile(r"\b(by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)")
_RANGE: Final = re.compile(r"\[[^\]]*\]|\boffset\s+\w+")
_NUMBER: Final = re.compile(r"(?<![\w:])\d+(\.\d+)?(e\d+)?\b")
_WORD: Final = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
_FUNCTIONS: Final = frozenset({"sum", "max", "min", "abs", "increase", "rate", "histogram_quantile", "label_values"})
_KNOWN: Final = _FUNCTIONS | {"and", "or", "unless", "bool"}
"""Functions and operators that these files use."""


class Selected(NamedTuple):
    """A metric, and what is asked of one of its labels; of none: of the metric alone."""

    metric: str
    label: str = ""
    operator: str = ""
    value: str = ""


class Spoken(NamedTuple):
    """``grouped``: the labels that are gone by, beside those in selectors."""

    selected: tuple[Selected, ...]
    grouped: frozenset[str]

    @property
    def metrics(self) -> set[str]:
        return {each.metric for each in self.selected}


def spoken_of(expression: str) -> Spoken:
    """All metrics and labels in it."""
    grouped = frozenset(
        label.strip() for _, labels in _GROUPED.findall(expression) for label in labels.split(",") if label.strip()
    )
    rest = _RANGE.sub(" ", _GROUPED.sub(" ", expression))
    return Spoken((*_selectors(rest), *_bare(_SELECTOR.sub(" ", rest))), grouped)


def _selectors(expression: str) -> Iterator[Selected]:
    for metric, matchers in _SELECTOR.findall(expression):
        found = _MATCHER.findall(matchers)
        assert _MATCHER.sub("", matchers).strip(" ,") == "", matchers
        yield Selected(metric)
        for label, operator, value in found:
            yield Selected(metric, label, operator, value)


def _bare(expression: str) -> Iterator[Selected]:
    for word in _WORD.findall(_NUMBER.sub(" ", expression)):
        if word not in _KNOWN:
            yield Selected(word)
