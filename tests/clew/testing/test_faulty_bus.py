"""The bus that a test cuts, mends and loses messages on. What it promises as a bus, ``contracts`` asks of it."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from prometheus_client import CollectorRegistry

from clew.buses.bounds import DELIVER_SLICE
from clew.buses.metrics import BusMetrics
from clew.sessions.faults import Late, Nobody
from clew.testing.faults.bus import FaultyBus, open_faulty_bus
from clew.testing.hand_clock import HandClock, loop_passes, start
from tests.kit.asking import echo, never
from tests.kit.hearing import follow


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def bus(clock: HandClock) -> AsyncGenerator[FaultyBus]:
    async with open_faulty_bus(clock) as opened:
        yield opened


async def test_what_is_to_be_dropped_is_dropped_without_a_word(bus: FaultyBus, clock: HandClock) -> None:
    heard = await follow(bus, "gw-1")
    await bus.serve("node-1", echo)

    bus.drop_next(3)
    bus.publish("gw-1", "feed", b"1")
    bus.publish("gw-1", "feed", b"2")
    asked = start(bus.request("node-1", b"", 1))
    await clock.advance(1)
    bus.publish("gw-1", "feed", b"4")
    await heard.wait_message("feed", b"4")

    assert heard.everything == [("feed", b"4")]
    with pytest.raises(Late):
        await asked
    assert await bus.request("node-1", b"back", 1) == b"echo back"


async def test_an_answer_may_be_dropped_too(bus: FaultyBus, clock: HandClock) -> None:
    async def lose_the_answer(body: bytes) -> bytes:
        bus.drop_next(1)
        return body

    await bus.serve("node-1", lose_the_answer)
    asked = start(bus.request("node-1", b"", 1))
    await clock.advance(1)

    with pytest.raises(Late):
        await asked


async def test_what_was_still_to_be_lost_is_not_once_it_is_told_so(bus: FaultyBus) -> None:
    await bus.serve("node-1", echo)

    bus.drop_next(5)
    bus.lose_no_more()

    assert await bus.request("node-1", b"", 1) == b"echo "


async def test_a_follower_is_told_that_the_bus_was_away_after_all_that_came_before(bus: FaultyBus) -> None:
    heard = await follow(bus, "gw-1")
    for number in range(DELIVER_SLICE + 1):
        bus.publish("gw-1", "feed", b"%d" % number)

    bus.cut()
    bus.publish("gw-1", "feed", b"meanwhile")
    bus.mend()
    bus.publish("gw-1", "feed", b"after")
    await heard.wait_message("feed", b"after")

    assert len(heard.everything) == DELIVER_SLICE + 3
    assert heard.everything[-3:] == [("feed", b"%d" % DELIVER_SLICE), None, ("feed", b"after")]


async def test_a_cut_ends_what_waits_at_once_and_a_second_one_changes_nothing(clock: HandClock) -> None:
    registry = CollectorRegistry()
    async with open_faulty_bus(clock, BusMetrics(registry)) as bus:
        await bus.serve("node-1", never)
        asked = [start(bus.request("node-1", b"", 10)) for _ in range(2)]
        await loop_passes()

        bus.cut()
        await loop_passes(1)
        bus.cut()
        await loop_passes()

        assert [type(asking.exception()) for asking in asked] == [Late, Late]
        with pytest.raises(Nobody):
            await bus.request("node-1", b"", 10)
    counted = {
        name: registry.get_sample_value("clew_bus_requests_total", {"outcome": name}) for name in ("late", "nobody")
    }
    assert counted == {"late": 2, "nobody": 1}


async def test_who_stops_waiting_is_not_answered_late(bus: FaultyBus, clock: HandClock) -> None:
    await bus.serve("node-1", never)
    asked = start(bus.request("node-1", b"", 10))
    await clock.advance(1)

    asked.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asked
