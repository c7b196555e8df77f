"""Finding the node that answers for a session, and asking again until one does: players see a slower answer only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from hashlib import blake2b
from typing import Any, TypeVar

from clew.sessions.bounds import ROUTE_PAUSE_FIRST_S, ROUTE_PAUSE_LAST_S, ROUTE_TRY_S, ROUTE_WAIT_S, ROUTES_MAX
from clew.sessions.cluster.directory import Directory
from clew.sessions.cluster.messages import Answered, Ask, Failed, Reply, Tell, encoder, fault_of, replies
from clew.sessions.faults import Busy, Late, Moved, Nobody, NoSuchSession, NotRunning, Waits
from clew.sessions.host import Host
from clew.sessions.ids import GameId, Kind, Owner
from clew.sessions.kinds import is_read, why_not_read
from clew.sessions.life import Membership
from clew.sessions.metrics import Metrics
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.ownership import Ownership
from clew.sessions.records import OPEN, Holding

T = TypeVar("T")

SOMEBODY = GameId("")
"""Stands for a session in faults that concern none."""


class Router:
    """Finds who answers for a session. Where this node is alone everything is here.

    A question may be asked several times, of several nodes, before its answer arrives: what must not happen twice
    carries a command id.
    """

    def __init__(
        self,
        host: Host[Any, Any, Any],
        ownership: Ownership,
        clock: Clock,
        metrics: Metrics,
        membership: Membership | None,
    ) -> None:
        self._host = host
        self._ownership = ownership
        self._clock = clock
        self._metrics = metrics
        self._membership = membership
        self._owners: OrderedDict[GameId, Owner] = OrderedDict()
        self.directory = Directory(self._learn, self._forget_owner)

    async def ask(
        self,
        game_id: GameId,
        here: Callable[[], Awaitable[T]],
        question: Callable[[Owner], bytes],
        read: Callable[[bytes], T],
        *,
        meeting: bool = False,
    ) -> T:
        """The owner's answer: from ``here``, or from ``question`` put to another node's handler and ``read``.

        A session that is closed any node reads; ``meeting``: but one for all who ask so, as long as it answers.
        Raises what the owner raises, ``Busy`` when none answered within ``ROUTE_WAIT_S``; never ``Moved``.
        """
        if self._membership is None or self._holds(game_id, meeting=meeting):
            try:
                return await here()
            # Held a moment ago: it may have been handed over while the command waited its turn.
            except (Moved, NotRunning):
                if self._membership is None:
                    raise
        try:
            return await self._search(lambda: self._ask_owner(game_id, here, question, read, meeting=meeting), game_id)
        except Busy:
            if not meeting or not self._holds(game_id, meeting=False) or self._holds(game_id, meeting=True):
                raise
            return await here()  # alone rather than not at all: what is closed is the same everywhere

    async def make(
        self, kind: Kind, here: Callable[[], Awaitable[T]], said: Callable[[], bytes], read: Callable[[bytes], T]
    ) -> T:
        """Have a new session of this game made: here if this node takes any in, else by the least loaded that does.

        Of those that read what this node would write: an older one would leave out of it what it does not know, and so
        make another session. As ``ask``; ``Waits`` where there is none.
        """
        if self._membership is None:
            return await here()

        async def make_somewhere() -> T:
            if self._host.takes_in and kind in self._host.reads:
                return await here()
            owner = self._best_host(SOMEBODY, kind, self._host.reads.get(kind, 0))
            return read(await self._request(owner, encoder.encode(Tell(said())), SOMEBODY))

        return await self._search(make_somewhere, SOMEBODY)

    def doubt(self, game_id: GameId) -> None:
        """Forget who answered for the session: it is not who should, so the store is asked next."""
        self._owners.pop(game_id, None)

    async def confirms(self, game_id: GameId, owner: Owner | None) -> bool:
        """Whether the store has this one as its owner, or any may answer, since it is closed. Raises ``Busy``."""
        holding = await self._ownership.holding(game_id)
        return holding is not None and (holding.game_status not in OPEN or holding.owner == owner)

    async def _search(self, attempt: Callable[[], Awaitable[T]], game_id: GameId) -> T:
        began_s = self._clock.monotonic()
        pause_s = ROUTE_PAUSE_FIRST_S
        pointed_to = set[Owner]()
        while True:
            try:
                answer = await attempt()
            except Moved as moved:
                hint = self._learn_from(game_id, moved)
            except (Nobody, Late) as gone:
                hint = self._better_than(gone.address, game_id)
            except NotRunning:
                hint = None
            else:
                self._metrics.route_seconds.observe(self._clock.monotonic() - began_s)
                return answer
            if self._clock.monotonic() - began_s >= ROUTE_WAIT_S:
                self._metrics.routes.labels("nowhere").inc()
                raise Busy("no node answers for this just now")
            # Two whose memories are stale may point at each other: each hint is followed once, then the store is asked.
            if hint is not None and hint not in pointed_to:
                pointed_to.add(hint)
            else:
                self._owners.pop(game_id, None)
                pointed_to.clear()
                await self.directory.wait(game_id, self._clock, pause_s)
                pause_s = min(2 * pause_s, ROUTE_PAUSE_LAST_S)

    async def _ask_owner(
        self,
        game_id: GameId,
        here: Callable[[], Awaitable[T]],
        question: Callable[[Owner], bytes],
        read: Callable[[bytes], T],
        *,
        meeting: bool,
    ) -> T:
        owner = await self._owner_of(game_id, meeting=meeting)
        if owner == self._host.owner:
            self._metrics.routes.labels("here").inc()
            return await here()
        async with self.directory.asking(game_id, owner):
            raw = await self._request(owner, encoder.encode(Ask(game_id, question(owner))), game_id)
        answer = read(raw)
        self._metrics.routes.labels("there").inc()
        self._learn(game_id, owner)
        return answer

    async def _request(self, owner: Owner, body: bytes, game_id: GameId) -> bytes:
        assert self._membership is not None, "alone there is nobody to ask"
        reply: Reply = replies.decode(await self._membership.bus.request(owner, body, ROUTE_TRY_S))
        match reply:
            case Answered(answer):
                return answer
            case Failed() as failed:
                raise fault_of(failed, game_id, owner)

    async def _owner_of(self, game_id: GameId, *, meeting: bool) -> Owner:
        """Whom to ask: who holds it, else who may claim it; this node for what is closed, which any node reads, or
        where all look at it.

        Raises ``Waits`` where no node there is reads it.
        """
        if self._holds(game_id, meeting=meeting):
            return self._host.owner
        if (known := self._owners.get(game_id)) is not None:
            return known
        holding = await self._ownership.holding(game_id)
        if holding is None:
            raise NoSuchSession(game_id)
        if holding.game_status in OPEN and holding.alive and holding.owner is not None:
            return holding.owner
        if meeting and holding.game_status not in OPEN:
            return self._meets_at(game_id, holding)
        here = is_read(holding.kind, holding.state_version, self._host.reads)
        if here and (holding.game_status not in OPEN or self._host.takes_in):
            return self._host.owner
        return self._best_host(game_id, holding.kind, holding.state_version)

    def _holds(self, game_id: GameId, *, meeting: bool) -> bool:
        session = self._host.held(game_id)
        return session is not None and (session.open or not meeting)

    def _meets_at(self, game_id: GameId, closed: Holding) -> Owner:
        """Where all look at a closed session: at whoever closed it; else the same node by everyone's reckoning."""
        if closed.alive and closed.owner is not None:
            return closed.owner
        rows = () if self._membership is None else self._membership.peers.hosts()
        hosts = [row.owner for row in rows if is_read(closed.kind, closed.state_version, row.reads)]
        return max(hosts, key=lambda owner: blake2b(f"{owner} {game_id}".encode()).digest(), default=self._host.owner)

    def _best_host(self, game_id: GameId, kind: Kind, state_version: int) -> Owner:
        """The least loaded other host that reads such states. Raises ``Waits``, ``Nobody`` where there is no host."""
        here = self._host.reads
        assert self._membership is not None or not is_read(kind, state_version, here), "alone all is here"
        hosts = () if self._membership is None else self._membership.peers.hosts()
        others = [row for row in hosts if row.owner != self._host.owner]
        readers = [row for row in others if is_read(kind, state_version, row.reads)]
        if readers:
            return min(readers, key=lambda row: row.sessions).owner
        newest = max((row.reads.get(kind, -1) for row in others), default=here.get(kind, -1))
        if state_version > newest:
            raise Waits(game_id, why_not_read(kind, state_version, {kind: newest} if newest >= 0 else {}))
        raise Nobody("any host")

    # --- what is known -------------------------------------------------------------------------------------------

    def _learn_from(self, game_id: GameId, moved: Moved) -> Owner | None:
        """Whom to ask next, where the fault says it."""
        # Forgotten first, believed after: an owner that points back at where we came from would be asked for ever.
        before = self._owners.pop(game_id, None)
        if moved.owner is None or moved.owner in (before, self._host.owner):
            return None
        self._learn(game_id, moved.owner)
        return moved.owner

    def _better_than(self, gone: str, game_id: GameId) -> Owner | None:
        """Whom to ask instead, where there was news while that one did not answer."""
        known = self._owners.get(game_id)
        return None if known == gone else known

    def _learn(self, game_id: GameId, owner: Owner) -> None:
        self._owners[game_id] = owner
        self._owners.move_to_end(game_id)
        if len(self._owners) > ROUTES_MAX:
            self._owners.popitem(last=False)

    def _forget_owner(self, owner: Owner) -> None:
        for game_id in [game_id for game_id, known in self._owners.items() if known == owner]:
            del self._owners[game_id]
