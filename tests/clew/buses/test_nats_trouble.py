"""A real nats-server in real trouble: killed, stopped, replaced, or in no mood to take anything."""

import asyncio
from collections.abc import Generator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from clew.buses.bounds import NATS_PENDING_BYTES_MAX, NATS_PINGS_MISSED_MAX
from clew.buses.nats import bus as nats
from clew.buses.nats import link as nats_link
from clew.buses.nats.bus import NatsBus
from clew.client.retrying import pause
from clew.local.nats import LocalNats
from clew.local.process import free_port
from clew.sessions.bounds import BUS_BODY_BYTES_MAX
from clew.sessions.faults import Late, Nobody
from tests.kit.asking import AT_ONCE_S, LONG_S, SHORT_S, echo, outcome
from tests.kit.hearing import follow
from tests.kit.nats import chance_for, on_nats, running_cluster, settings_for, wait_connected

NOTICED_WITHIN_S = 20.0
"""A server that has stopped is given up by then: two missed pings, on the busiest machine."""

POLL_S = 0.01

QUICK_PING_S = 0.3


@pytest.fixture
def server(tmp_path: Path) -> Generator[LocalNats]:
    server = LocalNats(tmp_path, free_port())
    server.start()
    yield server
    server.kill()


@pytest.fixture(autouse=True)
def logged() -> Generator[list[MutableMapping[str, Any]]]:
    with capture_logs() as entries:
        yield entries


async def test_a_killed_server_that_comes_back_is_found_again_and_again(server: LocalNats) -> None:
    settings = settings_for(server.url)
    async with on_nats(settings) as one, on_nats(settings) as two:
        await two.serve("node-2", echo)
        heard = await follow(two, "gw-2")
        for number in range(3):
            server.kill()
            async with asyncio.timeout(AT_ONCE_S):
                await wait_connected(one, two, connected=False)
                nobody = await outcome(one, "node-2")
            server.start()
            await wait_connected(one, two)
            await heard.wait_until(lambda expected=number + 1: heard.breaks >= expected)
            one.publish("gw-2", "feed", str(number).encode())
            await heard.wait_message("feed", str(number).encode())

            assert nobody is Nobody
            assert await one.request("node-2", b"", LONG_S) == b"echo "

    assert heard.everything == [None, ("feed", b"0"), None, ("feed", b"1"), None, ("feed", b"2")]


async def test_a_request_to_a_server_that_stands_still_is_late_in_its_time(server: LocalNats) -> None:
    async with on_nats(settings_for(server.url)) as bus:
        await bus.serve("node-1", echo)
        server.freeze()

        async with asyncio.timeout(AT_ONCE_S):
            with pytest.raises(Late):
                await bus.request("node-1", b"", SHORT_S)


async def test_a_server_that_stands_still_is_given_up_and_those_who_wait_are_told(server: LocalNats) -> None:
    async with on_nats(settings_for(server.url)) as bus:
        await bus.serve("node-1", echo)
        heard = await follow(bus, "gw-1")
        server.freeze()

        async with asyncio.timeout(NOTICED_WITHIN_S):
            waited = await outcome(bus, "node-1", within_s=3_600)
            await wait_connected(bus, connected=False)
        then = await outcome(bus, "node-1")
        server.thaw()
        await wait_connected(bus)
        await heard.wait_until(lambda: heard.breaks > 0)
        answered = await bus.request("node-1", b"", LONG_S)

    assert waited is Late
    assert then is Nobody
    assert answered == b"echo "
    assert heard.everything == [None]


async def test_a_quiet_connection_is_kept(server: LocalNats, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nats_link, "NATS_PING_EVERY_S", QUICK_PING_S)
    registry = CollectorRegistry()
    async with on_nats(settings_for(server.url), registry) as bus:
        heard = await follow(bus, "gw-1")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(QUICK_PING_S * (NATS_PINGS_MISSED_MAX + 3)):
                await heard.wait_until(lambda: heard.breaks > 0)

        assert bus.is_connected
    assert registry.get_sample_value("clew_bus_reconnects_total") == 0


async def test_a_server_that_takes_small_messages_only_is_not_used(
    tmp_path: Path, logged: list[MutableMapping[str, Any]]
) -> None:
    small = LocalNats(tmp_path, free_port(), "max_payload: 65536")
    small.start()
    async with on_nats(settings_for(small.url)) as bus:
        used = bus.is_connected
    small.kill()

    assert not used
    assert "max_payload of 65536" in str(logged)


