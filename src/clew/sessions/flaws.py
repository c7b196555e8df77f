"""What can be wrong with a stored session: a closed set of kinds, so that an operator can be told what to do."""

from __future__ import annotations

from enum import StrEnum

from clew.sessions.bounds import REASON_CHARS_MAX


class Flaw(StrEnum):
    """The kind of a reason, which is its first word (docs/operating.md has what to do about each)."""

    STATE = "state"
    """What is stored as the state is none, is another session's, or none that can be."""
    ENTRY = "entry"
    """An entry of the journal is none, or the state before it can't go on by it."""
    JOURNAL = "journal"
    """The journal has a gap, or does not end where the row says."""
    ROW = "row"
    """The row contradicts the state and the journal."""
    VERSION = "version"
    """Written in a version that this release doesn't know."""
    SIZE = "size"
    """Larger than anything a node ever writes."""
    CRASHES = "crashes"
    """It can be read, and breaks whoever runs it."""


def reason(flaw: Flaw, fact: str) -> str:
    """Why a session is out of service, in one line of at most ``REASON_CHARS_MAX`` characters, its kind first."""
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in fact[:REASON_CHARS_MAX])
    return f"{flaw}: {line}"[:REASON_CHARS_MAX]


def flaw_of(told: str | None) -> Flaw | None:
    """The kind of a reason; None for one that an older release or a person wrote otherwise."""
    word = (told or "").partition(":")[0].partition(" ")[0]
    return Flaw(word) if word in Flaw.__members__.values() else None
