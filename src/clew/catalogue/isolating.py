"""Text of the other direction within a sentence, kept from turning the rest of it round."""

import unicodedata
from typing import Final

_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})
_FIRST_STRONG_ISOLATE: Final = "\u2068"
_POP_ISOLATE: Final = "\u2069"


def isolated(text: str, *, right_to_left: bool) -> str:
    """``text`` as part of a sentence of that direction: marked off only if a letter in it runs the other way, and if
    nothing in it is marked off already, as the names of a list are.

    Fluent can mark off every value, but then no sentence is what it looks like to whoever searches or compares it.
    """
    if _FIRST_STRONG_ISOLATE in text:
        return text
    other = any(
        (direction in _RIGHT_TO_LEFT) is not right_to_left
        for direction in map(unicodedata.bidirectional, text)
        if direction == "L" or direction in _RIGHT_TO_LEFT
    )
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}" if other else text
