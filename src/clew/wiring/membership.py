"""What a node needs to be one of several: the shared PostgreSQL, and NATS to speak to the others."""

import asyncio
import random
import secrets
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from prometheus_client import CollectorRegistry

from clew.buses.local import open_local
from clew.buses.metrics import BusMetrics
from clew.buses.nats.bus import open_nats
from clew.buses.nats.settings import NatsSettings, UnusableNats, read_servers
from clew.sessions.cluster.peers import Peers
from clew.sessions.ids import NodeId
from clew.sessions.life import Membership
from clew.sessions.ports.bus import Bus
from clew.sessions.ports.clock import Clock
from clew.stores.postgres.store import PostgresStore
from clew.wiring.database import open_database
from clew.wiring.faults import CannotStart
from clew.wiring.settings import ServerSettings


@asynccontextmanager
async def open_membership(
    program: str,
    settings: ServerSettings,
    database_url: str,
    node_id: NodeId,
    clock: Clock,
    registry: CollectorRegistry,
    asked: asyncio.Event,
) -> AsyncGenerator[tuple[PostgresStore, Membership]]:
    """The store, and the node's membership on it, until the end of the block. Raises ``CannotStart``."""
    async with (
        open_database(database_url, clock, asked) as database,
        _open_bus(program, settings, node_id, clock, registry) as bus,
    ):
        if settings.bus is None and any(row.alive for row in await database.store.nodes.rows()):
            raise CannotStart("Other nodes serve from this database: give this one their --bus to speak to them.")
        yield database.store, Membership(bus, Peers(), database.lifelines, rebalance=settings.rebalance)


@asynccontextmanager
async def _open_bus(
    program: str, settings: ServerSettings, node_id: NodeId, clock: Clock, registry: CollectorRegistry
) -> AsyncGenerator[Bus]:
    metrics = BusMetrics(registry)
    if settings.bus is None:
        async with open_local(clock, metrics) as bus:
            yield bus
        return
    try:
        nats = NatsSettings(
            servers=read_servers(settings.bus),
            node=node_id,
            program=program,
            cluster=settings.cluster,
            credentials=settings.bus_credentials,
            ca=settings.bus_ca,
            certificate=settings.bus_certificate,
            key=settings.bus_key,
        )
        nats.check()
    except UnusableNats as wrong:
        raise CannotStart(f"{wrong}.") from wrong
    async with open_nats(nats, clock, metrics, random.Random(secrets.randbits(64))) as bus:
        yield bus
