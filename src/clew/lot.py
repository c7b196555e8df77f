"""Chance as a function: of a table's seed, the round, and a label that says what is being decided."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final, TypeVar

T = TypeVar("T")

_KEY_BYTES: Final = 16
_NUMBER_BYTES: Final = 8
"""One number in 2^64: among a few candidates no difference that anybody could ever count."""


class Lot:
    """All the chance there is in one round of one table (round 0: while it is set up).

    The same arguments give the same answer, however often and in whatever order they are asked, so a replay can't
    differ and no draw depends on how many came before it. What it gives under one label tells nothing of what it gives
    under another: who draws twice gives two labels.
    """

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def of_round(cls, seed: int, round_number: int) -> Lot:
        """The lot of a table's round."""
        return cls(blake2b(f"{seed}|{round_number}".encode(), digest_size=_KEY_BYTES).digest())

    def branch(self, label: str) -> Lot:
        """A lot of its own, from which this one can't be worked out: what a bot may hold."""
        return Lot(self._drawn(f"branch|{label}", _KEY_BYTES))

    def number(self, least: int, greatest: int, label: str) -> int:
        """A whole number from ``least`` to ``greatest``, both included, each as likely as the next over all seeds."""
        if least > greatest:
            raise ValueError(f"there is no number from {least} to {greatest}")
        return least + int.from_bytes(self._drawn(label, _NUMBER_BYTES)) % (greatest - least + 1)

    def pick(self, candidates: Sequence[T], label: str) -> T:
        """One of at least one. The order of the candidates counts."""
        if not candidates:
            raise ValueError(f"nothing to pick from for {label}")
        return candidates[self.number(0, len(candidates) - 1, label)]

    def shuffled(self, items: Sequence[T], label: str) -> list[T]:
        """All of them, in an order that the lot decides."""
        keys = [self._drawn(f"{label}|{place}", _NUMBER_BYTES) for place in range(len(items))]
        return [items[place] for place in sorted(range(len(items)), key=keys.__getitem__)]

    def _drawn(self, label: str, length: int) -> bytes:
        return blake2b(label.encode(), key=self._key, digest_size=length).digest()
