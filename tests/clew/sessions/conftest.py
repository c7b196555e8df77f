"""A host of the tiny game on each store, and a clock that stands still."""

from collections.abc import AsyncGenerator, Generator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from clew.testing.hand_clock import HandClock
from clew.testing.memory.store import MemoryStore, memory_store
from tests.kit.fleet import Fleet, open_fleet
from tests.kit.hosting import Life, living
from tests.kit.stores import ADAPTERS, AnyStore

OWN_BUGS = frozenset({"tending_broke", "caretaking_broke"})
"""What a node logs of itself; not what it logs of a game, or of a store."""


@pytest.fixture(autouse=True)
def logged() -> Generator[list[MutableMapping[str, Any]]]:
    """What was logged, kept instead of printed. A node that met a bug of its own goes on, so here it is said."""
    with capture_logs() as entries:
        yield entries
    assert [entry for entry in entries if entry["event"] in OWN_BUGS] == []


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(params=sorted(ADAPTERS))
async def store(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> AsyncGenerator[AnyStore]:
    """Each adapter in turn."""
    async with ADAPTERS[request.param](tmp_path, clock) as opened:
        yield opened


@pytest.fixture
def memory(clock: HandClock) -> MemoryStore:
    """The store without threads, for tests that move the clock while it works."""
    return memory_store(clock)


@pytest.fixture
async def life(memory: MemoryStore, clock: HandClock) -> AsyncGenerator[Life]:
    """A host on the store in memory, which fails when it is told to."""
    async with living(memory, clock) as one:
        yield one


@pytest.fixture
async def fleet(clock: HandClock) -> AsyncGenerator[Fleet]:
    """Nodes that hear of a death at once."""
    async with open_fleet(clock) as opened:
        yield opened


@pytest.fixture
async def slow_fleet(clock: HandClock) -> AsyncGenerator[Fleet]:
    """Nodes that hear of a death when the lease has run out."""
    async with open_fleet(clock, lifelines=False) as opened:
        yield opened
