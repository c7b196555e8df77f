"""The exam of ``sessions.ports.Bus``: feeds."""

from collections.abc import AsyncGenerator, MutableMapping
from typing import Any

import pytest

from clew.sessions.bounds import BUS_BODY_BYTES_MAX
from clew.sessions.ports.bus import Bus
from tests.kit.asking import ODD_NAMES
from tests.kit.buses import ADAPTERS, Nodes
from tests.kit.hearing import Heard, follow

SMALL_MAX = 8
"""How many messages a follower holds whose queue is to overflow."""

pytestmark = pytest.mark.usefixtures("logged")


@pytest.fixture(params=sorted(ADAPTERS))
async def forgetful(request: pytest.FixtureRequest) -> AsyncGenerator[Nodes]:
    """Nodes whose followers hold ``SMALL_MAX`` messages."""
    async with ADAPTERS[request.param](SMALL_MAX) as opened:
        yield opened


async def test_a_channels_feeds_reach_its_followers_and_nobody_else(nodes: Nodes) -> None:
    one, two, three = nodes.buses
    first, also_first, second = await follow(one, "gw-1"), await follow(two, "gw-1"), await follow(three, "gw-2")

    for viewer in ("game-1.p1", "game-1.p2"):
        one.publish("gw-1", viewer, viewer.encode())
        two.publish("gw-2", viewer + "!", b"")
    one.publish("gw-1", "end", b"")
    two.publish("gw-2", "end", b"")
    for heard in (first, also_first, second):
        await heard.wait_message("end", b"")

    expected = [("game-1.p1", b"game-1.p1"), ("game-1.p2", b"game-1.p2"), ("end", b"")]
    assert first.everything == expected
    assert also_first.everything == expected
    assert second.everything == [("game-1.p1!", b""), ("game-1.p2!", b""), ("end", b"")]


async def test_messages_arrive_in_order_each_once(ours: Bus, theirs: Bus, nodes: Nodes) -> None:
    heard = await follow(theirs, "gw-1")

    for number in range(10_000):
        ours.publish("gw-1", f"viewer-{number % 7}", number.to_bytes(4))
    await heard.wait_until(lambda: len(heard.everything) >= 10_000)

    assert heard.everything == [(f"viewer-{number % 7}", number.to_bytes(4)) for number in range(10_000)]
    assert nodes.counted("clew_bus_published_total") == 10_000
    assert nodes.counted("clew_bus_delivered_total") == 10_000


async def test_nothing_is_delivered_while_somebody_publishes(ours: Bus) -> None:
    heard = await follow(ours, "gw-1")

    ours.publish("gw-1", "feed", b"")

    assert heard.everything == []
    await heard.wait_message("feed", b"")


async def test_a_follower_may_publish_and_stop_following_from_what_it_is_told(ours: Bus) -> None:
    heard = await follow(ours, "gw-2")

    def pass_on(feed: str, body: bytes) -> None:
        ours.publish("gw-2", feed, body)

    await ours.follow("gw-1", pass_on, heard.broken)
    ours.publish("gw-1", "feed", b"on")

    await heard.wait_message("feed", b"on")


async def test_who_follows_no_more_hears_no_more(ours: Bus, theirs: Bus) -> None:
    heard, other = Heard(), await follow(theirs, "gw-1")
    followed = await theirs.follow("gw-1", heard.deliver, heard.broken)
    ours.publish("gw-1", "feed", b"before")
    await heard.wait_message("feed", b"before")

    await followed.close()
    await followed.close()
    ours.publish("gw-1", "feed", b"after")
    await other.wait_message("feed", b"after")

    assert heard.everything == [("feed", b"before")]


async def test_a_follower_that_crashes_is_told_that_it_missed_something_and_the_others_go_on(
    ours: Bus, logged: list[MutableMapping[str, Any]]
) -> None:
    crashing, other = Heard(), await follow(ours, "gw-1")

    def crash_on_one(feed: str, body: bytes) -> None:
        if body == b"one":
            raise ZeroDivisionError
        crashing.deliver(feed, body)

    await ours.follow("gw-1", crash_on_one, crashing.broken)
    ours.publish("gw-1", "feed", b"one")
    await crashing.wait_until(lambda: crashing.breaks == 1)
    ours.publish("gw-1", "feed", b"two")
    await crashing.wait_message("feed", b"two")
    await other.wait_message("feed", b"two")

    assert other.everything == [("feed", b"one"), ("feed", b"two")]
    assert "follower_crashed" in [entry["event"] for entry in logged]


async def test_a_slow_follower_loses_messages_is_counted_and_is_told(forgetful: Nodes) -> None:
    one, two, _ = forgetful.buses
    heard = await follow(two, "gw-1")

    for number in range(1_000):
        one.publish("gw-1", "feed", number.to_bytes(4))
    await heard.wait_until(lambda: ("feed", (999).to_bytes(4)) in heard.everything)
    one.publish("gw-1", "feed", (1_000).to_bytes(4))
    await heard.wait_message("feed", (1_000).to_bytes(4))

    numbers = [int.from_bytes(body) for _, body in heard.messages]
    dropped = forgetful.counted("clew_bus_slow_drops_total")
    assert numbers == sorted(set(numbers))
    assert dropped > 0
    assert len(numbers) + dropped == 1_001
    assert heard.breaks >= 1
    assert heard.breaks == forgetful.counted("clew_bus_broken_total")


async def test_a_gap_is_told_where_it_is(forgetful: Nodes) -> None:
    one, two, _ = forgetful.buses
    heard = await follow(two, "gw-1")

    for number in range(1_000):
        one.publish("gw-1", "feed", number.to_bytes(4))
    await heard.wait_until(lambda: ("feed", (999).to_bytes(4)) in heard.everything)

    expected = 0
    for entry in heard.everything:
        if entry is None:
            expected = -1
            continue
        number = int.from_bytes(entry[1])
        assert expected in (-1, number), "a number is missing and nobody was told before"
        expected = number + 1


@pytest.mark.parametrize("name", ODD_NAMES)
async def test_channels_and_feeds_may_have_any_name(name: str, ours: Bus, theirs: Bus) -> None:
    heard, neighbour = await follow(theirs, name), await follow(theirs, name + "x")

    ours.publish(name, name, b"1")
    ours.publish(name + "x", name, b"2")
    await heard.wait_message(name, b"1")
    await neighbour.wait_message(name, b"2")

    assert len(heard.everything) == len(neighbour.everything) == 1


async def test_a_big_message_is_carried(ours: Bus, theirs: Bus) -> None:
    heard = await follow(theirs, "gw-1")

    ours.publish("gw-1", "feed", bytes(BUS_BODY_BYTES_MAX))

    await heard.wait_message("feed", bytes(BUS_BODY_BYTES_MAX))
