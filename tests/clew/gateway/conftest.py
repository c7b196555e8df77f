"""A house with the service in it, and two people."""

from collections.abc import AsyncGenerator

import pytest

from clew.people.user import User
from tests.clew.gateway.house import House, house


@pytest.fixture
async def home() -> AsyncGenerator[House]:
    async with house() as opened:
        yield opened


@pytest.fixture
async def ada(home: House) -> User:
    return await home.person("Ada")


@pytest.fixture
async def bo(home: House) -> User:
    return await home.person("Bo")
