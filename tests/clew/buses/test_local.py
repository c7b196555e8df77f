"""What only the bus within one process does: its clock and its end."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from prometheus_client import CollectorRegistry

from clew.buses.answering import Answering
from clew.buses.local import LocalBus, open_local
from clew.buses.metrics import BusMetrics
from clew.sessions.faults import Late, Nobody
from clew.testing.hand_clock import HandClock, loop_passes, start


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def bus(clock: HandClock) -> AsyncGenerator[LocalBus]:
    async with open_local(clock, BusMetrics(CollectorRegistry())) as opened:
        yield opened


async def echo(body: bytes) -> bytes:
    return body


async def never(body: bytes) -> bytes:
    await asyncio.Event().wait()
    return body


async def test_a_request_waits_by_the_clock_it_was_given(bus: LocalBus, clock: HandClock) -> None:
    await bus.serve("node-1", never)
    asked = start(bus.request("node-1", b"", 10))

    await clock.advance(9.9)
    still_waiting = not asked.done()
    await clock.advance(0.2)

    assert still_waiting
    with pytest.raises(Late):
        await asked


async def test_its_end_ends_what_is_being_answered_and_whoever_waits(clock: HandClock) -> None:
    ended: list[bytes] = []

    async def until_the_end(body: bytes) -> bytes:
        try:
            return await never(body)
        finally:
            ended.append(body)

    async with open_local(clock, BusMetrics(CollectorRegistry())) as bus:
        await bus.serve("node-1", until_the_end)
        asked = start(bus.request("node-1", b"body", 10))
        await loop_passes()

    assert ended == [b"body"]
    with pytest.raises(Late):
        await asked
    with pytest.raises(Nobody):
        await bus.request("node-1", b"", 10)


async def test_what_is_raised_beside_it_goes_on_up_as_it_is(clock: HandClock) -> None:
    async def fail_beside_it() -> None:
        async with open_local(clock, BusMetrics(CollectorRegistry())):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_beside_it()


async def test_who_stops_waiting_does_not_stop_the_answer(bus: LocalBus) -> None:
    let_go, done = asyncio.Event(), asyncio.Event()

    async def slowly(body: bytes) -> bytes:
        await let_go.wait()
        done.set()
        return body

    await bus.serve("node-1", slowly)
    asked = start(bus.request("node-1", b"", 10))
    await loop_passes()

    asked.cancel()
    await asyncio.wait({asked})
    let_go.set()

    await done.wait()


async def test_one_request_too_many_has_no_answer_at_once_and_the_others_go_on() -> None:
    registry = CollectorRegistry()
    let_go = asyncio.Event()
    replies: list[bytes | None] = []

    async def slowly(body: bytes) -> bytes:
        await let_go.wait()
        return body

    async with asyncio.TaskGroup() as tasks:
        answering = Answering(tasks, BusMetrics(registry), at_once_max=2)
        for body in (b"1", b"2", b"3"):
            answering.begin("node-1", slowly, body, replies.append)
        at_once = list(replies)
        let_go.set()

    assert at_once == [None]
    assert replies == [None, b"1", b"2"]
    assert registry.get_sample_value("clew_bus_unanswered_total", {"why": "too_many"}) == 1
