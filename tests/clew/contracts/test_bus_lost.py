"""The exam of ``sessions.ports.Bus``: the bus is lost, and found again."""

import asyncio

import pytest

from clew.sessions.faults import Late, Nobody
from tests.kit.asking import AT_ONCE_S, LONG_S, echo, never, outcome
from tests.kit.buses import Nodes
from tests.kit.hearing import follow

pytestmark = pytest.mark.usefixtures("logged")


async def test_a_bus_that_is_lost_has_nobody_and_loses_what_is_published(nodes: Nodes) -> None:
    one, two, _ = nodes.buses
    await two.serve("node-1", echo)
    await nodes.lose()

    async with asyncio.timeout(AT_ONCE_S):
        with pytest.raises(Nobody):
            await one.request("node-1", b"", LONG_S)
    one.publish("gw-1", "feed", b"")

    assert nodes.counted("clew_bus_lost_total") == 1
    assert nodes.counted("clew_bus_connected") == 0


async def test_who_waits_for_an_answer_when_the_bus_is_lost_is_told_at_once(nodes: Nodes) -> None:
    one, two, _ = nodes.buses
    begun = asyncio.Event()

    async def begin(body: bytes) -> bytes:
        begun.set()
        return await never(body)

    await two.serve("node-1", begin)
    async with asyncio.timeout(AT_ONCE_S), asyncio.TaskGroup() as tasks:
        asked = tasks.create_task(outcome(one, "node-1"), name="ask")
        await begun.wait()
        await nodes.lose()

    assert asked.result() is Late


async def test_a_bus_that_is_found_tells_each_follower_once_and_works_as_before(nodes: Nodes) -> None:
    one, two, three = nodes.buses
    await two.serve("node-1", echo)
    followers = [await follow(two, "gw-1"), await follow(three, "gw-1"), await follow(three, "gw-2")]
    one.publish("gw-1", "feed", b"before")
    for heard in followers[:2]:
        await heard.wait_message("feed", b"before")

    await nodes.lose()
    one.publish("gw-1", "feed", b"meanwhile")
    await nodes.find()
    for heard in followers:
        await heard.wait_until(lambda heard=heard: heard.breaks > 0)
    one.publish("gw-1", "feed", b"after")
    one.publish("gw-2", "feed", b"after")
    for heard in followers:
        await heard.wait_message("feed", b"after")

    expected = [("feed", b"before"), None, ("feed", b"after")]
    assert [heard.everything for heard in followers] == [expected, expected, expected[1:]]
    assert await one.request("node-1", b"", LONG_S) == b"echo "


async def test_what_is_served_and_followed_while_the_bus_is_lost_works_when_it_is_found(nodes: Nodes) -> None:
    one, two, _ = nodes.buses
    await nodes.lose()
    await two.serve("node-1", echo)
    heard = await follow(two, "gw-1")
    dropped = await two.serve("node-2", echo)
    await dropped.close()

    await nodes.find()
    await heard.wait_until(lambda: heard.breaks == 1)
    one.publish("gw-1", "feed", b"after")
    await heard.wait_message("feed", b"after")

    assert await one.request("node-1", b"", LONG_S) == b"echo "
    assert await outcome(one, "node-2") is Nobody