async def test_a_pause_shorter_than_two_pings_loses_nothing(server: LocalNats) -> None:
    async with on_nats(settings_for(server.url)) as bus:
        heard = await follow(bus, "gw-1")
        server.freeze()
        for number in range(1_000):
            bus.publish("gw-1", "feed", number.to_bytes(4))
        server.thaw()
        await heard.wait_until(lambda: len(heard.everything) >= 1_000)

    assert heard.everything == [("feed", number.to_bytes(4)) for number in range(1_000)]


async def test_what_a_server_does_not_take_is_lost_and_counted_and_nobody_waits(server: LocalNats) -> None:
    registry = CollectorRegistry()
    async with on_nats(settings_for(server.url), registry) as bus:
        server.freeze()
        sent = 2 * NATS_PENDING_BYTES_MAX // BUS_BODY_BYTES_MAX
        for _ in range(sent):
            bus.publish("gw-1", "feed", bytes(BUS_BODY_BYTES_MAX))
        async with asyncio.timeout(AT_ONCE_S):
            with pytest.raises(Nobody):
                await bus.request("node-1", bytes(BUS_BODY_BYTES_MAX), LONG_S)

    lost = registry.get_sample_value("clew_bus_lost_total") or 0
    published = registry.get_sample_value("clew_bus_published_total") or 0
    assert 0 < lost < sent
    assert lost + published == sent


async def test_nothing_waits_for_ever_when_it_ends_beside_a_server_that_stands_still(server: LocalNats) -> None:
    async with asyncio.timeout(AT_ONCE_S), on_nats(settings_for(server.url)) as bus:
        server.freeze()
        for _ in range(20):
            bus.publish("gw-1", "feed", bytes(500_000))


async def test_what_was_sent_before_the_end_arrives(server: LocalNats) -> None:
    settings = settings_for(server.url)
    async with on_nats(settings) as one:
        heard = await follow(one, "gw-1")
        async with on_nats(settings) as two:
            for number in range(10_000):
                two.publish("gw-1", "feed", number.to_bytes(4))
        await heard.wait_message("feed", (9_999).to_bytes(4))

    assert len(heard.everything) == 10_000


async def test_a_node_that_begins_without_a_server_finds_it_when_it_comes(tmp_path: Path) -> None:
    server = LocalNats(tmp_path, free_port())
    async with asyncio.timeout(NOTICED_WITHIN_S), on_nats(settings_for(server.url)) as bus:
        await bus.serve("node-1", echo)
        heard = await follow(bus, "gw-1")
        before = await outcome(bus, "node-1"), bus.is_connected
        bus.publish("gw-1", "feed", b"lost")
        server.start()
        await wait_connected(bus)
        await heard.wait_until(lambda: heard.breaks == 1)
        answered = await bus.request("node-1", b"", LONG_S)
    server.kill()

    assert before == (Nobody, False)
    assert answered == b"echo "
    assert heard.everything == [None]


async def test_a_start_waits_no_longer_than_every_server_had_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nats, "NATS_START_WITHIN_S", 3_600)
    urls = ",".join(f"127.0.0.1:{free_port()}" for _ in range(3))

    async with asyncio.timeout(AT_ONCE_S), on_nats(settings_for(urls)) as bus:
        assert not bus.is_connected


async def test_when_a_server_of_three_dies_its_node_goes_to_another(tmp_path: Path) -> None:
    with running_cluster(tmp_path, 3) as (first, *others):
        settings = settings_for(",".join(server.url for server in others))
        async with on_nats(settings_for(first.url, cluster=settings.cluster)) as steady, on_nats(settings) as moving:
            await moving.serve("node-2", echo)
            heard = await follow(moving, "gw-2")
            await until_answered(steady, "node-2")
            chosen = chance_for(settings).sample(settings.servers, 2)[0]
            next(server for server in others if server.url == chosen.url).kill()
            await heard.wait_until(lambda: heard.breaks == 1)  # told once it is connected again
            await until_answered(steady, "node-2")
            steady.publish("gw-2", "feed", b"on")
            await heard.wait_message("feed", b"on")

    assert heard.everything == [None, ("feed", b"on")]


async def until_answered(bus: NatsBus, address: str) -> None:
    """Until the servers of the NATS cluster told each other who serves it."""
    async with asyncio.timeout(LONG_S):
        while await outcome(bus, address) is not None:
            await pause(POLL_S)
