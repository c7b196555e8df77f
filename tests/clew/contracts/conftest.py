"""One exam a port, sat by every adapter."""

from collections.abc import AsyncGenerator, Generator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from clew.buses.bounds import FOLLOWER_MESSAGES_MAX
from clew.sessions.ports.bus import Bus
from clew.testing.hand_clock import HandClock
from tests.kit import buses
from tests.kit.buses import Nodes
from tests.kit.store_records import NOW
from tests.kit.stores import ADAPTERS, AnyStore


@pytest.fixture
def clock() -> HandClock:
    """Told to the store, and moved by the test."""
    return HandClock(NOW)


@pytest.fixture(params=sorted(ADAPTERS))
async def store(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> AsyncGenerator[AnyStore]:
    async with ADAPTERS[request.param](tmp_path, clock) as opened:
        yield opened


@pytest.fixture(params=sorted(buses.ADAPTERS))
async def nodes(request: pytest.FixtureRequest) -> AsyncGenerator[Nodes]:
    """A few nodes on each bus in turn."""
    async with buses.ADAPTERS[request.param](FOLLOWER_MESSAGES_MAX) as opened:
        yield opened


@pytest.fixture
def ours(nodes: Nodes) -> Bus:
    return nodes.buses[0]


@pytest.fixture
def theirs(nodes: Nodes) -> Bus:
    return nodes.buses[1]


@pytest.fixture
def logged() -> Generator[list[MutableMapping[str, Any]]]:
    """What was logged, kept instead of printed."""
    with capture_logs() as entries:
        yield entries
