"""What is asked here, being answered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import structlog

from clew.buses.bounds import ANSWERING_MAX
from clew.buses.metrics import BusMetrics
from clew.sessions.bounds import BUS_BODY_BYTES_MAX

Answer: TypeAlias = Callable[[bytes], Awaitable[bytes]]
Reply: TypeAlias = Callable[[bytes | None], None]
"""Takes an answer to whoever asked; None says at once that there will be none."""

_log = structlog.get_logger("clew.buses.answering")


class Answering:
    """Runs answers side by side, at most so many at once. Each request gets its reply exactly once, or the end of all.

    There is no answer where ``answer`` raises or gives more than a message holds (bugs, logged), or where too many are
    at it. One that has begun goes on when its address is not served any more: whoever asked waits for it.
    """

    def __init__(self, tasks: asyncio.TaskGroup, metrics: BusMetrics, at_once_max: int = ANSWERING_MAX) -> None:
        self._tasks = tasks
        self._metrics = metrics
        self._at_once_max = at_once_max
        self._running: set[asyncio.Task[None]] = set()
        self._closed = False

    def begin(self, address: str, answer: Answer, body: bytes, reply: Reply) -> None:
        """Begin to answer, in a task of its own."""
        if self._closed:
            return
        if len(self._running) >= self._at_once_max:
            self._metrics.unanswered.labels("too_many").inc()
            reply(None)
            return
        # A task of its own: an answer may wait for a store, and the next question must not wait behind it.
        task = self._tasks.create_task(self._run(address, answer, body, reply), name=f"answer at {address}")
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def close(self) -> None:
        """Stop what runs and begin nothing more."""
        self._closed = True
        for task in self._running:
            task.cancel()

    async def _run(self, address: str, answer: Answer, body: bytes, reply: Reply) -> None:
        try:
            given = await answer(body)
            assert len(given) <= BUS_BODY_BYTES_MAX, "an answer fits in one message"
        # A cancel goes on up without a reply: this end of the bus is closing, and who asked finds out by their own
        # time.
        except Exception as bug:  # noqa: BLE001 - a request's edge
            _log.error("request_crashed", address=address, exc_info=bug)
            self._metrics.unanswered.labels("crashed").inc()
            reply(None)
        else:
            reply(given)
