"""One running server: everything is made here and handed to those who need it."""

import asyncio
import secrets
import socket
import sys
from asyncio import TaskGroup
from collections.abc import Awaitable, Callable
from contextlib import closing
from typing import Any, Final

import structlog
from prometheus_client import CollectorRegistry, ProcessCollector

from clew.gateway.foreseeing import Foreseeing
from clew.gateway.games import Games
from clew.gateway.inviting import Inviting
from clew.gateway.lapsing import Lapsing
from clew.gateway.nudging import Nudging
from clew.gateway.ports import AnyHost
from clew.gateway.service import Service
from clew.people.accounts import TOKEN_MS, Accounts
from clew.people.caps import Counting
from clew.people.ids import IdSource
from clew.people.logins import Logins
from clew.people.of_people import OfPeople
from clew.people.passkeys import Passkeys
from clew.people.passwords import Passwords
from clew.people.profiles import Profiles
from clew.people.pushes.delivery import Delivery
from clew.people.pushes.nudges import Nudges
from clew.people.pushes.outside import Outside
from clew.people.pushes.places import Places
from clew.people.pushes.vapid import VapidKey
from clew.people.rating import rate
from clew.sessions.faults import Busy, Fault, NeedsOperator, OutcomeUnknown
from clew.sessions.games import GameKind, games_of, reads_of
from clew.sessions.host import Host
from clew.sessions.ids import GameId, Kind
from clew.sessions.metrics import Metrics
from clew.sessions.node_records import NodeInfo
from clew.sessions.policy import Forgettable, Policy
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.users import Users
from clew.sessions.session.environment import HostSettings
from clew.web.app import Web
from clew.web.phase import Phase
from clew.web.settings import WebSettings
from clew.web.watch import ReadinessWatch
from clew.wiring.address import PortInUse, listen, urls_of
from clew.wiring.clock import RealClock, refuse_wrong_clock
from clew.wiring.collecting import Collecting, spare_the_start, spare_what_stays
from clew.wiring.counting import StoreSums
from clew.wiring.descriptors import CONNECTIONS_MAX, connections_allowed
from clew.wiring.door import Door
from clew.wiring.engines import Engines, open_engines
from clew.wiring.faults import CannotStart
from clew.wiring.leaving import leave_alone, leave_cluster
from clew.wiring.program import Program
from clew.wiring.proxies import EVERYBODY
from clew.wiring.remembered import remember_games
from clew.wiring.secret import print_of
from clew.wiring.server import GameServer, game_server
from clew.wiring.settings import DAY_MS, ServerSettings
from clew.wiring.show import Show
from clew.wiring.stopping import GRACE_S, STOP_WITHIN_S, bounded_stop, stop_signals
from clew.wiring.storage import open_storage

LOOK_AGAIN_S: Final = 0.1
"""How often a node that is not fit to begin looks whether it is."""

SWITCH_INTERVAL_S: Final = 0.001
"""How long the loop may keep the interpreter from the thread that commits, when both want it (decision 0022)."""

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.wiring")


async def run_node(program: Program, settings: ServerSettings, show: Show) -> None:
    """Serve the game until a signal asks to stop; then nothing accepted is lost, and this returns in bounded time.

    Listens at once, answering 503 until every open game goes on. Raises ``CannotStart``.
    """
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    spare_the_start()
    clock, registry = RealClock(), _registry()
    refuse_wrong_clock(clock)
    door = Door(connections_allowed(), registry, clock.monotonic)
    with stop_signals() as asked, closing(_listener(settings)) as listener:
        urls = urls_of(listener, settings.public_url)
        async with open_engines(program.name, settings, clock, registry, urls.to_open, asked) as engines:
            await _Node(program, settings, show, engines, clock, registry, listener, door).run(asked)
    log.info("stopped")


def _listener(settings: ServerSettings) -> socket.socket:
    """A server on the same data most often has the port too: then the data's holder is what to tell of."""
    try:
        return listen(settings.host, settings.port)
    except PortInUse:
        if settings.database_url is None:
            with open_storage(settings.data, ""):
                raise
        raise


