"""The error codes of a table. Those that a game has for plans it refuses are its own, and not known here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from clew.wire.errors import ErrorKind, errors_with

ERRORS: Final[Mapping[str, ErrorKind]] = errors_with(
    {"not_your_turn": ErrorKind(409, "It is not your turn in this round.")}
)
