"""Chance, as a function: of the game's seed, the round, the step and what is being decided."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


def by_lot(candidates: Sequence[T], seed: int, round_number: int, step: int, label: str) -> T:
    """One of the candidates, each as likely as the next over all seeds; the same one for the same arguments.

    The order of the candidates counts. Whoever calls orders them by something all viewers share: names, not hexes.
    """
    if len(candidates) == 1:
        return candidates[0]
    key = f"{seed}|{round_number}|{step}|{label}".encode()
    return candidates[int.from_bytes(blake2b(key, digest_size=8).digest()) % len(candidates)]


def shuffled(candidates: Sequence[T], seed: int, label: str) -> list[T]:
    """The candidates in an order that the seed and the label decide."""
    count = len(candidates)
    keys = _stream(count * 4, f"{seed}|{label}")
    order = sorted(range(count), key=lambda i: keys[i * 4 : i * 4 + 4])
    return [candidates[i] for i in order]


def _stream(length: int, label: str) -> bytes:
    blocks = -(-length // 64)
    return b"".join(blake2b(f"{label}|{block}".encode()).digest() for block in range(blocks))
