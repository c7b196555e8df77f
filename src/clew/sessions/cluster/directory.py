"""Who holds what, as this node heard: from the bus at once, from the list of nodes a beat later. Who waits is woken."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

from clew.sessions.cluster.messages import DEAD_FEED, HELD_FEED, deads, helds
from clew.sessions.cluster.peers import Peers
from clew.sessions.faults import Late
from clew.sessions.ids import GameId, Owner
from clew.sessions.ports.clock import Clock

NOBODY = Owner("")


class Directory:
    """``learn`` is called for sessions somebody here cares about, ``forget`` for nodes that died.

    Missing some is slower, never wrong.
    """

    def __init__(self, learn: Callable[[GameId, Owner], None], forget: Callable[[Owner], None]) -> None:
        self._learn = learn
        self._forget = forget
        self._waiting: defaultdict[GameId, set[asyncio.Event]] = defaultdict(set)
        self._listeners: defaultdict[GameId, set[Callable[[Owner], None]]] = defaultdict(set)
        self._alive: frozenset[Owner] = frozenset()
        self._deaths: list[Callable[[Owner], None]] = []
        self._asked: defaultdict[Owner, set[Callable[[Owner], None]]] = defaultdict(set)

    # --- who wants to know ---------------------------------------------------------------------------------------

    async def wait(self, game_id: GameId, clock: Clock, within_s: float) -> None:
        """Wait until somebody says who holds this session, or the time is over."""
        news = asyncio.Event()
        waiting = self._waiting[game_id]
        waiting.add(news)
        timer = clock.call_later(within_s, news.set)
        try:
            await news.wait()
        finally:
            timer.cancel()
            # After a cancel too, or everybody who ever gave up waiting would be kept.
            waiting.discard(news)
            if not waiting:
                self._waiting.pop(game_id, None)

    def listen(self, game_id: GameId, listener: Callable[[Owner], None]) -> None:
        """Call this whenever somebody says that they hold the session."""
        self._listeners[game_id].add(listener)

    def unlisten(self, game_id: GameId, listener: Callable[[Owner], None]) -> None:
        """Not listening is fine."""
        listeners = self._listeners.get(game_id)
        if listeners is not None:
            listeners.discard(listener)
            if not listeners:
                del self._listeners[game_id]

    def on_death(self, listener: Callable[[Owner], None]) -> None:
        """Call this for each life that is no more among the living."""
        self._deaths.append(listener)

    @asynccontextmanager
    async def asking(self, game_id: GameId, owner: Owner) -> AsyncGenerator[None]:
        """Inside, an answer of this owner is awaited. Raises ``Late`` on news that it can't come any more."""
        try:
            async with asyncio.timeout(None) as limit:

                def give_up(holder: Owner) -> None:
                    if holder != owner and not limit.expired():
                        limit.reschedule(0)

                self._asked[owner].add(give_up)
                # Listens before the question is sent, which is done inside: news that comes meanwhile is not missed.
                self.listen(game_id, give_up)
                try:
                    yield
                finally:
                    self.unlisten(game_id, give_up)
                    self._asked[owner].discard(give_up)
                    if not self._asked[owner]:
                        del self._asked[owner]
        except TimeoutError as gone:
            raise Late(owner) from gone

    # --- where it comes from -------------------------------------------------------------------------------------

    def heard(self, feed: str, body: bytes) -> None:
        """Take in what a node said on the nodes' channel."""
        if feed == DEAD_FEED:
            self._died(deads.decode(body).owner)
        if feed != HELD_FEED:
            return
        held = helds.decode(body)
        for game_id in held.game_ids:
            if game_id in self._waiting or game_id in self._listeners:
                self._learn(game_id, held.owner)
            for news in self._waiting.get(game_id, ()):
                news.set()
            for listener in tuple(self._listeners.get(game_id, ())):
                listener(held.owner)

    def wake_all(self) -> None:
        """Wake everybody to look again: something may have been missed."""
        for waiting in self._waiting.values():
            for news in waiting:
                news.set()

    def follow(self, peers: Peers) -> None:
        """Hear of deaths from the list of nodes, too."""

        def updated() -> None:
            alive = frozenset(row.owner for row in peers.rows if row.alive)
            dead, self._alive = self._alive - alive, alive
            for owner in dead:
                self._died(owner)

        peers.listen(updated)

    def _died(self, owner: Owner) -> None:
        self._forget(owner)
        for give_up in tuple(self._asked.get(owner, ())):
            give_up(NOBODY)
        for listener in tuple(self._deaths):
            listener(owner)
        self.wake_all()
