"""One exam a port, sat by every adapter."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.kit.hand_clock import HandClock
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