class _Node:
    def __init__(
        self,
        program: Program,
        settings: ServerSettings,
        show: Show,
        engines: Engines,
        clock: Clock,
        registry: CollectorRegistry,
        listener: socket.socket,
        door: Door,
    ) -> None:
        self._settings = settings
        self._named = program.named
        self._show = show
        self._listener = listener
        self._urls = urls = urls_of(listener, settings.public_url)
        self._is_one_of_several = engines.membership is not None
        release = settings.release or program.version
        served = program.served
        games = games_of(*(GameKind(kind, game.machine, game.codec) for kind, game in served.items()))
        key_print = print_of(engines.secret) if self._is_one_of_several else ""
        info = NodeInfo(engines.node_id, urls.to_open, release, reads_of(games), settings.roles, key_print)
        self._clock = clock
        if self._is_one_of_several:  # every line of the log names the node
            structlog.contextvars.bind_contextvars(node=engines.node_id, release=release)
        metrics = Metrics(registry)
        store = engines.store
        ids = IdSource(secrets.randbelow)
        entries_max = settings.caps.entries_per_round or sys.maxsize
        policy = Policy(settings.compact_after_ms, _forgettable(store.users, settings), entries_max, rate)
        outside = Outside(settings.push_networks)
        vapid = VapidKey(engines.secret, settings.push_contact or _secure(settings.public_url))
        self._delivery = Delivery(store.pushes, outside, vapid, clock, ids.salt, registry)
        nudges = Nudges(store.pushes, self._delivery, clock)
        self._nudging, self._foreseeing = Nudging(served, nudges, clock), Foreseeing(served)
        self._host: AnyHost = Host(
            games,
            store,
            clock,
            info,
            metrics,
            HostSettings(ids.mark, policy, self._went_on),
            engines.membership,
        )
        self._counts, self._sums = store.counts, StoreSums(registry)
        self._games = Games(served, self._host, store, clock, metrics, engines.membership)
        self._inviting = Inviting(self._games, nudges, clock)
        self._lapsing = Lapsing(self._games, store.listings, clock)
        accounts = Accounts(store.users, clock, ids, engines.secret, *_reserved(program))
        logins = Logins(accounts, store.users, store.account_book, clock, ids, Passwords(), engines.secret)
        passkeys = Passkeys(accounts, logins, store.account_book, store.passkey_book, clock, ids, engines.secret)
        profiles = Profiles(store.results, store.users, clock)
        places = Places(store.pushes, outside, vapid, clock, accounts.hash_of, ids.webhook_secret)
        counting = Counting(store.counts, settings.caps, clock, engines.secret) if settings.rate_limits else None
        web_settings = WebSettings(
            release,
            program.title,
            program.static_folder,
            program.words.cookie,
            program.catalogue,
            settings.public_url,
            settings.rate_limits,
            settings.network_limits,
            gateway="gateway" in settings.roles,
        )
        service = Service(self._games, accounts, clock, ids, counting, self._lapsing, self._inviting.asked)
        bus = None if engines.membership is None else engines.membership.bus
        people = OfPeople(logins, passkeys, profiles, places)
        self._web = Web(service, people, web_settings, clock, registry, bus)
        self._web.readiness.lacks = lambda: self._host.lacks
        self._connections_max = door.connections_max
        self._keep = engines.keep
        self._broken: NeedsOperator | None = None
        self._server: GameServer = game_server(self._web, settings, door)

    def _went_on(self, kind: Kind, game_id: GameId, state: Any) -> None:
        self._nudging.went_on(kind, game_id, state)
        self._foreseeing.went_on(kind, game_id, state)

    async def run(self, asked: asyncio.Event) -> None:
        if not self._settings.rate_limits:
            log.warning("rate_limits_off")
        if EVERYBODY in self._settings.trusted_proxies:
            log.warning("every_proxy_trusted", means="whoever reaches the port chooses the address they are counted by")
        if self._connections_max < CONNECTIONS_MAX:
            log.warning("connections_bounded", connections_max=self._connections_max, wanted=CONNECTIONS_MAX)
        self._show.listening(self._settings, self._urls)
        met: Fault | None = None
        try:
            await self._serve(asked)
        except* Fault as faults:
            # Raised after the block: whatever is raised in it comes out as a group, which nobody takes for one line.
            met = _first(faults)
        if (fault := self._broken or met) is not None:
            raise _cannot_start(fault)
        if self._host.replaced.is_set():
            raise CannotStart("Another process has this node's id: give each its own with --node-id.")

    async def _serve(self, asked: asyncio.Event) -> None:
        async with self._games.running(), TaskGroup() as tasks:
            tasks.create_task(self._server.serve_on(self._listener), name="http server")
            until_asked = [
                tasks.create_task(self._resume(), name="resume"),
                tasks.create_task(self._watch(), name="readiness"),
                tasks.create_task(self._give_up_if_broken(asked), name="broken"),
                tasks.create_task(_pass_on(self._host.drain_asked, asked, "drain_asked"), name="drain"),
                tasks.create_task(_pass_on(self._host.replaced, asked, "replaced"), name="replaced"),
            ]
            until_asked.append(tasks.create_task(self._lapsing.run(), name="lapsing"))
            until_asked.append(tasks.create_task(self._nudging.run(self._host), name="nudging"))
            until_asked.append(tasks.create_task(self._inviting.run(), name="inviting"))
            until_asked.append(tasks.create_task(self._delivery.run(), name="delivery"))
            until_asked.append(tasks.create_task(self._web.sign_outs.run(), name="sign-outs"))
            until_asked.append(tasks.create_task(self._sums.run(self._counts, self._clock), name="sums"))
            if self._keep is not None:
                until_asked.append(tasks.create_task(_await(self._keep()), name="store's upkeep"))
            await asked.wait()
            # Before anything is given away: what still resumed or lapsed games would work against the leaving.
            for task in until_asked:
                task.cancel()
            with bounded_stop(GRACE_S if self._is_one_of_several else STOP_WITHIN_S):
                await self._stop()

    async def _give_up_if_broken(self, asked: asyncio.Event) -> None:
        """A store that is broken at the start is the end of it. Later it is kept open: what the process still holds of
        it may be all there is, and what can be mended goes on by itself (decision 0093).
        """
        broken = await self._host.store_health.wait_broken()
        if self._web.readiness.phase is Phase.STARTING:
            self._broken = broken
            asked.set()

    async def _watch(self) -> None:
        web, host = self._web, self._host
        await ReadinessWatch(web.readiness, web.sockets, lambda: host.has_elsewhere, self._clock, web.metrics).run()

    async def _resume(self) -> None:
        """Not before it could be of use: a node that no other reaches must not take games from where they are."""
        while self._host.lacks:
            await self._clock.sleep(LOOK_AGAIN_S)
        resumed = await self._host.resume_active_sessions(self._show.resuming)
        spare_what_stays()
        # Last, and only after every game goes on: whoever is let in finds theirs here.
        self._web.readiness.become_ready()
        for game_id, reason in resumed.quarantined:
            log.error("game_put_aside", game_id=game_id, reason=reason)
        log.info("ready", url=self._urls.to_open, games=resumed.sessions, put_aside=len(resumed.quarantined))
        if self._named and not self._is_one_of_several:
            remember_games(self._settings.data.path, self._settings.data.program, self._named)
        self._show.ready(self._settings, self._urls, resumed)
        await Collecting().run(self._clock)

    async def _stop(self) -> None:
        if self._broken is None:
            self._show.stopping()
        leave: Callable[[Web, AnyHost], Awaitable[None]] = leave_cluster if self._is_one_of_several else leave_alone
        await leave(self._web, self._host)
        self._foreseeing.close()
        self._server.end()


