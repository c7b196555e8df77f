"""Several nodes of the tiny game on one store and one bus, each of which can be killed, paused or cut off."""

from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, TypeVar, cast

from prometheus_client import CollectorRegistry

from clew.buses.local import LocalBus, open_local
from clew.buses.metrics import BusMetrics
from clew.sessions.cluster.messages import NODES_CHANNEL, Take, node_messages
from clew.sessions.cluster.peers import Peers
from clew.sessions.games import GameKind
from clew.sessions.ids import GameId, Kind, Owner, PlayerId
from clew.sessions.life import Membership
from clew.sessions.metrics import Metrics
from clew.sessions.policy import Policy
from clew.sessions.ports.game import Codec
from clew.sessions.records import Answer, Entry, Seen, Stored, StoredEntry, Verdict
from clew.sessions.routing import Router
from clew.sessions.session.bodies import read_entry
from clew.testing.hand_clock import HandClock, Timekeeper, loop_passes
from clew.testing.memory.lifelines import MemoryLifelines
from clew.testing.memory.store import MemoryStore, memory_store
from tests.kit.faulty_store import FaultyStore
from tests.kit.gates import Gate, GatedBus, GatedClock, GatedStore
from tests.kit.hosting import ADA, GAME, HERE, TALLY, Life, Told, make_host, open_game, resume
from tests.kit.relay import RELAY, RelayCodec
from tests.kit.tally import Add, Added, Command, Delayed, Event, Lengthened, Opened, RoundBegan, Tally, TallyCodec
from tests.kit.tally_desk import LookCall, MakeCall, PostCall, TallyDesk, encode, read_answer, read_seen

T = TypeVar("T")

ONE = Add(ADA, HERE, 1)
RELEASE = "1.0.0"
BOTH = ("host", "gateway")
_CODECS: dict[Kind, Codec[Any, Any]] = {TALLY: TallyCodec(), RELAY: RelayCodec()}
GATEWAY = ("gateway",)


