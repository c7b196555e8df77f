"""What every connection of one server shares: its bounds, and who is told when they are reached."""

from collections.abc import Callable, Container, Iterable
from typing import Any, Final

import structlog
import uvicorn

from clew.web.bounds import CLIENTS_REMEMBERED_MAX, FRAME_RATE
from clew.web.errors import error_bytes
from clew.web.limits import UNLIMITED, Bucket, Limiter, Rate, Unlimited, client_key
from clew.web.metrics import WebMetrics
from clew.web.networks import Networks
from clew.web.settings import WebSettings
from clew.wire.errors import ApiError
from clew.wiring.connections import Connections
from clew.wiring.writes import Writes

LOGGED_AGAIN: Final = Rate(per_s=1 / 60, burst=1)
"""However much one address does, the log has one line a minute about it; the metrics have all."""

Peer = tuple[str, int] | None

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.wiring")


class Guard:
    """Counts what is refused, and says so in the log once for each address and minute."""

    def __init__(
        self,
        metrics: WebMetrics,
        monotonic: Callable[[], float],
        settings: WebSettings,
        proxies: Container[str],
        connections_max: int,
    ) -> None:
        self._metrics = metrics
        self._monotonic = monotonic
        self._limits = settings.rate_limits
        self._logged = Limiter(LOGGED_AGAIN, monotonic, CLIENTS_REMEMBERED_MAX)
        networks = Networks(settings.network_limits)
        self._connections = Connections(
            networks.times if settings.rate_limits else lambda _: None, proxies, connections_max
        )
        self._writes = Writes()

    # --- connections -------------------------------------------------------------------------------------------------

    def opened(self, transport: Any, peer: Peer) -> bytes | None:
        """One more connection; gives the answer with which it is to be closed, if there is no place for it."""
        reason = self._connections.opened(transport, "unknown" if peer is None else peer[0])
        self._metrics.connections.set(len(self._connections))
        if reason is None:
            return None
        self._metrics.connections_refused.labels(reason).inc()
        self._log_once("connection_refused", reason, peer)
        return _TOO_OFTEN if reason == "address" else _BUSY

    def waits(self, transport: Any) -> None:
        """It is its client's turn."""
        self._connections.waits(transport)

    def is_busy(self, transport: Any) -> None:
        """A whole request is being answered."""
        self._connections.is_busy(transport)

    def is_socket(self, transport: Any) -> None:
        """Somebody who is signed in has it as a socket now."""
        self._connections.is_socket(transport)

    def closed(self, transport: Any) -> None:
        """It is gone."""
        self._connections.closed(transport)
        self._metrics.connections.set(len(self._connections))

    def cut_overdue(self, connections: Iterable[Any]) -> None:
        """Reset the connections of those who take nothing."""
        for connection in self._writes.overdue(connections, self._monotonic()):
            self._metrics.connections_cut.labels("takes_nothing").inc()
            self._log_once("connection_cut", "takes_nothing", connection.client)
            connection.transport.abort()

    # --- frames ------------------------------------------------------------------------------------------------------

    def frames(self) -> Bucket | Unlimited:
        """What one new socket may send."""
        return Bucket(FRAME_RATE, self._monotonic) if self._limits else UNLIMITED

    def frame_refused(self, reason: str, peer: Peer) -> None:
        """A socket was closed for what it sent."""
        self._metrics.frames_refused.labels(reason).inc()
        self._log_once("socket_closed_for_its_frames", reason, peer)

    def _log_once(self, event: str, reason: str, peer: Peer) -> None:
        address = "unknown" if peer is None else client_key(peer[0])
        if self._logged.bucket(address).take_nowait():
            log.warning(event, reason=reason, address=address)


def _answer(status: bytes, code: str) -> bytes:
    body = error_bytes(ApiError(code))
    return (
        b"HTTP/1.1 %b\r\ncontent-type: application/json\r\ncontent-length: %d\r\nretry-after: 5\r\n"
        b"x-content-type-options: nosniff\r\nconnection: close\r\n\r\n%b" % (status, len(body), body)
    )


_TOO_OFTEN: Final = _answer(b"429 Too Many Requests", "too_often")
_BUSY: Final = _answer(b"503 Service Unavailable", "busy")


class GuardedConfig(uvicorn.Config):
    """uvicorn's settings, which it hands to each connection, and the guard with them."""

    def __init__(self, guard: Guard, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self.guard: Final = guard
