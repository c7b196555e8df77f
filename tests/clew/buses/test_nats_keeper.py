"""A keeper ends when it is told to, whatever it is at."""

import asyncio
import random
from collections.abc import Generator, MutableMapping
from typing import Any

import pytest
from structlog.testing import capture_logs

from clew.buses.nats.keeper import Keeper
from clew.buses.nats.link import Heard, Link
from clew.local.process import free_port
from clew.testing.hand_clock import loop_passes, start
from clew.wiring.clock import RealClock
from tests.kit.asking import AT_ONCE_S
from tests.kit.nats import settings_for, shared_server

MOMENTS = 60
"""Passes of the loop in which a connection is made, or refused, several times over."""


@pytest.fixture(autouse=True)
def logged() -> Generator[list[MutableMapping[str, Any]]]:
    with capture_logs() as entries:
        yield entries


@pytest.mark.parametrize("there_is_a_server", [True, False])
async def test_it_ends_in_every_moment_of_connecting(there_is_a_server: bool) -> None:
    url = shared_server().url if there_is_a_server else f"nats://127.0.0.1:{free_port()}"
    settings = settings_for(url)

    async def found(link: Link) -> None:
        del link

    def hear(heard: Heard) -> None:
        del heard

    for moment in range(MOMENTS):
        keeper = Keeper(settings, RealClock(), random.Random(moment), hear, found, lambda: None)
        keeping = start(keeper.run())
        await loop_passes(moment)
        keeper.stop()
        keeping.cancel()
        async with asyncio.timeout(AT_ONCE_S):
            await asyncio.wait({keeping})
