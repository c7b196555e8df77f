"""Group commit: when the writer is free it takes everything queued. No timer, so idle latency is one commit."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Generic, NamedTuple, TypeAlias, TypeVar

import structlog

from clew.sessions.bounds import ANSWER_WAIT_S, BATCH_MAX, STORE_RETRY_FIRST_S, STORE_RETRY_LAST_S
from clew.sessions.faults import Busy, NeedsOperator, OutcomeUnknown
from clew.sessions.metrics import Metrics
from clew.sessions.ports.clock import Clock

P = TypeVar("P")
V = TypeVar("V")


class Broken(NamedTuple):
    """The store broke on this very part: a bug, in the part or in the adapter. Whether it was written is unknown."""

    bug: Exception


Outcome: TypeAlias = V | Busy | OutcomeUnknown | Broken

_log = structlog.get_logger("clew.sessions.session.committer")


class _Job(NamedTuple, Generic[P, V]):
    part: P
    done: Callable[[Outcome[V]], None]
    expires_at_s: float


class Committer(Generic[P, V]):
    """The one writer of a node: hands parts over a batch at a time, in the order they came.

    Each part's ``done`` is called once with its verdict; with ``Busy`` when the store would not take it for
    ``ANSWER_WAIT_S`` (it was not written), or with ``OutcomeUnknown`` (it may have been, and may be yet). Where only an
    operator can mend the store, whatever waits hears so at once. A batch that breaks the store is tried again part by
    part, so that only the part to blame is ``Broken``.
    """

    def __init__(
        self,
        write: Callable[[Sequence[P]], Awaitable[Sequence[V]]],
        clock: Clock,
        metrics: Metrics,
        asking: Callable[[], AbstractContextManager[None]] = nullcontext,
    ) -> None:
        """``asking`` is entered around each attempt at writing."""
        self._write = write
        self._asking = asking
        self._clock = clock
        self._metrics = metrics
        self._queue: deque[_Job[P, V]] = deque()
        self._writing = False
        self._wake = asyncio.Event()
        self._again = asyncio.Event()
        self._taken = asyncio.Event()

    @property
    def busy(self) -> bool:
        """Whether there is anything to write."""
        return self._writing or bool(self._queue)

    def submit(self, part: P, done: Callable[[Outcome[V]], None]) -> None:
        """Queue a part. It is the caller's to have no two parts of one session queued at once."""
        self._queue.append(_Job(part, done, self._clock.monotonic() + ANSWER_WAIT_S))
        self._wake.set()

    async def wait_taken(self) -> None:
        """Wait until nothing is queued: what was is written, or being written."""
        while self._queue:
            self._taken.clear()
            await self._taken.wait()

    def try_again(self) -> None:
        """The store can be written again: pause no longer."""
        self._again.set()

    async def run(self) -> None:
        """Commit until cancelled."""
        pause_s = STORE_RETRY_FIRST_S
        while True:
            # No await between this look and the clearing: a part queued in between would be slept past.
            if not self._queue:
                self._wake.clear()
                await self._wake.wait()
            # Out of the queue before the await: what is queued meanwhile is the next transaction's. A cancel leaves
            # this batch unanswered, as a kill would: the life is over, and its sessions tell whoever waits.
            batch = [self._queue.popleft() for _ in range(min(BATCH_MAX, len(self._queue)))]
            if not self._queue:
                self._taken.set()
            self._writing = True
            committed = await self._commit(batch)
            self._writing = False
            if committed:
                pause_s = STORE_RETRY_FIRST_S
            else:
                await self._pause(pause_s)
                pause_s = min(2 * pause_s, STORE_RETRY_LAST_S)

    async def _pause(self, seconds: float) -> None:
        # Forgotten first: a store that came back before this attempt was asked by it already.
        self._again.clear()
        timer = self._clock.call_later(seconds, self._again.set)
        try:
            await self._again.wait()
        finally:
            timer.cancel()

    async def _commit(self, batch: Sequence[_Job[P, V]]) -> bool:
        """One attempt; False where the store was busy and the batch waits at the head of the queue again."""
        began_s = self._clock.monotonic()
        try:
            with self._asking():
                verdicts = await self._write([job.part for job in batch])
            assert len(verdicts) == len(batch), "the store gives a verdict for each part"
        except NeedsOperator as broken:
            self._metrics.store_faults.labels("needs_operator").inc()
            self._give_up(batch, broken)
            return False
        except Busy as busy:
            self._metrics.store_faults.labels("busy").inc()
            self._put_back(batch, busy)
            return False
        except OutcomeUnknown as unknown:
            self._do_not_know(batch, unknown)
            return True
        except Exception as bug:  # noqa: BLE001 - whatever went wrong, each part must be answered
            _log.error("store_broke", parts=len(batch), exc_info=bug)
            self._metrics.store_faults.labels("broken").inc()
            if len(batch) == 1:
                batch[0].done(Broken(bug))
                return True
            return all([await self._commit([job]) for job in batch])
        self._metrics.commits.inc()
        self._metrics.commit_parts.observe(len(batch))
        self._metrics.commit_seconds.observe(self._clock.monotonic() - began_s)
        # Called here, in one pass: each session publishes and takes its next turn before any other task can look.
        for job, verdict in zip(batch, verdicts, strict=True):
            job.done(verdict)
        return True

    def _do_not_know(self, batch: Sequence[_Job[P, V]], unknown: OutcomeUnknown) -> None:
        self._metrics.store_faults.labels("unknown").inc()
        _log.debug("commit_outcome_unknown", parts=len(batch), fault=str(unknown))  # the store's health tells of it
        for job in batch:
            job.done(unknown)

    def _give_up(self, batch: Sequence[_Job[P, V]], broken: NeedsOperator) -> None:
        """Answer all that wait: none of it will be taken before somebody has come and mended something."""
        waiting = [*batch, *self._queue]
        self._queue.clear()
        self._taken.set()
        for job in waiting:
            job.done(broken)

    def _put_back(self, batch: Sequence[_Job[P, V]], busy: Busy) -> None:
        now_s = self._clock.monotonic()
        # Back to the head, in the order they came: whoever waits longest is tried first, or told that it was too long.
        waiting = [job for job in batch if job.expires_at_s > now_s]
        self._queue.extendleft(reversed(waiting))
        for job in batch:
            if job.expires_at_s <= now_s:
                job.done(busy)
