"""Looks again and again whether this server is ready, says so, and sends its people on while it is no use to them."""

from collections.abc import Callable
from typing import Final

import structlog

from clew.sessions.outage import Outage
from clew.sessions.ports.clock import Clock
from clew.web.bounds import CUT_OFF_SENT_AWAY_OVER_S, READINESS_LOOK_S, UNFIT_BEFORE_SENDING_AWAY_S
from clew.web.metrics import WebMetrics
from clew.web.phase import REASON_CODES, Phase, Readiness
from clew.web.sockets import Sockets

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.web")


class ReadinessWatch:
    """``has_elsewhere``: whether other servers could serve the people of this one, as far as it can know.

    People are sent away one by one, for as long as both hold; who is left when either ends stays.
    """

    def __init__(
        self,
        readiness: Readiness,
        sockets: Sockets,
        has_elsewhere: Callable[[], bool],
        clock: Clock,
        metrics: WebMetrics,
    ) -> None:
        self._readiness = readiness
        self._sockets = sockets
        self._has_elsewhere = has_elsewhere
        self._clock = clock
        self._metrics = metrics
        self._outage = Outage(log, "not_ready", "ready_again", clock.monotonic)
        self._told = set[str]()
        """What of it was told in this outage."""
        self._unfit_since_s: float | None = None

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            self.look()
            if self._must_send_away():
                await self._send_away()
            await self._clock.sleep(READINESS_LOOK_S)

    def look(self) -> None:
        """Take note of what it lacks: in the metrics, and in the log where that has changed or has lasted."""
        readiness = self._readiness
        reasons = readiness.reasons()
        codes = [code for code, _ in reasons]
        self._metrics.ready.set(not codes)
        for code in REASON_CODES:
            self._metrics.not_ready.labels(code).set(code in codes)
        if readiness.phase is Phase.DRAINING:
            self._unfit_since_s = None
            return
        lacks = [(code, words) for code, words in reasons if code != Phase.STARTING.value]
        if not lacks:
            self._unfit_since_s = None
            self._told.clear()
            self._outage.over()
            return
        if self._unfit_since_s is None:
            self._unfit_since_s = self._clock.monotonic()
        lacking = [code for code, _ in lacks]
        if not self._told.issuperset(lacking):
            self._told.update(lacking)
            self._outage.log_now()
        self._outage.failed(reasons=lacking, why=". ".join(words for _, words in lacks), sockets=len(self._sockets))

    def _must_send_away(self) -> bool:
        since_s = self._unfit_since_s
        return (
            self._readiness.phase is Phase.READY
            and since_s is not None
            and self._clock.monotonic() - since_s >= UNFIT_BEFORE_SENDING_AWAY_S
            and self._has_elsewhere()
        )

    async def _send_away(self) -> None:
        self._readiness.sends_away = True
        try:
            if len(self._sockets):
                log.warning("sending_sockets_away", sockets=len(self._sockets), why="others can serve them")
                sent = await self._sockets.send_away_over(CUT_OFF_SENT_AWAY_OVER_S, "unfit", self._goes_on)
                log.info("sockets_sent_away", sockets=sent, left=self._sockets.staying)
            while self._goes_on():
                await self._clock.sleep(READINESS_LOOK_S)
        finally:
            # However it ends, cancelled too: a node that kept turning people away would be of no use once it is fit.
            self._readiness.sends_away = False

    def _goes_on(self) -> bool:
        self.look()
        return self._must_send_away()
