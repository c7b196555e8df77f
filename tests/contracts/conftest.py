"""One exam a port, sat by every adapter."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.kit.stores import ADAPTERS, AnyStore


@pytest.fixture(params=sorted(ADAPTERS))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[AnyStore]:
    with ADAPTERS[request.param](tmp_path) as opened:
        yield opened
