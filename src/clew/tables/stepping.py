"""What earlier releases stored, brought to the newest version: one small pure function a step, chained.

A step takes plain JSON values of one version and gives the next one's. It looks at nothing but its argument and is
never changed once released: what it gives is what the next step takes, for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from clew.sessions.faults import TooNew

T = TypeVar("T")


def check_version(what: str, version: int, newest: int) -> None:
    """Raises ``TooNew`` where a later release wrote it, ``ValueError`` for a version that never was."""
    if version > newest:
        raise TooNew(what, version, newest)
    if version < 1:
        raise ValueError(f"there never was a version {version} of this: {what}")


def stepped(plain: T, version: int, newest: int, steps: Mapping[int, Callable[[T], T]]) -> T:
    """As the newest version has it. ``steps``, by the version a step begins at; without one nothing has changed."""
    for before in range(version, newest):
        if before in steps:
            plain = steps[before](plain)
    return plain
