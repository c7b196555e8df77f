"""Who is who: seats have player ids by their number, and the Minotaur has a name of its own."""

from typing import Final, NewType

PlayerId = NewType("PlayerId", str)
"""``p1`` to ``p8``, by seat. A player has one hero, which goes by the same id."""

Millis = int
"""A moment: milliseconds since the epoch, UTC."""

MINOTAUR: Final = "minotaur"
"""The Minotaur's id wherever a hero's id may stand: as a target, among characters, as a killer."""
COLLAPSE: Final = "collapse"
"""As a killer: the hero fell with the ring under it."""
LAIR: Final = "lair"
"""As a killer: the hero was drained when only the lair was left."""


def player_id(seat: int) -> PlayerId:
    """The player in this seat; the first seat is 1."""
    return PlayerId(f"p{seat}")
