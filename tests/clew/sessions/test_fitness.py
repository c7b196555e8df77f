"""Whether a node is of use, in words for an operator, and whether others could serve its people instead."""

from collections.abc import AsyncGenerator, MutableMapping
from dataclasses import replace
from typing import Any

import pytest

from clew.sessions.bounds import FIT_FOR_S, FIT_HEARD_WITHIN_S, LEASE_MS, LEASE_TRUST_S
from clew.sessions.cluster.fitness import Fitness
from clew.sessions.cluster.peers import Peers
from clew.sessions.faults import Busy, NeedsOperator
from clew.sessions.ids import NodeId, Owner
from clew.sessions.node_records import NodeInfo, NodeRow
from clew.sessions.store_health import StoreHealth
from clew.sessions.time.lease import Lease
from clew.testing.faults.bus import FaultyBus, open_faulty_bus
from clew.testing.hand_clock import HandClock
from clew.testing.memory.store import memory_store
from tests.kit.hosting import tally_reads

OTHER = Owner("b.1")
LEASE_S = LEASE_MS / 1_000


def other(name: str = "b", key_print: str = "key", **more: Any) -> NodeRow:
    """Another node that lives, is ready, and lets people in."""
    row = NodeRow(
        *(Owner(f"{name}.1"), NodeId(name), "", "1.0.0", tally_reads(1), ("host", "gateway")),
        *(True, True, False, 0),
        silent_ms=0,
        key_print=key_print,
    )
    return replace(row, **more)


class Subject:
    """The fitness of a node, and all that it judges by."""

    def __init__(self, clock: HandClock, bus: FaultyBus | None) -> None:
        self.clock = clock
        self.bus = bus
        self.health = StoreHealth(clock.monotonic)
        self.peers = Peers()
        info = NodeInfo(NodeId("a"), "", "1.0.0", tally_reads(1), key_print="key")
        self.fitness = Fitness(clock, info, self.health, bus, self.peers)
        self.lease = Lease(memory_store(clock).nodes, clock, Owner("a.1"), clock.monotonic(), alone=False)

    def codes(self, *, was_ready: bool = True) -> list[str]:
        return [lack.code for lack in self.fitness.lacks(self.lease, was_ready=was_ready)]

    def words(self) -> str:
        return " ".join(lack.words for lack in self.fitness.lacks(self.lease, was_ready=True))

    def renewed(self) -> None:
        self.lease = Lease(
            memory_store(self.clock).nodes, self.clock, self.lease.owner, self.clock.monotonic(), alone=False
        )


@pytest.fixture
async def node(clock: HandClock) -> AsyncGenerator[Subject]:
    async with open_faulty_bus(clock) as bus:
        one = Subject(clock, bus)
        one.fitness.lacks(one.lease, was_ready=True)  # it was well once
        yield one


# --- the store and the lease -------------------------------------------------------------------------------------


async def test_a_node_that_is_well_lacks_nothing(node: Subject) -> None:
    node.peers.update([other()])

    assert node.codes() == []


async def test_a_store_that_only_an_operator_can_mend_is_lacking_at_once_and_said_with_what_to_do(
    node: Subject,
) -> None:
    node.health.failed(NeedsOperator("no room", "make some"))

    assert node.codes() == ["store"]
    assert "make some" in node.words()


async def test_a_life_that_is_over_and_has_no_next_is_said_with_what_keeps_it(node: Subject) -> None:
    node.lease.over = True
    node.health.failed(Busy("it is away"))

    assert node.codes() == ["lease"]
    assert "it is away" in node.words()


async def test_a_store_that_was_not_written_for_as_long_as_a_node_is_trusted_is_lacking(node: Subject) -> None:
    await node.clock.advance(LEASE_TRUST_S - 0.1)
    assert node.codes() == []

    await node.clock.advance(0.2)

    assert node.codes() == ["store"]


# --- the bus -----------------------------------------------------------------------------------------------------


async def test_a_bus_that_was_never_reached_is_lacking_whoever_has_it(clock: HandClock) -> None:
    async with open_faulty_bus(clock) as bus:
        bus.cut()
        node = Subject(clock, bus)

        assert node.codes() == ["bus"]
        assert "since the start" in node.words()


async def test_a_bus_that_others_have_is_lacking_once_it_was_away_for_as_long_as_a_lease(node: Subject) -> None:
    assert node.bus is not None
    node.peers.update([other()])
    node.bus.cut()
    assert node.codes() == []
    await node.clock.advance(LEASE_S - 0.1)
    node.renewed()
    assert node.codes() == []

    await node.clock.advance(0.2)

    assert node.codes() == ["bus"]
    assert "for others it is not" in node.words()
    node.bus.mend()
    assert node.codes() == []


