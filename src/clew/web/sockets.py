"""The sockets that are open on this server: counted, bounded, and told to go elsewhere when it stops."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import Final, Literal, TypeAlias

import msgspec

from clew.gateway.outbox import CLOSE_NOT_SIGNED_IN, CLOSE_RESTARTING, Outbox
from clew.people.user import User
from clew.sessions.ids import UserId
from clew.web.bounds import (
    RECONNECT_AFTER_MS_MIN,
    RECONNECT_SOON_MS,
    RECONNECT_SPREAD_MS,
    SEND_AWAY_PAUSE_S,
    SOCKETS_MAX,
    SOCKETS_PER_USER_MAX,
)
from clew.web.metrics import WebMetrics
from clew.wire.errors import ApiError
from clew.wire.socket import Reconnect

SentAwayWhy: TypeAlias = Literal["draining", "stopping", "unfit"]

_GOLDEN: Final = 0.6180339887498949
"""Multiples of it, modulo 1, lie evenly however many there are: clients come back spread out, without chance."""


class Sockets:
    """Every open socket's outbox, and the token it came in with."""

    def __init__(self, metrics: WebMetrics, sleep: Callable[[float], Awaitable[None]]) -> None:
        self._sleep = sleep
        self._outboxes: dict[Outbox, str] = {}
        self._by_user: dict[UserId, set[Outbox]] = {}
        self._by_address: Counter[str] = Counter()
        self._in_hand = 0
        self._changed = asyncio.Event()
        self._metrics = metrics

    def __len__(self) -> int:
        return len(self._outboxes)

    @property
    def staying(self) -> int:
        """How many of them nobody told to go."""
        return sum(outbox.close_code is None for outbox in self._outboxes)

    @contextmanager
    def opened(self, user: User, token: str, outbox: Outbox, address_limit: tuple[str, int | None]) -> Generator[None]:
        """Counts a socket while it is open. Raises ``too_often`` or ``busy`` when there are too many.

        ``address_limit``: the address it comes from, and how many that may have.
        """
        address, address_max = address_limit
        if address_max is not None and self._by_address[address] >= address_max:
            raise ApiError("too_often", "There are too many of you at one address.")
        if len(self._by_user.get(user.user_id, ())) >= SOCKETS_PER_USER_MAX:
            raise ApiError("too_often", "You have this open in too many places at once.")
        if len(self._outboxes) >= SOCKETS_MAX:
            raise ApiError("busy")
        # All checks first, with no await between them and this: of two that come at once only one takes the last place.
        self._outboxes[outbox] = token
        self._by_user.setdefault(user.user_id, set()).add(outbox)
        self._by_address[address] += 1
        self._metrics.sockets.set(len(self._outboxes))
        try:
            yield
        finally:
            del self._outboxes[outbox]
            self._by_user[user.user_id].discard(outbox)
            if not self._by_user[user.user_id]:
                del self._by_user[user.user_id]
            self._by_address[address] -= 1
            if not self._by_address[address]:
                del self._by_address[address]
            self._metrics.sockets.set(len(self._outboxes))
            self._changed.set()

    def take_in_hand(self) -> None:
        """Some socket's commands are being decided until ``put_down``: a stopping server waits for their answers."""
        self._in_hand += 1

    def put_down(self) -> None:
        """The other half of ``take_in_hand``."""
        self._in_hand -= 1
        if not self._in_hand:
            self._changed.set()

    def sign_out(self, token: str) -> None:
        """The token proves nothing any more: what came in with it is closed with 4401."""
        for outbox, came_with in self._outboxes.items():
            if came_with == token:
                outbox.close_nowait(CLOSE_NOT_SIGNED_IN, "not_signed_in")

    def sign_out_user(self, user_id: UserId, but: str | None = None) -> None:
        """The same for all tokens of somebody, but for the one named."""
        for token in self.tokens(user_id):
            if token != but:
                self.sign_out(token)

    def tokens(self, user_id: UserId) -> set[str]:
        """What somebody's sockets came in with."""
        return {self._outboxes[outbox] for outbox in self._by_user.get(user_id, ())}

    def users(self) -> set[UserId]:
        """Whose sockets are open."""
        return set(self._by_user)

    async def send_away_over(
        self, seconds_max: float, why: SentAwayWhy = "draining", wanted: Callable[[], bool] = lambda: True
    ) -> int:
        """Ask one after another to connect again at once, evenly over a time that grows with their number; gives how
        many were asked. Ends early once it is not ``wanted`` any more.

        Each plays on until its turn comes, and no crowd arrives anywhere.
        """
        outboxes = list(self._outboxes)  # sockets come and go while it sleeps between two of them
        pause_s = min(seconds_max / max(1, len(outboxes)), SEND_AWAY_PAUSE_S)
        sent = 0
        for outbox in outboxes:
            if outbox.close_code is None and outbox in self._outboxes:
                if not wanted():
                    break
                self._send_away(outbox, RECONNECT_SOON_MS, why)
                sent += 1
                await self._sleep(pause_s)
        return sent

    def send_away(self) -> None:
        """Every client is asked to connect again after a while of its own, and closed with 1012."""
        for number, outbox in enumerate(self._outboxes):
            after_ms = RECONNECT_AFTER_MS_MIN + int(RECONNECT_SPREAD_MS * (number * _GOLDEN % 1.0))
            self._send_away(outbox, after_ms, "stopping")

    async def wait_quiet(self) -> None:
        """Returns when no message is being handled."""
        while self._in_hand:
            await self._wait_change()

    async def wait_all_gone(self) -> None:
        """Returns when no socket is open."""
        while self._outboxes:
            await self._wait_change()

    async def _wait_change(self) -> None:
        # Cleared after the look that found something left, with no await between: no change falls in the gap.
        self._changed.clear()
        await self._changed.wait()

    def _send_away(self, outbox: Outbox, after_ms: int, why: SentAwayWhy) -> None:
        if outbox.close_code is None:
            self._metrics.sent_away.labels(why).inc()
        outbox.put_nowait(msgspec.json.encode(Reconnect(after_ms)).decode())
        outbox.close_nowait(CLOSE_RESTARTING, "restarting")
