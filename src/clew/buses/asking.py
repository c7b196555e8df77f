"""Requests on their way, and what becomes of each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import count

from clew.buses.metrics import BusMetrics
from clew.sessions.faults import Late, Nobody
from clew.sessions.ports.clock import Clock


class Asking:
    """Waits for answers by number. A number is never used twice, so a late answer reaches nobody."""

    def __init__(self, clock: Clock, metrics: BusMetrics) -> None:
        self._clock = clock
        self._metrics = metrics
        self._numbers = count(1)
        self._open: dict[int, tuple[str, asyncio.Future[bytes]]] = {}

    async def ask(self, address: str, within_s: float, send: Callable[[int], bool]) -> bytes:
        """Send under a number and wait for what comes back under it.

        ``send`` says whether it could: if not, or if the reply is ``nobody``, raises ``Nobody``. Raises ``Late`` after
        ``within_s``, or as soon as it is known that no answer comes.
        """
        began_s = self._clock.monotonic()
        number = next(self._numbers)
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        # Before it is sent: within one process the answer may come during that very call.
        self._open[number] = address, answer
        timer = self._clock.call_later(within_s, lambda: self.no_answer(number))
        try:
            if not send(number):
                self.nobody(number)
            answered = await answer
        except Nobody:
            self._metrics.nobody.inc()
            raise
        except Late:
            self._metrics.late.inc()
            raise
        finally:
            # After a cancel too: an answer that comes late then finds nobody, and no number is ever given twice.
            timer.cancel()
            self._open.pop(number, None)
        self._metrics.answered.inc()
        self._metrics.request_seconds.observe(self._clock.monotonic() - began_s)
        return answered

    def answered(self, number: int, body: bytes) -> None:
        """Give the answer to whoever asked under this number. Where nobody waits any more: nothing."""
        if (waiting := self._take(number)) is not None:
            waiting[1].set_result(body)

    def nobody(self, number: int) -> None:
        """Nobody was there to hear the question."""
        if (waiting := self._take(number)) is not None:
            waiting[1].set_exception(Nobody(waiting[0]))

    def no_answer(self, number: int) -> None:
        """None will come, though the question may have been heard."""
        if (waiting := self._take(number)) is not None:
            waiting[1].set_exception(Late(waiting[0]))

    def no_answers(self) -> None:
        """None of those waited for will come."""
        for number in list(self._open):
            self.no_answer(number)

    def _take(self, number: int) -> tuple[str, asyncio.Future[bytes]] | None:
        waiting = self._open.pop(number, None)
        return None if waiting is None or waiting[1].done() else waiting
