"""uvicorn, set up for this application."""

import contextlib
import socket
from collections.abc import Container, Generator
from functools import partial
from typing import Final, cast

import uvicorn
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from clew.web.app import Web
from clew.web.bounds import FRAME_BYTES_MAX
from clew.wiring.descriptors import CONNECTIONS_MAX
from clew.wiring.door import Door
from clew.wiring.guard import Guard, GuardedConfig
from clew.wiring.http import BoundedHttp
from clew.wiring.settings import ServerSettings
from clew.wiring.websocket import BoundedSocket

PING_EVERY_S: Final = 20.0
PONG_WITHIN_S: Final = 20.0
"""A client whose network is gone is noticed within the two together."""

KEEP_ALIVE_S: Final = 15
KEPT_FREE_SHARE: Final = 50
"""Of so many connections that there is room for one is kept free, so that who comes finds the door open."""

SWEEP_EVERY_TICKS: Final = 20
"""Tenths of a second between two looks at who takes nothing."""

ANSWERS_WITHIN_S: Final = 1
"""How long a stopping server waits for HTTP answers on their way."""


class GameServer(uvicorn.Server):
    """uvicorn without its own opinion on signals: the node decides what a signal means."""

    def __init__(self, config: GuardedConfig) -> None:
        super().__init__(config)
        self._guard = config.guard

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    async def on_tick(self, counter: int) -> bool:
        """Uvicorn calls it ten times a second."""
        if counter % SWEEP_EVERY_TICKS == 0:
            self._guard.cut_overdue(list(self.server_state.connections))
        return await super().on_tick(counter)

    async def serve_on(self, listener: socket.socket) -> None:
        """Until ``end`` is called. The listener is closed then."""
        await self.serve(sockets=[listener])

    def end(self) -> None:
        """Take no more connections, finish what is being answered (bounded), and return from ``serve_on``."""
        self.should_exit = True


def game_server(web: Web, settings: ServerSettings, door: Door | None = None) -> GameServer:
    """Messages are not compressed: they are short, and a compressor costs each socket more memory than its game."""
    return GameServer(
        GuardedConfig(
            Guard(web.metrics, web.monotonic, web.settings, _proxies(settings), _connections_max(door)),
            web.gate,
            loop="none",
            http=cast("type[BoundedHttp]", partial(BoundedHttp, door=door)),
            ws=BoundedSocket,
            ws_max_size=FRAME_BYTES_MAX,
            ws_per_message_deflate=False,
            ws_ping_interval=PING_EVERY_S,
            ws_ping_timeout=PONG_WITHIN_S,
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=list(settings.trusted_proxies),
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=ANSWERS_WITHIN_S,
        )
    )


def _connections_max(door: Door | None) -> int:
    """From how many on those that wait longest give way: a little before the door has to be shut."""
    most = CONNECTIONS_MAX if door is None else door.connections_max
    return most - most // KEPT_FREE_SHARE


def _proxies(settings: ServerSettings) -> Container[str]:
    """Who is believed, as uvicorn's own middleware understands it."""
    return ProxyHeadersMiddleware(lambda *_: None, list(settings.trusted_proxies)).trusted_hosts  # type: ignore[arg-type]