class FleetNode:
    """One process. It is begun, and then killed or stopped."""

    def __init__(
        self,
        fleet: "Fleet",
        name: str,
        release: str,
        roles: tuple[str, ...],
        *,
        rebalance: bool,
        reads: int,
        policy: Policy,
        ahead_s: float,
        games: Sequence[GameKind[Any, Any, Any]],
    ) -> None:
        self.name = name
        self.gate = Gate()
        self.clock = GatedClock(fleet.clock, self.gate)
        self.clock.ahead_ms = round(1000 * ahead_s)
        self.faults = FaultyStore(fleet.store)
        self.line = GatedStore(self.faults, self.gate, self._done)
        self.bus = GatedBus(fleet.bus, self.clock, self.gate)
        self.registry = CollectorRegistry()
        self.peers = Peers()
        self._fleet = fleet
        store, metrics = self.line, Metrics(self.registry)
        membership = Membership(self.bus, self.peers, fleet.lifelines, rebalance)
        self.host = make_host(
            store,
            self.clock,
            name,
            None,
            membership,
            release,
            roles,
            metrics,
            state_version=reads,
            policy=policy,
            games=games,
        )
        self.desk = TallyDesk(self.host)
        self.router = Router(self.host, store.ownership, self.clock, metrics, membership)
        self.life: Life | None = None

    async def begin(self, *, ready: bool) -> None:
        self.life = Life(self.host, self.faults, self.desk)
        await self.life.up()
        directory = self.router.directory
        directory.follow(self.peers)
        await self.bus.follow(NODES_CHANNEL, directory.heard, directory.wake_all)
        if ready:
            await resume(self.host)

    @property
    def owner(self) -> Owner:
        return self.host.owner

    @property
    def alive(self) -> bool:
        return self.life is not None

    # --- what happens to it --------------------------------------------------------------------------------------

    async def kill(self) -> None:
        """As ``kill -9``: nothing is written or said any more, and its lifeline is cut."""
        life, self.life = self.life, None
        if life is not None:
            await self.bus.cut()
            await life.kill()

    async def stop(self) -> None:
        """As the end of a graceful exit."""
        life, self.life = self.life, None
        if life is not None:
            await self._fleet.run(life.stop())
            await self.bus.cut()

    async def leave(self) -> int:
        """Drain, then exit; gives how many sessions were handed over."""
        moved = await self._fleet.run(self.host.drain())
        await self.stop()
        return moved

    async def give(self, target: "FleetNode", *game_ids: GameId) -> int:
        """Hand these over, as for balance."""
        life = cast("Any", self.host)._running
        sessions = [life.node.residents.open[game_id] for game_id in game_ids]
        return await self._fleet.run(life.handoff.give(sessions, target.owner))

    def pause(self) -> None:
        self.gate.pause()

    async def go_on(self, *, backwards: bool = False) -> None:
        self.gate.go_on(backwards=backwards)
        await loop_passes()

    def cut_store(self) -> None:
        self.faults.down = True

    def mend_store(self) -> None:
        self.faults.down = False

    def trust_blindly(self) -> None:
        """Break the lease: this life believes in itself whatever the store says."""
        cast("Any", self.host)._running.node.lease.alone = True

    # --- asking it -----------------------------------------------------------------------------------------------

    async def ask(
        self, game_id: GameId, command: Command, player_id: PlayerId | None = None, command_id: str | None = None
    ) -> Answer:
        """As a gateway does for a player: here or wherever the session is."""
        return await self.router.ask(
            game_id,
            lambda: self.host.post(game_id, command, player_id=player_id, command_id=command_id),
            lambda _: encode(PostCall(command, player_id, command_id)),
            read_answer,
        )

    async def see(self, game_id: GameId) -> Seen[Tally]:
        return await self.router.ask(game_id, lambda: self.host.look(game_id), lambda _: encode(LookCall()), read_seen)

    async def make(self, game_id: GameId, limit: int = 1_000) -> None:
        """Have a session made somewhere."""
        await self.router.make(
            TALLY,
            lambda: self.host.create(TALLY, game_id, f"code-{game_id}", [Opened(limit)]),
            lambda: encode(MakeCall(game_id, limit)),
            lambda _: None,
        )

    def counted(self, name: str, **labels: str) -> float:
        """The sum of all samples of this name that have these labels, among others."""
        samples = (sample for metric in self.registry.collect() for sample in metric.samples)
        return sum(each.value for each in samples if each.name == name and labels.items() <= each.labels.items())

    @property
    def held(self) -> int:
        """Open sessions in its memory."""
        return int(self.counted("clew_sessions"))

    def came(self, way: str) -> float:
        """How many sessions came into its memory this way."""
        return self.counted("clew_taken_total", way=way)

    def _done(self, name: str, args: tuple[Any, ...], given: Any) -> None:
        if name == "commit":
            for part, verdict in zip(args[0], given, strict=True):
                if verdict is Verdict.COMMITTED:
                    self._fleet.writers[part.game_id, part.epoch].add(self.name)