def _forgettable(users: Users, settings: ServerSettings) -> Forgettable | None:
    days = settings.forget_guests_after_days
    return None if days is None else Forgettable(users, days * DAY_MS, TOKEN_MS)


def _reserved(program: Program) -> tuple[list[str], list[str]]:
    """What games are called, and those who have gone for good; and so nobody else."""
    catalogue = program.catalogue
    titles = [program.title, *(game.about.title for game in program.served.values())]
    return titles, [catalogue.say(language, "people-gone") for language in catalogue.languages]


def _secure(public_url: str | None) -> str | None:
    return public_url if public_url is not None and public_url.startswith("https://") else None


def _first(faults: BaseExceptionGroup[Fault]) -> Fault:
    first = faults.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


def _cannot_start(fault: Fault) -> CannotStart:
    advice = fault.advice if isinstance(fault, Busy | OutcomeUnknown) else ""
    return CannotStart(f"Cannot serve from the store: {fault}{advice and f': {advice}'}.")


async def _await(work: Awaitable[None]) -> None:
    await work


async def _pass_on(event: asyncio.Event, asked: asyncio.Event, why: str) -> None:
    await event.wait()
    log.info("stop_asked", why=why)
    asked.set()


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    ProcessCollector(namespace="clew", registry=registry)
    return registry
