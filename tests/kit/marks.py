"""Marks for terms: as many as a test wants, none twice, whatever hosts it makes and with which seeds."""

from itertools import count

_NUMBERS = count(1)


def new_mark() -> str:
    return f"mark-{next(_NUMBERS)}"
