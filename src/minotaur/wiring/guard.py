"""What every connection of one server shares: its bounds, and who is told when they are reached."""

from collections.abc import Callable
from typing import Any, Final

import structlog
import uvicorn

from minotaur.web.bounds import CLIENTS_REMEMBERED_MAX, FRAME_RATE
from minotaur.web.limits import UNLIMITED, Bucket, Limiter, Rate, Unlimited, client_key
from minotaur.web.metrics import WebMetrics

TOLD_AGAIN: Final = Rate(per_s=1 / 60, burst=1)
"""However much one address does, the log has one line a minute about it; the metrics have all."""

Peer = tuple[str, int] | None

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("minotaur.wiring")


class Guard:
    """Counts what is refused, and says so in the log once for each address and minute."""

    def __init__(self, metrics: WebMetrics, monotonic: Callable[[], float], *, limits: bool) -> None:
        self._metrics = metrics
        self._monotonic = monotonic
        self._limits = limits
        self._told = Limiter(TOLD_AGAIN, monotonic, CLIENTS_REMEMBERED_MAX)

    def frames(self) -> Bucket | Unlimited:
        """What one new socket may send."""
        return Bucket(FRAME_RATE, self._monotonic) if self._limits else UNLIMITED

    def frame_refused(self, reason: str, peer: Peer) -> None:
        """A socket was closed for what it sent."""
        self._metrics.frames_refused.labels(reason).inc()
        self._tell("socket_closed_for_its_frames", reason, peer)

    def _tell(self, event: str, reason: str, peer: Peer) -> None:
        address = "unknown" if peer is None else client_key(peer[0])
        if self._told.bucket(address).take_nowait():
            log.warning(event, reason=reason, address=address)


class GuardedConfig(uvicorn.Config):
    """uvicorn's settings, which it hands to each connection, and the guard with them."""

    def __init__(self, guard: Guard, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self.guard: Final = guard
