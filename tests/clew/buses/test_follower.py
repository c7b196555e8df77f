"""A follower's queue, by itself."""

import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from clew.buses.bounds import DELIVER_SLICE
from clew.buses.follower import Follower
from clew.buses.metrics import BusMetrics
from clew.testing.hand_clock import Passing, loop_passes
from tests.kit.hearing import Heard


@pytest.fixture
def heard() -> Heard:
    return Heard()


def follower_of(heard: Heard, messages_max: int = 1_000, bytes_max: int = 1_000) -> Follower:
    return Follower(heard.deliver, heard.broken, BusMetrics(CollectorRegistry()), messages_max, bytes_max)


async def test_one_message_too_many_drops_what_waits_and_keeps_the_newest(heard: Heard) -> None:
    follower = follower_of(heard, messages_max=3)

    with capture_logs():
        for body in (b"1", b"2", b"3", b"4"):
            follower.push("feed", body)
    await loop_passes()

    assert heard.everything == [None, ("feed", b"4")]


async def test_one_byte_too_many_does_the_same(heard: Heard) -> None:
    follower = follower_of(heard, bytes_max=10)

    with capture_logs():
        for body in (b"12345", b"67890", b"1", b"234567890"):
            follower.push("feed", body)
    await loop_passes()

    assert heard.everything == [None, ("feed", b"1"), ("feed", b"234567890")]


async def test_bytes_delivered_are_bytes_free_again(heard: Heard) -> None:
    follower = follower_of(heard, bytes_max=10)

    for _ in range(5):
        follower.push("feed", b"0123456789")
        await loop_passes()

    assert heard.everything == [("feed", b"0123456789")] * 5


async def test_two_gaps_in_one_place_are_told_once(heard: Heard) -> None:
    follower = follower_of(heard)

    follower.push("feed", b"1")
    follower.mark_broken()
    follower.mark_broken()
    follower.push("feed", b"2")
    follower.mark_broken()
    await loop_passes()

    assert heard.everything == [("feed", b"1"), None, ("feed", b"2"), None]


async def test_the_loop_gets_its_turn_between_slices(heard: Heard) -> None:
    follower = follower_of(heard)

    for _ in range(DELIVER_SLICE + 1):
        follower.push("feed", b"")
    await Passing()

    assert len(heard.everything) == DELIVER_SLICE
    await loop_passes()
    assert len(heard.everything) == DELIVER_SLICE + 1


async def test_one_that_stops_in_the_midst_of_what_it_is_told_hears_no_more(heard: Heard) -> None:
    def stop(feed: str, body: bytes) -> None:
        heard.deliver(feed, body)
        follower.close()

    follower = Follower(stop, heard.broken, BusMetrics(CollectorRegistry()))
    follower.push("feed", b"1")
    follower.push("feed", b"2")
    follower.mark_broken()
    await loop_passes()

    assert heard.everything == [("feed", b"1")]


async def test_a_crash_while_it_is_told_of_a_gap_ends_nothing(heard: Heard) -> None:
    def crash() -> None:
        raise ZeroDivisionError

    follower = Follower(heard.deliver, crash, BusMetrics(CollectorRegistry()))
    with capture_logs() as logged:
        follower.mark_broken()
        follower.push("feed", b"1")
        await loop_passes()

    assert heard.everything == [("feed", b"1")]
    assert [entry["event"] for entry in logged] == ["follower_crashed"]
