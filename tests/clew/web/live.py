"""The whole web over a real service on the memory store: called in process, or listening on a free port."""

import asyncio
from asyncio import TaskGroup
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any, Final, cast

import httpx
from argon2 import PasswordHasher
from prometheus_client import CollectorRegistry

from clew.catalogue.catalogue import Catalogue
from clew.people.logins import Logins
from clew.people.of_people import OfPeople
from clew.people.passkeys import Passkeys
from clew.people.passwords import Passwords
from clew.people.profiles import Profiles
from clew.people.pushes.outside import Outside
from clew.people.pushes.places import Places
from clew.people.pushes.vapid import VapidKey
from clew.sessions.metrics import Metrics
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.store import Store
from clew.testing.memory.store import MemoryStore
from clew.web.app import Web
from clew.web.settings import WebSettings
from clew.wiring.address import listen, urls_of
from clew.wiring.clock import RealClock
from clew.wiring.door import Door
from clew.wiring.server import GameServer, game_server
from clew.wiring.settings import ServerSettings
from clew.wiring.websocket import BoundedSocket
from minotaur.play.served import MatchHost
from tests.architecture.tree import SOURCE
from tests.clew.gateway.house import KEY, House
from tests.kit.data import data_in

SEED: Final = 20
THREAD_WITHIN_S: Final = 20.0


class StillClock(RealClock):
    """Waits as long as any, and yet no time goes by: of no rate is anything given again, however slow the machine."""

    def monotonic(self) -> float:
        return 0.0


@dataclass(frozen=True)
class Inside:
    """A web in this process, its games running."""

    web: Web
    host: MatchHost
    store: MemoryStore
    passwords: Passwords

    def http(self, token: str | None = None, **options: Any) -> httpx.AsyncClient:
        """A client that calls the application itself, without a network."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        transport = httpx.ASGITransport(cast("Any", self.web.gate), **options)
        return httpx.AsyncClient(transport=transport, base_url="http://game.example", headers=headers)


@dataclass(frozen=True)
class Live(Inside):
    """A web that listens at ``url``."""

    url: str
    server: GameServer

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    @property
    def connections(self) -> list[Any]:
        """Every connection that is open, as the server has it."""
        return list(self.server.server_state.connections)

    @property
    def upgraded(self) -> list[Any]:
        """Those that are sockets, or were asked to become one."""
        return [one for one in self.connections if isinstance(one, BoundedSocket)]


@asynccontextmanager
async def inside(games: Store | None = None, clock: Clock | None = None, **settings: Any) -> AsyncGenerator[Inside]:
    """A web whose games run, ready to play, in a store of the test's own if it gives one, by a clock of its own too.

    ``settings`` are ``WebSettings``'; limits are off unless asked for.
    """
    clock = clock or RealClock()
    registry = CollectorRegistry()
    house = House(seed=SEED, played=games, metrics=Metrics(registry), clock=clock)
    passwords = Passwords(PasswordHasher(1, 8, 1))
    logins = Logins(house.accounts, house.store.users, house.store.account_book, clock, house.ids, passwords, KEY)
    passkeys = Passkeys(
        house.accounts, logins, house.store.account_book, house.store.passkey_book, clock, house.ids, KEY
    )
    profiles = Profiles(house.store.results, house.store.users, clock)
    options: dict[str, Any] = {
        "title": "Minotaur",
        "static_folder": Path("/nowhere"),
        "cookie": "minotaur_session",
        "catalogue": Catalogue(SOURCE / "minotaur" / "texts"),
        "rate_limits": False,
        **settings,
    }
    vapid, outside = VapidKey(KEY, None), Outside()
    places = Places(house.store.pushes, outside, vapid, clock, house.accounts.hash_of, house.ids.webhook_secret)
    people = OfPeople(logins, passkeys, profiles, places)
    web = Web(house.service, people, WebSettings("0.0.0", **options), clock, registry)
    async with house.open():
        web.readiness.become_ready()
        yield Inside(web, house.host, house.store, passwords)


@asynccontextmanager
async def live(door: Door | None = None, **settings: Any) -> AsyncGenerator[Live]:
    """The same, on a free port of this machine."""
    async with inside(**settings) as within:
        with closing(listen("127.0.0.1", 0)) as listener:
            server = game_server(within.web, ServerSettings(data=data_in(Path("/nowhere"))), door)
            async with TaskGroup() as tasks:
                tasks.create_task(server.serve_on(listener), name="http server")
                try:
                    yield Live(
                        within.web, within.host, within.store, within.passwords, urls_of(listener, None).to_open, server
                    )
                finally:
                    server.end()


async def guest(http: httpx.AsyncClient, name: str = "Ada") -> str:
    """A new guest's token; the client's cookies stay as they were."""
    answer = await http.post("/api/v1/guests", json={"display_name": name})
    assert answer.status_code == 201, answer.text
    http.cookies.clear()
    return str(answer.json()["token"])


async def game(http: httpx.AsyncClient, **request: Any) -> str:
    """The join code of a new game made by the client's guest."""
    answer = await http.post("/api/v1/games", json=request)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["join_code"])


@contextmanager
def live_in_thread(**settings: Any) -> Generator[str]:
    """The same on a loop of its own, for tests that are not asynchronous; gives the URL."""
    urls: Queue[str] = Queue()
    loops: Queue[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Queue()

    async def serve() -> None:
        done = asyncio.Event()
        async with live(**settings) as web:
            loops.put((asyncio.get_running_loop(), done))
            urls.put(web.url)
            await done.wait()

    thread = Thread(target=lambda: asyncio.run(serve()), name="web", daemon=True)
    thread.start()
    try:
        yield urls.get(timeout=THREAD_WITHIN_S)
        loop, done = loops.get(timeout=THREAD_WITHIN_S)
        loop.call_soon_threadsafe(done.set)
    finally:
        thread.join(THREAD_WITHIN_S)
    assert not thread.is_alive(), "the server did not stop"
