"""The store in memory: for tests, benches and simulations. Same promises but for the power cut; sits the same exams."""

from __future__ import annotations

from dataclasses import dataclass

from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.sessions.store_health import StoreHealth
from clew.testing.memory.account_book import MemoryAccountBook
from clew.testing.memory.archives import MemoryArchives
from clew.testing.memory.counts import MemoryCounts
from clew.testing.memory.histories import MemoryHistories
from clew.testing.memory.journal import MemoryJournal
from clew.testing.memory.kept import KeptInMemory
from clew.testing.memory.listings import MemoryListings
from clew.testing.memory.nodes import MemoryNodes
from clew.testing.memory.ownership import MemoryOwnership
from clew.testing.memory.passkey_book import MemoryPasskeyBook
from clew.testing.memory.pushes import MemoryPushes
from clew.testing.memory.results import MemoryResults
from clew.testing.memory.users import MemoryUsers


@dataclass(frozen=True)
class MemoryStore(Store):
    """``Store`` in one process's memory, for any number of nodes in it."""

    kept: KeptInMemory
    """Everything, for a test to look at and to spoil."""


def memory_store(clock: Clock) -> MemoryStore:
    """An empty one; ``clock`` tells its leases."""
    kept = KeptInMemory(clock)
    return MemoryStore(
        journal=MemoryJournal(kept),
        ownership=MemoryOwnership(kept),
        nodes=MemoryNodes(kept),
        listings=MemoryListings(kept),
        archives=MemoryArchives(kept),
        histories=MemoryHistories(kept),
        counts=MemoryCounts(kept),
        users=MemoryUsers(kept),
        account_book=(account_book := MemoryAccountBook(kept)),
        passkey_book=MemoryPasskeyBook(kept, account_book),
        results=MemoryResults(kept),
        pushes=MemoryPushes(kept),
        health=StoreHealth(clock.monotonic),
        kept=kept,
    )
