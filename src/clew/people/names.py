"""What a player may be called."""

import unicodedata
from collections.abc import Collection, Iterable
from typing import Final

from clew.wire.errors import ApiError
from clew.wire.http import NAME_CHARS_MAX

_UNSEEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Control, format (bidi marks, zero-width characters, tags), surrogate, private, unassigned, line separators."""

_UNSEEN_LETTERS: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u2d7f\u3164\uffa0\ufffc"
    "\U0001107f\U00013441\U00013442\U00016fe4\U0001bc9d\U0001d159"
)
"""Fillers, blanks, joiners and the like that Unicode calls letters, marks or symbols."""

_MARKS_IN_A_ROW_MAX: Final = 2


def clean_name(raw: str, reserved: Collection[str] = ()) -> str:
    """The name as it is kept and shown: NFC, trimmed, runs of spaces made one.

    Raises ``ApiError`` ``bad_name`` unless 1 to 24 characters are left, all of which can be seen: nothing that turns
    the text around, hides in it, or piles marks on a letter; and for what is ``reserved`` (as ``bare``), however it is
    spelled.
    """
    name = " ".join(unicodedata.normalize("NFC", _plain_spaces(raw)).split(" ")).strip()
    while "  " in name:
        name = name.replace("  ", " ")
    if not name:
        raise ApiError("bad_name", "Choose a name.", {"path": "display_name"})
    if len(name) > NAME_CHARS_MAX:
        raise ApiError(
            "bad_name", f"That name is too long: {NAME_CHARS_MAX} characters at most.", {"path": "display_name"}
        )
    if not can_be_seen(name):
        raise ApiError("bad_name", "Some characters in that name cannot be shown.", {"path": "display_name"})
    if bare(name) in reserved:
        raise ApiError(
            "bad_name", "That is what the game is called. Choose a name of your own.", {"path": "display_name"}
        )
    return name


def bare(name: str) -> str:
    """What is left of a name without case, marks, blanks and signs: by this it may be mistaken for another."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(char for char in decomposed if unicodedata.category(char)[0] in "LN")


def unnumbered(bared: str) -> str:
    """What is left of a ``bare`` name without the number by which ``told_apart`` tells it from another."""
    while bared and unicodedata.category(bared[-1])[0] == "N":
        bared = bared[:-1]
    return bared


def folded(raw: str) -> str:
    """What spellings of one name have in common: NFKC, without case. Of anything; what it gives is folded already."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", raw).strip().casefold())


def told_apart(name: str, others: Iterable[str]) -> str:
    """The name, with a number behind it where somebody among the others has it: ``Ada``, ``Ada (2)``."""
    taken = {folded(other) for other in others}
    number = 1
    told = name
    while folded(told) in taken:
        number += 1
        told = numbered(name, number)
    return told


def numbered(name: str, number: int) -> str:
    """The name of the one with this number, of several who have it: the first has none."""
    return name if number == 1 else f"{name} ({number})"


def _plain_spaces(raw: str) -> str:
    return "".join(" " if unicodedata.category(char) == "Zs" else char for char in raw)


def can_be_seen(name: str) -> bool:
    """Whether all of it shows, in the order in which it is kept. Not of the empty name."""
    marks = 0
    for char in name:
        category = unicodedata.category(char)
        if category in _UNSEEN_CATEGORIES or char in _UNSEEN_LETTERS:
            return False
        if 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF:
            return False
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MARKS_IN_A_ROW_MAX:
            return False
    return not unicodedata.category(name[0]).startswith("M")
