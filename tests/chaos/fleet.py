"""An arena of several nodes: hosts that come and go, a gateway where half of the players sit, and what befell whom."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import count, pairwise
from pathlib import Path
from random import Random
from typing import Final, Protocol

from clew.client.doors import Doors
from clew.local.postgres import SUPERUSER
from tests.chaos.moments import Moments, now_ms
from tests.chaos.served import Outage
from tests.kit.cluster import BOTH, GATEWAY, Cluster, cluster_in, wait_for
from tests.kit.moves import check_writers, moves
from tests.kit.proxy import Proxy, proxy_to
from tests.kit.record import Message
from tests.kit.releases import Release
from tests.kit.server import Server
from tests.kit.wires import Machine

OWNERLESS: Final = frozenset({"moved", "restart"})
STORE_LOST: Final = OWNERLESS | {"store_away"}
"""What those troubles may be given back as. A node that is struck may be paused, cut off or dead: as anything."""
AT_GATEWAY: Final = "gateway"
AT_HOSTS: Final = "hosts"
"""What the doors of players are called: those whose socket ends at the gateway, and those who sit on a host."""
GATE: Final = "gate-1"
SLOW_COMMIT_S: Final = 0.03
"""Commits last up to so long where there is to be something on its way when a node dies."""
STORE_BACK_MS: Final = 3_000
"""For so long after the store came back games may change hands for its absence."""
LEFT_WITHIN_S: Final = 30.0
"""The grace period: a node that leaves is gone by then."""
SAME_NAME_SHARE: Final = 0.3
"""How often a killed host is started again under its own name; else another takes its place."""


@dataclass
class Loss:
    """A node that could run nothing from one time to another (None: for good). Without a node: perhaps any of them.

    One that is back before anybody took its games was slow, for all that others know: the time need not be given back.
    """

    node: str | None
    from_ms: int
    until_ms: int | None = None


@dataclass(frozen=True)
class Way:
    """How one node reaches the store and the bus, both of which a test may cut."""

    store: Proxy
    bus: Proxy
    machine: None = None

    @property
    def database_url(self) -> str:
        return f"postgresql://{SUPERUSER}@127.0.0.1:{self.store.port}/postgres?sslmode=disable"

    @property
    def bus_url(self) -> str:
        return f"nats://127.0.0.1:{self.bus.port}"

    def lose(self, *, store: bool = True, bus: bool = True, hangs: bool) -> None:
        """What goes over it hangs from now on, or breaks."""
        for lost, proxy in ((store, self.store), (bus, self.bus)):
            if lost:
                proxy.freeze() if hangs else proxy.refuse()

    def mend(self) -> None:
        self.store.mend()
        self.bus.mend()


class Reach(Protocol):
    """Where one node runs and how it reaches the store and the bus."""

    @property
    def database_url(self) -> str: ...

    @property
    def bus_url(self) -> str: ...

    @property
    def machine(self) -> Machine | None: ...


@dataclass(frozen=True)
class Wired:
    """A node on a machine of its own, whose wire to store and bus a test may pull."""

    machine: Machine
    cluster: Cluster

    @property
    def database_url(self) -> str:
        return f"postgresql://{SUPERUSER}@{self.machine.engines}:{self.cluster.postgres.port}/postgres?sslmode=disable"

    @property
    def bus_url(self) -> str:
        return self.cluster.nats.url


class Fleet:
    """Hosts ``host-1``, ``host-2``, … and a gateway. What befalls them is noted, for the judgement of the clocks."""

    def __init__(self, cluster: Cluster, chance: Random, ways: Mapping[str, Reach] | None = None) -> None:
        """``ways`` are those of the nodes that reach the store and the bus otherwise than straight."""
        self.cluster = cluster
        self.hosts = list[str]()
        """Those in service."""
        self.gate = GATE
        self.losses = list[Loss]()
        self._chance = chance
        self._ways = ways or {}
        self._numbers = count(1)
        self._gates = count(2)
        self._gate_urls = list[str]()
        self._host_urls = list[str]()

    async def start(self, hosts: int, release: str | None = "0.1.0", program: Release | None = None) -> None:
        """So many hosts, and the gateway."""
        names = [self.new_host(release, program) for _ in range(hosts)]
        gate = self._node(GATE, GATEWAY, release, program)
        await self.cluster.start(*names, GATE)
        self._gate_urls.append(gate.url)
        for name in names:
            self.open(name)

    def new_host(self, release: str | None = "0.1.0", program: Release | None = None) -> str:
        """The name of a host that is not started yet."""
        name = f"host-{next(self._numbers)}"
        self._node(name, BOTH, release, program)
        return name

    def _node(self, name: str, roles: str, release: str | None, program: Release | None) -> Server:
        way = self._ways.get(name)
        if way is None:
            return self.cluster.node(name, roles, release, program=program)
        return self.cluster.node(
            name, roles, release, program=program, database_url=way.database_url, bus=way.bus_url, on=way.machine
        )

    async def add_host(self, release: str | None, program: Release | None = None) -> str:
        """One more host in service; its name."""
        name = self.new_host(release, program)
        await self.cluster.start(name)
        self.open(name)
        return name

    def open(self, name: str) -> None:
        """People come in by this host from now on."""
        self.hosts.append(name)
        self._host_urls.append(self.server(name).url)

    def close(self, name: str) -> None:
        """Nobody else comes in by this host."""
        self.hosts.remove(name)
        self._host_urls.remove(self.server(name).url)

    async def swap_gate(self, release: str | None, program: Release | None = None) -> int:
        """Another gateway takes the place of the first, as a deploy does it; gives the first one's exit code."""
        old, name = self.server(self.gate), f"gate-{next(self._gates)}"
        new = self.cluster.node(name, GATEWAY, release, program=program)
        await self.cluster.start(name)
        self._gate_urls.append(new.url)
        self.gate = name
        code = await old.stop(LEFT_WITHIN_S)
        self._gate_urls.remove(old.url)
        return code

    def left(self, name: str) -> None:
        """It has gone by itself: what is its own yet is nobody's until somebody claims it."""
        self.losses.append(Loss(name, now_ms()))

    async def swap_host(self, old: str, release: str) -> int:
        """A new host starts, and when it is ready the old one is told to stop; gives its exit code."""
        await self.add_host(release)
        return await self.let_go(old)

    async def let_go(self, name: str) -> int:
        """Tell a host to stop; gives its exit code."""
        code = await self.server(name).stop(LEFT_WITHIN_S)
        self.close(name)
        return code

    def server(self, name: str) -> Server:
        return self.cluster.nodes[name]

    async def fullest(self) -> str:
        """The host with the most games, once there is one with any."""
        held = dict[str, set[str]]()

        async def some_are_held() -> bool:
            held.update({name: await self.cluster.held_by(name) for name in self.hosts})
            return any(held.values())

        await wait_for(some_are_held)
        return max(self.hosts, key=lambda name: len(held[name]))

    async def is_ready(self, name: str) -> bool:
        """Whether the others may count on it."""
        return any(row.alive and row.ready for row in await self.cluster.lives(name))

    def told(self, name: str, *messages: str) -> list[Message]:
        """The lines of a node's log that say one of these."""
        return [line for line in self.server(name).logged() if line["message"] in messages]

    # --- what befalls it ---------------------------------------------------------------------------------------------

    async def kill(self, victims: Sequence[str], moments: Moments) -> None:
        """SIGKILL at a random moment. Returns when they are gone."""

        def blow() -> None:
            for name in victims:
                self.server(name).kill_nowait()
                self.losses.append(Loss(name, now_ms()))

        await moments.strike(blow)
        for name in victims:
            await self.server(name).kill()

    async def pause(self, name: str, moments: Moments) -> Loss:
        """SIGSTOP at a random moment; ``resume`` ends it."""
        losses = list[Loss]()

        def blow() -> None:
            self.server(name).pause()
            losses.append(Loss(name, now_ms()))

        await moments.strike(blow)
        self.losses += losses
        return losses[0]

    def resume(self, loss: Loss) -> None:
        assert loss.node is not None, "a node was paused"
        self.server(loss.node).resume()
        loss.until_ms = now_ms()

    async def kill_everything(self, moments: Moments) -> None:
        """SIGKILL to everything at a random moment. Returns when nothing is left."""

        def blow() -> None:
            self.losses += [Loss(name, now_ms()) for name in self.hosts]
            self.cluster.kill_everything_nowait()

        await moments.strike(blow)
        for server in self.cluster.nodes.values():
            await server.kill()

    async def replace(self, victims: Sequence[str]) -> None:
        """Others take the place of the dead: under a new name, or the same host once more."""
        fresh = [name if self._chance.random() < SAME_NAME_SHARE else self.new_host() for name in victims]
        await self.cluster.start(*fresh)
        for old, new in zip(victims, fresh, strict=True):
            if old != new:
                self.open(new)
                self.close(old)

    # --- as an arena -------------------------------------------------------------------------------------------------

    def doors(self, table: int, seat: int) -> Doors:
        if seat % 2 == 0:
            return Doors(self._gate_urls, name=AT_GATEWAY)
        return Doors(self._host_urls, first=table + seat // 2, name=AT_HOSTS)

    async def outages(self, game_id: str) -> Sequence[Outage]:
        held = await moves(self.cluster.url, game_id)
        ends = [(move, later.at_ms) for move, later in pairwise(held)]
        if held:
            ends.append((held[-1], now_ms()))
        nobodys = [Outage(move.at_ms, until, causes=OWNERLESS) for move, until in ends if move.owner is None]
        perhaps = [
            Outage(loss.from_ms, (loss.until_ms or now_ms()) + STORE_BACK_MS, sure=False, causes=STORE_LOST)
            for loss in self.losses
            if loss.node is None
        ]
        struck = [
            Outage(loss.from_ms, min(end, loss.until_ms or end), sure=loss.until_ms is None or end < loss.until_ms)
            for loss in self.losses
            for move, end in ends
            if loss.node is not None and loss.node == move.node and move.at_ms <= loss.from_ms < end
        ]
        return [*nobodys, *perhaps, *struck]

    async def complaints(self, game_id: str) -> Sequence[str]:
        return await check_writers(self.cluster.url, game_id)

    async def story(self, game_id: str) -> str:
        held = ", ".join(f"{move.at_ms} {move.owner} {move.epoch}" for move in await moves(self.cluster.url, game_id))
        return f"{game_id} was held by {held}; {self.losses}"


@asynccontextmanager
async def fleet_in(folder: Path, seed: int, hosts: int = 3, commit_s_max: float = 0.0) -> AsyncGenerator[Fleet]:
    """A running fleet, until the end of the block."""
    async with cluster_in(folder, commit_s_max=commit_s_max) as cluster:
        fleet = Fleet(cluster, Random(seed))
        await fleet.start(hosts)
        yield fleet


@asynccontextmanager
async def fleet_with_ways_in(
    folder: Path, seed: int, hosts: int, settings: dict[str, str] | None = None, *, gate: bool = False
) -> AsyncGenerator[tuple[Fleet, dict[str, Way]]]:
    """A running fleet whose first hosts, and the ``gate`` if told so, can be cut off, until the end of the block.

    Their connections end at PostgreSQL's socket file, all others at its port: so it can tell them apart.
    """
    async with cluster_in(folder, settings=settings) as cluster, AsyncExitStack() as held:
        ways = dict[str, Way]()
        for name in [f"host-{number}" for number in range(1, hosts + 1)] + [GATE] * gate:
            store = await held.enter_async_context(proxy_to(cluster.postgres_socket))
            bus = await held.enter_async_context(proxy_to(cluster.nats.port))
            ways[name] = Way(store, bus)
        fleet = Fleet(cluster, Random(seed), ways)
        await fleet.start(hosts)
        yield fleet, ways
