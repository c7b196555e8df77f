"""One running server: everything is made here and handed to those who need it."""

import asyncio
import secrets
import socket
import sys
from asyncio import TaskGroup
from contextlib import closing, suppress
from importlib.metadata import version
from typing import Final

import structlog
from prometheus_client import CollectorRegistry, ProcessCollector

from minotaur.play.accounts import Accounts
from minotaur.play.codec import MatchCodec
from minotaur.play.games import Games
from minotaur.play.ids import IdSource
from minotaur.play.machine import MatchMachine
from minotaur.play.service import Service
from minotaur.play.verbs import MatchHost
from minotaur.sessions.host import Host
from minotaur.sessions.ids import NodeId
from minotaur.sessions.metrics import Metrics
from minotaur.sessions.records import NodeInfo
from minotaur.web.app import Web
from minotaur.web.settings import WebSettings
from minotaur.wiring.address import PortInUse, Urls, listen, urls_of
from minotaur.wiring.clock import RealClock
from minotaur.wiring.secret import read_or_make_secret
from minotaur.wiring.server import GameServer, game_server
from minotaur.wiring.settings import Settings
from minotaur.wiring.show import Show
from minotaur.wiring.stopping import bounded_stop, stop_signals
from minotaur.wiring.storage import Storage, open_storage

DISTRIBUTION: Final = "minotaur-game"
NODE_ID: Final = NodeId("single")
"""On one machine there is one node; each of its lives is a new incarnation in the store."""

ANSWERS_QUIET_WITHIN_S: Final = 1.5
"""How long commands in hand may still be answered on their sockets when the server stops."""

SOCKETS_GONE_WITHIN_S: Final = 0.5
"""How long the last messages may take to be written."""

SWITCH_INTERVAL_S: Final = 0.001
"""How long the loop may keep the interpreter from the thread that commits, when both want it (decision 0022)."""

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("minotaur.wiring")


async def run_node(settings: Settings, show: Show) -> None:
    """Serve until a signal asks to stop; then nothing of what was accepted is lost, and this returns in bounded time.

    Listens at once, answering 503 until every open game goes on. Raises ``CannotStart``.
    """
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    with stop_signals() as asked, closing(_listener(settings)) as listener:
        urls = urls_of(listener, settings.public_url)
        with open_storage(settings.data, urls.to_open) as storage:
            await _Node(settings, show, storage, listener, urls).run(asked)
    log.info("stopped")


def _listener(settings: Settings) -> socket.socket:
    """A server on the same data most often has the port too: then the data's holder is what to tell of."""
    try:
        return listen(settings.host, settings.port)
    except PortInUse:
        with open_storage(settings.data, ""):
            raise


class _Node:
    def __init__(self, settings: Settings, show: Show, storage: Storage, listener: socket.socket, urls: Urls) -> None:
        self._settings = settings
        self._show = show
        self._listener = listener
        self._urls = urls
        clock = RealClock()
        release = version(DISTRIBUTION)
        registry = _registry()
        machine, codec = MatchMachine(), MatchCodec()
        info = NodeInfo(NODE_ID, urls.to_open, release, codec.state_version)
        metrics = Metrics(registry)
        self._host: MatchHost = Host(machine, codec, storage, clock, info, metrics)
        self._games = Games(self._host, storage, clock, metrics)
        ids = IdSource(secrets.randbelow)
        accounts = Accounts(storage, clock, ids, read_or_make_secret(settings.data))
        web_settings = WebSettings(release, settings.public_url, settings.rate_limits)
        self._web = Web(Service(self._games, accounts, clock, ids), web_settings, clock.monotonic, registry)
        self._server: GameServer = game_server(self._web, settings)

    async def run(self, asked: asyncio.Event) -> None:
        if not self._settings.rate_limits:
            log.warning("rate_limits_off")
        self._show.listening(self._settings, self._urls)
        async with self._games.running(), TaskGroup() as tasks:
            tasks.create_task(self._server.serve_on(self._listener), name="http server")
            resume = tasks.create_task(self._resume(), name="resume")
            await asked.wait()
            resume.cancel()
            with bounded_stop():
                await self._stop()

    async def _resume(self) -> None:
        resumed = await self._host.resume_active_sessions(self._show.resuming)
        self._web.readiness.become_ready()
        for game_id, reason in resumed.quarantined:
            log.error("game_put_aside", game_id=game_id, reason=reason)
        log.info("ready", url=self._urls.to_open, games=resumed.sessions, put_aside=len(resumed.quarantined))
        self._show.ready(self._settings, self._urls, resumed)

    async def _stop(self) -> None:
        """Nobody new, answers on their way out, everybody sent away, games let go, and the door closed."""
        self._show.stopping()
        sockets = self._web.sockets
        self._web.readiness.drain()
        with suppress(TimeoutError):
            async with asyncio.timeout(ANSWERS_QUIET_WITHIN_S):
                await sockets.wait_quiet()
        log.info("sending_sockets_away", sockets=len(sockets))
        sockets.send_away()
        with suppress(TimeoutError):
            async with asyncio.timeout(SOCKETS_GONE_WITHIN_S):
                await sockets.wait_all_gone()
        await self._host.stop()
        self._server.end()


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    ProcessCollector(namespace="minotaur", registry=registry)
    return registry
