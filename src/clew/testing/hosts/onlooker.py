"""Who watches a session in a test, and keeps what they were told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from clew.sessions.records import Committed, Entry

S = TypeVar("S")
E = TypeVar("E")


class Onlooker(Generic[S, E]):
    """Given to ``Host.watch``: every commit in the order it was told, and why it ended."""

    def __init__(self) -> None:
        self.commits: list[Committed[S, E]] = []
        self.ended: list[str] = []

    def __call__(self, committed: Committed[S, E]) -> None:
        self.commits.append(committed)

    @property
    def entries(self) -> list[Entry[E]]:
        return [entry for committed in self.commits for entry in committed.entries]

    @property
    def seqs(self) -> list[int]:
        return [entry.seq for entry in self.entries]

    def check(self, after: int, journal: Sequence[Entry[E]]) -> None:
        """Whoever began to watch after this entry was told what is in the journal: no gap, no repeat, nothing else."""
        assert self.seqs == list(range(after + 1, after + 1 + len(self.seqs))), "a gap or a repeat"
        for entry in self.entries:
            assert entry == journal[entry.seq - 1], "something was told that is not so"
