"""Feeds to other nodes: the viewings of a game's owner whose clients hang on another node's sockets."""

from __future__ import annotations

from typing import Final

import structlog

from clew.gateway.attendance import Attendances
from clew.gateway.calls import (
    DETACHED_FEED,
    PULSE_FEED,
    TICK_FEED,
    AttachCall,
    FeedEnded,
    Frame,
    Opening,
    Tick,
    detacheds,
    encoder,
    pulses,
)
from clew.gateway.departures import Departures
from clew.gateway.ports import AnyHost, Comer, ServedGames
from clew.gateway.viewing import Viewing
from clew.sessions.ids import GameId, Kind
from clew.sessions.ports.bus import Bus
from clew.sessions.ports.clock import Clock
from clew.sessions.records import EndOfFeed

TICK_S: Final = 2.0
"""How often a node says how far each feed has got, and a gateway that it still wants them."""
PULSE_SILENCE_S: Final = 15.0
"""A gateway not heard of for so long has gone, with all its feeds."""
TICK_FEEDS_MAX: Final = 5_000
"""Feeds named in one tick; more take several."""

_log = structlog.get_logger("clew.gateway.feeds")


class _RemoteHearer:
    """A viewing's way to a feed of another node."""

    def __init__(self, bus: Bus, clock: Clock, channel: str, feed: str) -> None:
        self._bus = bus
        self._clock = clock
        self._channel = channel
        self._feed = feed
        self.number = 0
        self.over = False

    @property
    def wants_more(self) -> bool:
        return not self.over

    def told(self, seq: int, mark: str | None, text: str) -> None:
        self.number += 1
        frame = Frame(self.number, seq, text, self._clock.now(), mark)
        self._bus.publish(self._channel, self._feed, encoder.encode(frame))

    def ended(self, why: EndOfFeed) -> None:
        # Over before it is said: no commit may come behind the end.
        self.number += 1
        self.over = True
        self._bus.publish(self._channel, self._feed, encoder.encode(FeedEnded(self.number, why)))


class Feeds:
    """All viewings of this node for clients elsewhere. One ends with its session, its gateway, or when told to."""

    def __init__(
        self,
        games: ServedGames,
        host: AnyHost,
        clock: Clock,
        bus: Bus,
        attendances: Attendances,
        departures: Departures,
    ) -> None:
        self._attendances = attendances
        self._departures = departures
        self._games = games
        self._host = host
        self._clock = clock
        self._bus = bus
        self._viewings: dict[tuple[str, str], tuple[Viewing, _RemoteHearer]] = {}
        self._heard_at_s: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._viewings)

    async def attach(self, kind: Kind, game_id: GameId, call: AttachCall) -> Opening:
        """Begin a feed; its frames follow the answer. Raises the host's faults, and then there is none."""
        key = (call.channel, call.feed)
        hearer = _RemoteHearer(self._bus, self._clock, call.channel, call.feed)
        attendances, departures = self._attendances, self._departures
        viewing = Viewing(self._games[kind], self._host, self._clock, attendances, departures, game_id, hearer)
        try:
            opening = await viewing.open(Comer(call.user_id, call.after, call.mark, call.again, call.changes))
        except BaseException:  # a cancel too: who asked has no feed then, so nobody would close this one
            viewing.close()
            raise
        # It has just been heard of: its next pulse may be later than the next sweep.
        self._heard_at_s[call.channel] = self._clock.monotonic()
        self._viewings[key] = (viewing, hearer)
        # The frames may overtake the answer: the gateway keeps them until it has it.
        viewing.begin()
        return opening

    def heard(self, feed: str, body: bytes) -> None:
        """A gateway said that it lives, or that nobody follows a feed any more."""
        if feed == PULSE_FEED:
            self._heard_at_s[pulses.decode(body).channel] = self._clock.monotonic()
        elif feed == DETACHED_FEED:
            detached = detacheds.decode(body)
            found = self._viewings.pop((detached.channel, detached.feed), None)
            if found is not None:
                found[0].close()

    async def tick(self) -> None:
        """Say again and again how far each feed has got, and let go of those nobody wants."""
        while True:
            await self._clock.sleep(TICK_S)
            self._sweep()
            numbers: dict[str, dict[str, int]] = {}
            for (channel, feed), (_, hearer) in self._viewings.items():
                of_channel = numbers.setdefault(channel, {})
                of_channel[feed] = hearer.number
                if len(of_channel) >= TICK_FEEDS_MAX:
                    self._say(channel, numbers.pop(channel))
            for channel, left in numbers.items():
                self._say(channel, left)

    def close(self) -> None:
        """End them all."""
        for viewing, _ in self._viewings.values():
            viewing.close()
        self._viewings.clear()

    def _say(self, channel: str, numbers: dict[str, int]) -> None:
        self._bus.publish(channel, TICK_FEED, encoder.encode(Tick(numbers)))

    def _sweep(self) -> None:
        silent_since_s = self._clock.monotonic() - PULSE_SILENCE_S
        gone = {channel for channel, at_s in self._heard_at_s.items() if at_s < silent_since_s}
        for channel in gone:
            del self._heard_at_s[channel]
            _log.info("gateway_gone", channel=channel)
        for key, (viewing, hearer) in list(self._viewings.items()):
            if key[0] in gone or hearer.over:
                viewing.close()
                del self._viewings[key]
