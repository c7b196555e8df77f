"""What strategists are like: each has a temper from the game's seed and its seat, for as long as the game lasts.

Whoever is known by one is known by what it does: the *bold* expects fewer blows than fall and wants to be ahead, the
*patient* keeps its action points for a burst, the *slayer* goes for the Minotaur where others would run, the *shy*
keeps off it and out of quarrels, and the *steady* does what was found best by playing.
"""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Final

from minotaur.play.bots.strategist.worth import USUAL, Temper

TEMPERS: Final[Mapping[str, Temper]] = {
    "steady": USUAL,
    "bold": Temper(quarrel=0.35, sharpness=1.9, dread=0.8),
    "patient": Temper(thrift=1.5),
    "slayer": Temper(slaying=0.95, dread=0.7),
    "shy": Temper(dread=1.5, quarrel=0.7, slaying=0.4),
}
"""By name, all about as strong as each other. A name stays; its weights may change."""


def temper_of(seed: int, seat: int) -> str:
    """The name of the temper that a seat has by the seed of the game's bots."""
    drawn = int.from_bytes(blake2b(f"{seed}|temper|{seat}".encode(), digest_size=8).digest())
    return list(TEMPERS)[drawn % len(TEMPERS)]
