"""Which language somebody is spoken to in: what they chose here, else what their browser asks for, else English."""

from collections.abc import Iterator, Sequence
from typing import Final

from clew.catalogue.bounds import ACCEPT_CHARS_MAX

ENGLISH: Final = "en"
"""The language of the sources, in which every sentence is to be had."""

COOKIE: Final = "lang"
"""In which a browser keeps what was chosen. A language is nobody's secret, so all programs of a host may read it."""

_OLD_NAMES: Final = {"iw": "he", "in": "id", "ji": "yi"}
"""What older systems still call these languages."""


def chosen(languages: Sequence[str], choice: str | None, accept: str | None) -> str:
    """One of ``languages``. ``choice`` is what the person chose, if anything; ``accept`` an ``Accept-Language``.

    A region is passed over (``de-AT`` is ``de``), quality decides, and among equals what stands first; what can't be
    read says nothing (RFC 9110, 12.5.4; RFC 4647, 3.4: lookup).
    """
    if choice is not None and choice in languages:
        return choice
    for wanted in _by_quality(accept or ""):
        if wanted == "*":
            return ENGLISH
        if wanted in languages:
            return wanted
    return ENGLISH


def _by_quality(accept: str) -> Iterator[str]:
    if len(accept) > ACCEPT_CHARS_MAX:
        return
    found = list[tuple[float, str]]()
    for part in accept.split(","):
        tag, _, weight = part.strip().lower().partition(";")
        quality = _quality(weight.strip())
        if quality > 0:
            primary = tag.strip().partition("-")[0]
            found.append((quality, _OLD_NAMES.get(primary, primary)))
    yield from (tag for _, tag in sorted(found, key=lambda each: -each[0]))


def _quality(weight: str) -> float:
    if not weight:
        return 1.0
    name, _, value = weight.partition("=")
    try:
        quality = float(value)
    except ValueError:
        return 0.0
    return quality if name.strip() == "q" and 0 <= quality <= 1 else 0.0
