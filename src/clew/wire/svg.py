"""What all pictures of a game's end have in common, whoever draws them."""

from html import escape
from typing import Final

WIDTH: Final = 1200
HEIGHT: Final = 630
"""As chats show pictures of links."""
SIZED: Final = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
"""A size of its own, too: not every browser makes a PNG of what has none."""

_APART: Final = "\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}"


def safe(text: str) -> str:
    """As text in an SVG: nothing in it is markup, and nothing that XML has no place for is left.

    What keeps a name from turning the sentence around it is neither, though nobody sees it.
    """
    return escape(
        "".join(each if each.isprintable() or each in _APART else "\N{REPLACEMENT CHARACTER}" for each in text)
    )


def beginning_left(*, right_to_left: bool) -> str:
    """What a picture's root has so that its texts stand to the right of their places, whichever way they run."""
    return ' direction="rtl" text-anchor="end"' if right_to_left else ""
