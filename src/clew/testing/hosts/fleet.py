"""Several nodes in one process on one store and one bus, held to the runtime's promises whatever happens to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from clew.sessions.games import Games
from clew.sessions.ids import GameId, Kind, Owner
from clew.sessions.ports.game import Codec
from clew.sessions.records import Entry, Stored, Verdict
from clew.sessions.session.bodies import read_entry
from clew.testing.faults.bus import FaultyBus, open_faulty_bus
from clew.testing.hand_clock import HandClock, Timekeeper, loop_passes
from clew.testing.hosts.node import HostNode
from clew.testing.hosts.onlooker import Onlooker
from clew.testing.memory.lifelines import MemoryLifelines
from clew.testing.memory.store import MemoryStore, memory_store

NodeT = TypeVar("NodeT", bound="HostNode[Any, Any, Any]")
FleetT = TypeVar("FleetT", bound="HostFleet")

SETTLED_S: Final = 1.1
"""After so long nodes that were begun know each other: a beat, and some."""
JOURNAL_MAX: Final = 100_000


@dataclass(frozen=True)
class Shared:
    """What all nodes share. ``lifelines``: None where only leases tell of a death."""

    clock: HandClock
    store: MemoryStore
    bus: FaultyBus
    lifelines: MemoryLifelines | None


class HostFleet(Timekeeper):
    """All nodes. ``run`` awaits what needs time, ``check`` holds all that happened to what the runtime promises."""

    def __init__(self, shared: Shared) -> None:
        super().__init__(shared.clock)
        self.store = shared.store
        self.bus = shared.bus
        self.lifelines = shared.lifelines
        self.nodes: dict[str, HostNode[Any, Any, Any]] = {}
        self.writers: defaultdict[tuple[GameId, int], set[str]] = defaultdict(set)
        """Which nodes committed to a session at an epoch; cleared by a test that has the store forget."""
        self._watched: list[tuple[GameId, int, Onlooker[Any, Any]]] = []
        self._codecs: dict[Kind, Codec[Any, Any]] = {}

    async def begun(self, node: NodeT, games: Games[Any, Any, Any], *, ready: bool = True) -> NodeT:
        """The node, once it runs; if ``ready``, once it took over what nobody held."""
        self.nodes[node.name] = node
        for kind, game in games.items():  # of two releases, the later one reads what both have written
            known = self._codecs.get(kind, game.codec)
            self._codecs[kind] = max(known, game.codec, key=lambda codec: codec.event_version)
        await self.run(node.begin(ready=ready))
        await loop_passes()
        return node

    async def end(self) -> None:
        """Kill whoever lives."""
        for node in self.nodes.values():
            await node.kill()

    async def watch(self, node: HostNode[Any, Any, Any], game_id: GameId) -> Onlooker[Any, Any]:
        """An onlooker at this node, the session's owner; held to the journal by ``check``."""
        told = Onlooker[Any, Any]()
        watch = await node.host.watch(game_id, told, told.ended.append)
        self._watched.append((game_id, watch.seq, told))
        return told

    def note(self, name: str, call: str, args: tuple[Any, ...], given: Any) -> None:
        """What a node's call to the store came to."""
        if call == "commit":
            for part, verdict in zip(args[0], given, strict=True):
                if verdict is Verdict.COMMITTED:
                    self.writers[part.game_id, part.epoch].add(name)

    # --- what the store says -------------------------------------------------------------------------------------

    async def stored(self, game_id: GameId) -> Stored:
        """A session's row, which must be there."""
        stored = await self.store.journal.load(game_id)
        assert stored is not None, f"{game_id} was never made"
        return stored

    async def owner_of(self, game_id: GameId) -> Owner | None:
        """Who holds it."""
        return (await self.stored(game_id)).owner

    async def journal(self, game_id: GameId) -> list[Entry[Any]]:
        """Everything that happened in a session."""
        codec = self._codecs[(await self.stored(game_id)).kind]
        return [read_entry(codec, entry) for entry in await self.store.journal.entries(game_id, 0, JOURNAL_MAX)]

    # --- what must be true ---------------------------------------------------------------------------------------

    async def check(self) -> None:
        """Of every session, whatever happened: its journal has no gap, no older owner wrote after a newer one.

        No command took effect twice, no two nodes wrote at one epoch, and watchers were told what is so, in order.
        """
        for row in (await self.store.listings.list_sessions((), None, None, JOURNAL_MAX)).items:
            journal = await self.journal(row.game_id)
            assert [entry.seq for entry in journal] == list(range(1, len(journal) + 1)), f"a gap in {row.game_id}"
            epochs = [entry.epoch for entry in await self.store.journal.entries(row.game_id, 0, JOURNAL_MAX)]
            assert epochs == sorted(epochs), "an older owner wrote after a newer one"
            receipts = [entry.receipt for entry in journal if entry.receipt is not None]
            assert len(receipts) == len(set(receipts)), "a command took effect twice"
            for game_id, seq, told in self._watched:
                if game_id == row.game_id:
                    told.check(seq, journal)
            self.check_session(row.game_id, journal)
        for (game_id, epoch), names in self.writers.items():
            assert len(names) == 1, f"{sorted(names)} both wrote to {game_id} at epoch {epoch}"

    def check_session(self, game_id: GameId, journal: Sequence[Entry[Any]]) -> None:
        """What more must be true of one, for fleets that know more of their game."""


@asynccontextmanager
async def open_hosts(
    clock: HandClock, fleet_of: Callable[[Shared], FleetT], *, lifelines: bool = True
) -> AsyncGenerator[FleetT]:
    """An empty fleet; at the end of the block what happened is checked, and its nodes are killed.

    ``lifelines``: whether a death is heard of at once, and not when its lease has run out.
    """
    async with open_faulty_bus(clock) as bus:
        fleet = fleet_of(Shared(clock, memory_store(clock), bus, MemoryLifelines() if lifelines else None))
        try:
            yield fleet
            await fleet.check()
        finally:
            await fleet.end()
            await loop_passes()
