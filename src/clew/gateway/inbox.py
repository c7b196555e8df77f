"""What comes from other nodes for the clients of this one: frames to their attachments, and what is lost on the way."""

from __future__ import annotations

from itertools import count
from typing import Final, Protocol, assert_never

from clew.gateway.calls import (
    DETACHED_FEED,
    GATES_CHANNEL,
    PULSE_FEED,
    Detached,
    FeedEnded,
    FeedMessage,
    Frame,
    Pulse,
    Tick,
    encoder,
    feed_messages,
)
from clew.gateway.feeds import TICK_S
from clew.sessions.ids import Owner
from clew.sessions.metrics import Metrics
from clew.sessions.ports.bus import Bus
from clew.sessions.ports.clock import Clock

UNCONFIRMED_S: Final = 7.0
"""A feed whose owner has not named it for so long is attached again."""


class FeedReceiver(Protocol):
    """An attachment, as the inbox sees it."""

    @property
    def owner(self) -> Owner | None: ...

    def take(self, message: Frame | FeedEnded) -> None:
        """The next of its feed."""
        ...

    def confirm(self, number: int, now_s: float) -> None:
        """Its feed lives, and has got so far."""
        ...

    def confirmed_since(self, since_s: float) -> bool: ...

    def lose(self) -> None:
        """Something of its feed is lost, or may be: attach again."""
        ...


class Inbox:
    """One channel for all clients of this node, a feed of its own for each."""

    def __init__(self, bus: Bus, clock: Clock, metrics: Metrics, channel: str) -> None:
        self.channel = channel
        self._bus = bus
        self._clock = clock
        self._metrics = metrics
        self._receivers: dict[str, FeedReceiver] = {}
        self._numbers = count(1)

    def open_feed(self, receiver: FeedReceiver) -> str:
        """A feed that nobody had before."""
        feed = str(next(self._numbers))
        self._receivers[feed] = receiver
        return feed

    def close_feed(self, feed: str) -> None:
        """What still comes of it goes nowhere. Its owner is told, and again should it go on naming it."""
        if self._receivers.pop(feed, None) is not None:
            self._detach(feed)

    def deliver(self, feed: str, body: bytes) -> None:
        """Something came on the channel."""
        message: FeedMessage = feed_messages.decode(body)
        match message:
            case Tick():
                self._ticked(message)
            case Frame(sent_at=sent_at):
                if sent_at is not None and feed in self._receivers:
                    self._metrics.feed_lag.observe(max(0, self._clock.now() - sent_at) / 1000)
                self._hand_on(feed, message)
            case FeedEnded():
                self._hand_on(feed, message)
            case _:
                assert_never(message)

    def lose_all(self) -> None:
        """The bus was lost and found: every feed may have missed something."""
        for receiver in list(self._receivers.values()):
            receiver.lose()

    def lose_owner(self, owner: Owner) -> None:
        """That node died: its feeds go on elsewhere."""
        for receiver in list(self._receivers.values()):
            if receiver.owner == owner:
                receiver.lose()

    async def pulse(self) -> None:
        """Say again and again that this node wants its feeds, and look after those that fell silent."""
        while True:
            self._bus.publish(GATES_CHANNEL, PULSE_FEED, encoder.encode(Pulse(self.channel)))
            await self._clock.sleep(TICK_S)
            since_s = self._clock.monotonic() - UNCONFIRMED_S
            for receiver in list(self._receivers.values()):
                if not receiver.confirmed_since(since_s):
                    receiver.lose()

    def _hand_on(self, feed: str, message: Frame | FeedEnded) -> None:
        # One that has closed meanwhile is no loss: its owner was told, or is with its next tick.
        if (receiver := self._receivers.get(feed)) is not None:
            receiver.take(message)

    def _ticked(self, tick: Tick) -> None:
        now_s = self._clock.monotonic()
        for feed, number in tick.numbers.items():
            receiver = self._receivers.get(feed)
            if receiver is None:
                self._detach(feed)
            else:
                receiver.confirm(number, now_s)

    def _detach(self, feed: str) -> None:
        self._bus.publish(GATES_CHANNEL, DETACHED_FEED, encoder.encode(Detached(self.channel, feed)))
