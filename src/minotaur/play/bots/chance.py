"""A bot's chance: a stream of numbers that is a function of the seed, the round and the seat."""

from collections.abc import Sequence
from typing import Final, TypeVar

T = TypeVar("T")

_MASK: Final = (1 << 64) - 1
_GOLDEN: Final = 0x9E3779B97F4A7C15


class Chance:
    """The same three numbers give the same stream (splitmix64). Not for secrets."""

    def __init__(self, seed: int, round_number: int, seat: int) -> None:
        self._state = (
            seed * 0x2545F4914F6CDD1D + round_number * 0x5851F42D4C957F2D + seat * 0x14057B7EF767814F
        ) & _MASK
        self.below(2)

    def below(self, bound: int) -> int:
        """The next number, 0 to ``bound`` - 1."""
        self._state = (self._state + _GOLDEN) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return ((mixed ^ (mixed >> 31)) * bound) >> 64

    def one_in(self, count: int) -> bool:
        """True about once in ``count`` times."""
        return self.below(count) == 0

    def choice(self, options: Sequence[T]) -> T:
        """One of the options, of which there is at least one."""
        return options[self.below(len(options))]
