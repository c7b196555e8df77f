"""Every error code of Minotaur's public protocol: its HTTP status class and the words a person reads.

The list is closed: a code that is not here never leaves the server (``docs/protocol-notes.md`` shows it to others,
and a test compares the two).
"""

from collections.abc import Mapping
from typing import Final

from clew.wire.errors import ErrorKind, errors_with

ERRORS: Final[Mapping[str, ErrorKind]] = errors_with(
    {
        "too_expensive": ErrorKind(409, "You do not have enough action points for that plan."),
        "bad_vector": ErrorKind(409, "You can only go to one of the six neighbouring hexes."),
        "unknown_target": ErrorKind(409, "There is nobody like that to attack."),
        "too_many_steps": ErrorKind(409, "A plan has at most four steps."),
    }
)