class Fleet(Timekeeper):
    """All nodes, and what they share."""

    def __init__(self, clock: HandClock, store: MemoryStore, bus: LocalBus, lifelines: MemoryLifelines | None) -> None:
        super().__init__(clock)
        self.store = store
        self.bus = bus
        self.lifelines = lifelines
        self.nodes: dict[str, FleetNode] = {}
        self.writers: defaultdict[tuple[GameId, int], set[str]] = defaultdict(set)
        """Which nodes committed to a session at an epoch."""
        self.watched: list[tuple[GameId, int, Told]] = []

    async def begin(
        self,
        name: str,
        release: str = RELEASE,
        roles: tuple[str, ...] = BOTH,
        *,
        rebalance: bool = False,
        ready: bool = True,
        reads: int = 1,
        policy: Policy | None = None,
        compact_after_ms: int | None = None,
        ahead_s: float = 0,
        games: Sequence[GameKind[Any, Any, Any]] = (),
    ) -> FleetNode:
        """A node that runs; if ``ready``, one that took over what nobody held. ``reads``: its newest state version.

        ``ahead_s``: what its wall clock is ahead of the store's. ``games``: other ones than the tiny game alone.
        """
        policy = policy or Policy(compact_after_ms)
        node = FleetNode(
            self, name, release, roles, rebalance=rebalance, reads=reads, policy=policy, ahead_s=ahead_s, games=games
        )
        self.nodes[name] = node
        await self.run(node.begin(ready=ready))
        await loop_passes()
        return node

    async def begin_all(self, *names: str, **named: Any) -> list[FleetNode]:
        """Nodes that know each other."""
        nodes = [await self.begin(name, **named) for name in names]
        await self.pass_s(1.1)
        return nodes

    async def end(self) -> None:
        for node in self.nodes.values():
            await node.kill()

    # --- sessions ------------------------------------------------------------------------------------------------

    async def open_games(self, node: FleetNode, count: int, first: int = 0) -> list[GameId]:
        """Games in their first round, at this node."""
        games = [GameId(f"g{number}") for number in range(first, first + count)]
        for game in games:
            await self.run(open_game(node.host, game))
        return games

    async def watch(self, node: FleetNode, game_id: GameId = GAME) -> Told:
        """A watcher at the owner, held to the journal by ``check``."""
        told = Told()
        watch = await node.host.watch(game_id, told, told.ended.append)
        self.watched.append((game_id, watch.seq, told))
        return told

    async def stored(self, game_id: GameId = GAME) -> Stored:
        stored = await self.store.journal.load(game_id)
        assert stored is not None
        return stored

    async def owner_of(self, game_id: GameId = GAME) -> Owner | None:
        return (await self.stored(game_id)).owner

    def lose_no_more(self) -> None:
        """Messages that were still to be lost are not."""
        cast("Any", self.bus)._to_drop = 0

    def store_as_newer(self, game_id: GameId) -> None:
        """As if a newer release had written the session's state."""
        row = self.store.kept.rows[game_id]
        row.stored = replace(row.stored, state_version=2)

    def forget_clock(self, node: FleetNode) -> None:
        """As if it were of a release that says nothing of its clock."""
        life = self.store.kept.lives[node.owner]
        life.beat = replace(life.beat, clock_offset_ms=None)

    def spoil(self, game_id: GameId) -> None:
        """Make the session's stored state unreadable."""
        row = self.store.kept.rows[game_id]
        row.stored = replace(row.stored, state=b"spoiled")

    def cut_out(self, game_id: GameId) -> StoredEntry:
        """Lose the second entry of the session's journal."""
        return self.store.kept.rows[game_id].entries.pop(1)

    def put_in(self, game_id: GameId, entry: StoredEntry) -> None:
        """Find it again."""
        self.store.kept.rows[game_id].entries.insert(1, entry)

    async def journal(self, game_id: GameId = GAME) -> list[Entry[Event]]:
        codec = _CODECS[(await self.stored(game_id)).kind]
        return [read_entry(codec, entry) for entry in await self.store.journal.entries(game_id, 0, 100_000)]

    async def check(self) -> None:
        """What must be true of every session, whatever happened."""
        for game_id in {
            row.game_id for row in (await self.store.listings.list_sessions((), None, None, 100_000)).items
        }:
            journal = await self.journal(game_id)
            assert [entry.seq for entry in journal] == list(range(1, len(journal) + 1))
            epochs = [entry.epoch for entry in await self.store.journal.entries(game_id, 0, 100_000)]
            assert epochs == sorted(epochs), "an older owner wrote after a newer one"
            receipts = [entry.receipt for entry in journal if entry.receipt is not None]
            assert len(receipts) == len(set(receipts)), "a command took effect twice"
            _check_rounds(journal)
            for watched, seq, told in self.watched:
                if watched == game_id:
                    assert told.seqs == list(range(seq + 1, seq + 1 + len(told.seqs))), "a gap or a repeat"
                    for entry in (entry for committed in told.commits for entry in committed.entries):
                        assert entry == journal[entry.seq - 1], "something was told that is not so"
        for (game_id, epoch), names in self.writers.items():
            assert len(names) == 1, f"{sorted(names)} both wrote to {game_id} at epoch {epoch}"


def _check_rounds(journal: list[Entry[Event]]) -> None:
    ends_at = 0
    for entry in journal:
        if isinstance(entry.event, RoundBegan):
            assert entry.recorded_at >= ends_at, "a round ended before its time"
            ends_at = entry.event.ends_at
        elif isinstance(entry.event, Delayed | Lengthened):
            ends_at += entry.event.ms


def total(journal: list[Entry[Event]]) -> int:
    """What the players added, by the journal."""
    return sum(entry.event.amount for entry in journal if isinstance(entry.event, Added))


def is_take(body: bytes) -> bool:
    """Whether a request hands sessions over."""
    return isinstance(node_messages.decode(body), Take)


@asynccontextmanager
async def open_fleet(clock: HandClock, *, lifelines: bool = True) -> AsyncGenerator[Fleet]:
    """An empty fleet; its nodes are killed at the end, and what happened is checked."""
    async with open_local(clock, BusMetrics(CollectorRegistry())) as bus:
        fleet = Fleet(clock, memory_store(clock), bus, MemoryLifelines() if lifelines else None)
        try:
            yield fleet
            await fleet.check()
        finally:
            await fleet.end()
