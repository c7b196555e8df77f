"""What all pictures of a game's end have in common, whoever draws them."""

from html import escape
from typing import Final

WIDTH: Final = 1200
HEIGHT: Final = 630
"""As chats show pictures of links."""
SIZED: Final = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
"""A size of its own, too: not every browser makes a PNG of what has none."""


def safe(text: str) -> str:
    """As text in an SVG: nothing in it is markup, and nothing that XML has no place for is left."""
    return escape("".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text))
