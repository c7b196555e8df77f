"""uvicorn, set up for this application."""

import contextlib
import socket
from collections.abc import Generator
from functools import partial
from typing import Final, cast

import uvicorn

from minotaur.web.app import Web
from minotaur.web.bounds import FRAME_BYTES_MAX
from minotaur.wiring.door import Door
from minotaur.wiring.guard import Guard, GuardedConfig
from minotaur.wiring.http import BoundedHttp
from minotaur.wiring.settings import Settings
from minotaur.wiring.websocket import BoundedSocket

PING_EVERY_S: Final = 20.0
PONG_WITHIN_S: Final = 20.0
"""A client whose network is gone is noticed within the two together."""

KEEP_ALIVE_S: Final = 15
ANSWERS_WITHIN_S: Final = 1
"""How long a stopping server waits for HTTP answers on their way."""


class GameServer(uvicorn.Server):
    """uvicorn without its own opinion on signals: the node decides what a signal means."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    async def serve_on(self, listener: socket.socket) -> None:
        """Until ``end`` is called. The listener is closed then."""
        await self.serve(sockets=[listener])

    def end(self) -> None:
        """Take no more connections, finish what is being answered (bounded), and return from ``serve_on``."""
        self.should_exit = True


def game_server(web: Web, settings: Settings, door: Door | None = None) -> GameServer:
    """Messages are not compressed: they are short, and a compressor costs each socket more memory than its game."""
    return GameServer(
        GuardedConfig(
            Guard(web.metrics, web.monotonic, limits=web.settings.rate_limits),
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