@pytest.mark.parametrize(
    "without",
    [
        other(unfit="NATS is away: cut"),
        other(key_print=""),
        other(ready=False),
        other(alive=False),
        other("a"),
    ],
    ids=["away for it too", "of a release that would not say", "not ready", "dead", "itself"],
)
async def test_a_bus_that_nobody_else_is_known_to_have_is_no_lack(node: Subject, without: NodeRow) -> None:
    assert node.bus is not None
    node.peers.update([without])
    node.bus.cut()

    assert node.codes() == []
    await node.clock.advance(LEASE_S + 1)
    node.renewed()

    assert node.codes() == []


async def test_the_time_begins_anew_where_the_store_did_not_tell_who_has_it(node: Subject) -> None:
    assert node.bus is not None
    node.peers.update([other()])
    node.bus.cut()
    assert node.codes() == []
    await node.clock.advance(LEASE_TRUST_S)
    assert node.codes() == ["store"]
    node.renewed()

    assert node.codes() == []
    await node.clock.advance(2)

    assert node.codes() == []


# --- the key -----------------------------------------------------------------------------------------------------


async def test_another_secret_key_is_lacking_before_a_node_begins_and_said_once_where_it_serves(
    node: Subject, logged: list[MutableMapping[str, Any]]
) -> None:
    node.peers.update([other(key_print="another"), other("c")])

    assert node.codes(was_ready=False) == ["secret_key"]
    assert node.codes(was_ready=True) == []
    for _ in range(3):
        node.fitness.compare_keys(node.lease)

    said = [entry["other"] for entry in logged if entry["event"] == "secret_keys_differ"]
    assert said == [OTHER]


async def test_nobody_is_a_stranger_who_does_not_say_or_does_not_serve_yet(node: Subject) -> None:
    node.peers.update([other(key_print=""), other("c", key_print="another", ready=False)])

    assert node.codes(was_ready=False) == []


# --- who else could serve ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "is_somewhere"),
    [
        (other(), True),
        (other(ready=False), False),
        (other(draining=True), False),
        (other(roles=("host",)), False),
        (other(alive=False), False),
        (other("a"), False),
    ],
    ids=["it lets people in", "not ready", "draining", "no gateway", "dead", "itself"],
)
async def test_while_the_store_can_be_asked_its_list_says_who_could_serve(
    node: Subject, row: NodeRow, *, is_somewhere: bool
) -> None:
    node.peers.update([row])

    assert node.fitness.has_elsewhere(node.lease) == is_somewhere


async def test_without_the_store_it_is_who_has_said_so_over_the_bus_for_a_while(node: Subject) -> None:
    node.peers.update([other()])
    await node.clock.advance(LEASE_TRUST_S)
    assert not node.fitness.has_elsewhere(node.lease), "the list is as old as that"
    node.fitness.heard(OTHER)
    assert not node.fitness.has_elsewhere(node.lease), "it may have reached the store just before this node does"

    await node.clock.advance(FIT_FOR_S)
    node.fitness.heard(OTHER)

    assert node.fitness.has_elsewhere(node.lease)


async def test_who_paused_in_saying_so_begins_anew(node: Subject) -> None:
    await node.clock.advance(LEASE_TRUST_S)
    node.fitness.heard(OTHER)
    await node.clock.advance(FIT_HEARD_WITHIN_S + 0.1)
    node.fitness.heard(OTHER)

    assert not node.fitness.has_elsewhere(node.lease)


async def test_who_fell_silent_and_the_node_itself_are_nowhere_else(node: Subject) -> None:
    await node.clock.advance(LEASE_TRUST_S)
    for owner in (OTHER, node.lease.owner):
        node.fitness.heard(owner)
    await node.clock.advance(FIT_FOR_S)
    node.fitness.heard(node.lease.owner)
    assert not node.fitness.has_elsewhere(node.lease), "it is this node that says so itself"
    node.fitness.heard(OTHER)
    assert node.fitness.has_elsewhere(node.lease)

    await node.clock.advance(FIT_HEARD_WITHIN_S + 0.1)

    assert not node.fitness.has_elsewhere(node.lease)


async def test_who_has_neither_store_nor_bus_goes_by_the_last_list(node: Subject) -> None:
    assert node.bus is not None
    node.peers.update([other()])
    await node.clock.advance(LEASE_TRUST_S)
    node.bus.cut()

    assert node.fitness.has_elsewhere(node.lease)


async def test_alone_there_is_nobody_else(clock: HandClock) -> None:
    node = Subject(clock, None)
    node.peers.update([other()])

    assert not node.fitness.has_elsewhere(node.lease)
