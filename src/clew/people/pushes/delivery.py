"""Messages on their way to people who are not here: sent, sent again within bounds, and given up."""

import asyncio
from asyncio import TaskGroup
from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias, assert_never

import msgspec
import structlog
from prometheus_client import CollectorRegistry, Counter

from clew.people.pushes import bounds
from clew.people.pushes.encryption import encrypted
from clew.people.pushes.outside import NoAnswer, NotAllowed, Outside
from clew.people.pushes.places import host_of
from clew.people.pushes.signing import signed
from clew.people.pushes.vapid import VapidKey
from clew.sessions.faults import Fault
from clew.sessions.ids import Millis
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.pushes import Pushes, PushRecord

Outcome: TypeAlias = Literal["delivered", "gone", "refused", "again", "too_many"]

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.people.pushes")


class Nudge(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What is said: nothing that only a player may know.

    ``ends_at``: when the round does, if it has a clock; ``name``: who asks to a rematch.
    """

    what: Literal["your_turn", "over", "rematch"]
    game: str
    join_code: str
    round: int
    ends_at: str | None = None
    name: str | None = None


class NudgeMetrics:
    """How it goes with messages to people who are not here."""

    def __init__(self, registry: CollectorRegistry) -> None:
        told = "Messages to people who are not here, by what became of a try"
        self.tries = Counter("clew_nudges", told, ["outcome"], registry=registry)


class Delivery:
    """Sends in the background. Not promised: that anything arrives; a failure is nobody's but the message's."""

    def __init__(
        self,
        pushes: Pushes,
        outside: Outside,
        vapid: VapidKey,
        clock: Clock,
        salt: Callable[[], bytes],
        registry: CollectorRegistry,
    ) -> None:
        self._pushes = pushes
        self._outside = outside
        self._vapid = vapid
        self._clock = clock
        self._salt = salt
        self._waiting = 0
        self._sending = asyncio.Semaphore(bounds.SENDING_MAX)
        self._tasks: TaskGroup | None = None
        self._metrics = NudgeMetrics(registry)

    async def run(self) -> None:
        """Until cancelled; what is not sent by then is not sent."""
        try:
            async with TaskGroup() as tasks:
                self._tasks = tasks
                await asyncio.Event().wait()
        finally:
            self._tasks = None
            await self._outside.close()

    def send_nowait(self, push: PushRecord, nudge: Nudge, topic: str, until: Millis | None) -> None:
        """Have it sent. ``topic``: of two that wait at a browser's maker only the later is shown; ``until``: when it is
        of no use any more.
        """
        if self._tasks is None:
            return
        if self._waiting >= bounds.WAITING_MAX:
            self._metrics.tries.labels("too_many").inc()
            return
        self._waiting += 1
        self._tasks.create_task(self._send(push, msgspec.json.encode(nudge), topic, until), name="nudge")

    async def _send(self, push: PushRecord, said: bytes, topic: str, until: Millis | None) -> None:
        try:
            pause_s = bounds.PAUSE_S
            for _ in range(bounds.TRIES_MAX):
                async with self._sending:
                    outcome, asked_s = await self._try(push, said, topic, until)
                self._metrics.tries.labels(outcome).inc()
                if outcome != "again":
                    return
                wait_s = min(max(pause_s, asked_s or 0.0), bounds.PAUSE_S_MAX)
                if until is not None and self._clock.now() + wait_s * 1000 > until:
                    return
                await self._clock.sleep(wait_s)
                pause_s *= 3
            log.info("nudge_given_up", to=host_of(push), user=push.user_id, tries=bounds.TRIES_MAX)
        except Fault as fault:
            log.debug("push_not_forgotten", fault=repr(fault))
        except Exception as bug:
            log.error("nudge_broke", to=host_of(push), exc_info=bug)
        finally:
            self._waiting -= 1

    async def _try(
        self, push: PushRecord, said: bytes, topic: str, until: Millis | None
    ) -> tuple[Outcome, float | None]:
        headers, body = self._message(push, said, topic, until)
        try:
            answered = await self._outside.post(push.endpoint, headers, body)
        except NotAllowed as refused:
            log.warning("push_not_allowed", to=host_of(push), user=push.user_id, why=str(refused))
            return "refused", None
        except NoAnswer as nobody:
            log.debug("push_unanswered", to=host_of(push), why=str(nobody))
            return "again", None
        if answered.status == 410 or (answered.status == 404 and push.way == "browser"):
            # By its secret: what the browser subscribed to since is another.
            await self._pushes.drop_push(push.user_id, push.push_key, push.secret)
            log.info("push_gone", to=host_of(push), user=push.user_id)
            return "gone", None
        if answered.status == 429 or answered.status >= 500:
            return "again", answered.retry_after_s
        if answered.status >= 300:
            log.warning("push_refused", to=host_of(push), user=push.user_id, status=answered.status)
            return "refused", None
        return "delivered", None

    def _message(
        self, push: PushRecord, said: bytes, topic: str, until: Millis | None
    ) -> tuple[Mapping[str, str], bytes]:
        now = self._clock.now()
        match push.way:
            case "browser":
                kept_s = bounds.KEPT_FOR_S if until is None else min(bounds.KEPT_FOR_S, max(0, (until - now) // 1000))
                headers = {
                    "authorization": self._vapid.authorization(push.endpoint, now),
                    "content-encoding": "aes128gcm",
                    "content-type": "application/octet-stream",
                    "ttl": str(kept_s),
                    "topic": topic,
                    "urgency": "normal",
                }
                return headers, encrypted(said, push.public_key, push.secret, self._salt())
            case "webhook":
                return signed(said, push.secret, now), said
            case _:
                assert_never(push.way)
