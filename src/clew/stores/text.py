"""Text that every database can keep."""

from __future__ import annotations

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """The text, with each character that PostgreSQL or UTF-8 can't hold (NUL, half a surrogate pair) replaced.

    For what people and errors wrote. An id or code with such a character was never given: looked up, nothing is found.
    """
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", REPLACEMENT).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
