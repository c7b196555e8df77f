"""The exam of ``sessions.ports.Bus``: requests."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from clew.sessions.bounds import BUS_BODY_BYTES_MAX
from clew.sessions.faults import Late, Nobody
from clew.sessions.ports.bus import Bus
from tests.kit.asking import AT_ONCE_S, LONG_S, ODD_NAMES, SHORT_S, crash, echo, never
from tests.kit.buses import Nodes


async def test_a_request_reaches_who_serves_the_address_and_the_answer_comes_back(ours: Bus, theirs: Bus) -> None:
    await theirs.serve("node-1.3", echo)

    assert await ours.request("node-1.3", b"\x00\xff", LONG_S) == b"echo \x00\xff"


async def test_a_node_may_ask_itself(ours: Bus) -> None:
    await ours.serve("node-1.3", echo)

    assert await ours.request("node-1.3", b"", LONG_S) == b"echo "


async def test_where_nobody_serves_the_asker_hears_of_it_at_once(ours: Bus, theirs: Bus, nodes: Nodes) -> None:
    await theirs.serve("node-2", echo)

    async with asyncio.timeout(AT_ONCE_S):
        with pytest.raises(Nobody) as raised:
            await ours.request("node-1", b"", LONG_S)

    assert raised.value.address == "node-1"
    assert nodes.counted("clew_bus_requests_total", outcome="nobody") == 1


async def test_who_never_answers_is_late(ours: Bus, theirs: Bus, nodes: Nodes) -> None:
    await theirs.serve("node-1", never)

    with pytest.raises(Late) as raised:
        await ours.request("node-1", b"", SHORT_S)

    assert raised.value.address == "node-1"
    assert nodes.counted("clew_bus_requests_total", outcome="late") == 1


async def test_an_answer_that_comes_too_late_reaches_nobody(ours: Bus, theirs: Bus) -> None:
    let_go = asyncio.Event()

    async def first_slowly(body: bytes) -> bytes:
        if body == b"first":
            await let_go.wait()
        return body

    await theirs.serve("node-1", first_slowly)
    with pytest.raises(Late):
        await ours.request("node-1", b"first", SHORT_S)

    let_go.set()
    answers = [await ours.request("node-1", b"second", LONG_S) for _ in range(10)]

    assert answers == [b"second"] * 10


@pytest.mark.parametrize("size", [BUS_BODY_BYTES_MAX + 1, 0], ids=["answers too much", "raises"])
async def test_a_bug_in_an_answer_is_no_answer_at_once_and_is_logged(
    size: int, ours: Bus, theirs: Bus, logged: list[MutableMapping[str, Any]]
) -> None:
    async def broken(body: bytes) -> bytes:
        return bytes(size) if size else await crash(body)

    await theirs.serve("node-1", broken)
    async with asyncio.timeout(AT_ONCE_S):
        with pytest.raises(Late):
            await ours.request("node-1", b"", LONG_S)

    assert [entry["event"] for entry in logged if entry["log_level"] == "error"] == ["request_crashed"]


async def test_requests_are_answered_side_by_side(ours: Bus, theirs: Bus) -> None:
    everybody = asyncio.Barrier(500)

    async def together(body: bytes) -> bytes:
        await everybody.wait()
        return body

    await theirs.serve("node-1", together)
    questions = [str(number).encode() for number in range(500)]

    answers = await asyncio.gather(*(ours.request("node-1", question, LONG_S) for question in questions))

    assert answers == questions


async def test_a_big_body_goes_both_ways(ours: Bus, theirs: Bus) -> None:
    big = bytes(range(256)) * (BUS_BODY_BYTES_MAX // 256)

    async def same(body: bytes) -> bytes:
        return body

    await theirs.serve("node-1", same)

    assert await ours.request("node-1", big, LONG_S) == big


async def test_a_larger_body_is_a_bug_of_who_sends_it(ours: Bus) -> None:
    await ours.serve("node-1", echo)

    with pytest.raises(AssertionError):
        await ours.request("node-1", bytes(BUS_BODY_BYTES_MAX + 1), LONG_S)
    with pytest.raises(AssertionError):
        ours.publish("gateway-1", "feed", bytes(BUS_BODY_BYTES_MAX + 1))


async def test_an_address_served_no_more_has_nobody_and_may_be_served_again(ours: Bus, theirs: Bus) -> None:
    served = await theirs.serve("node-1", echo)
    await ours.request("node-1", b"", LONG_S)

    await served.close()
    await served.close()
    with pytest.raises(Nobody):
        await ours.request("node-1", b"", LONG_S)
    await theirs.serve("node-1", echo)

    assert await ours.request("node-1", b"again", LONG_S) == b"echo again"


async def test_an_answer_begun_is_given_though_the_address_is_served_no_more(ours: Bus, theirs: Bus) -> None:
    begun, let_go = asyncio.Event(), asyncio.Event()

    async def slowly(body: bytes) -> bytes:
        begun.set()
        await let_go.wait()
        return body

    served = await theirs.serve("node-1", slowly)
    async with asyncio.TaskGroup() as tasks:
        asked = tasks.create_task(ours.request("node-1", b"body", LONG_S), name="ask")
        await begun.wait()
        await served.close()
        let_go.set()

    assert asked.result() == b"body"


async def test_an_address_served_twice_answers_each_request_once(nodes: Nodes) -> None:
    asked: list[bytes] = []

    async def note(body: bytes) -> bytes:
        asked.append(body)
        return body

    for bus in nodes.buses[1:]:
        await bus.serve("node-1", note)
    questions = [str(number).encode() for number in range(50)]
    answers = [await nodes.buses[0].request("node-1", question, LONG_S) for question in questions]

    assert answers == questions
    assert asked == questions


@pytest.mark.parametrize("name", ODD_NAMES)
async def test_an_address_may_have_any_name(name: str, ours: Bus, theirs: Bus) -> None:
    await theirs.serve(name, echo)

    assert await ours.request(name, b"", LONG_S) == b"echo "
    with pytest.raises(Nobody):
        await ours.request(name + "x", b"", LONG_S)
