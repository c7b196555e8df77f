"""Results of sessions that came to their end are kept, and people rated by them: soon after, by one node for all.

Nothing is written for it when a session ends, so no command waits for it and no release has to know of it: a session is
reckoned because it is over and was not. The store sees to it that this happens once (``Results``), whoever believes
that it is theirs to do; a node that dies meanwhile leaves nothing half done, and the next goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Generic, TypeVar

import structlog

from clew.sessions.bounds import RECKON_BATCH, RECKON_EVERY_S, RECKON_WINDOW
from clew.sessions.cluster.caretaking import is_caretaker, looked
from clew.sessions.cluster.peers import Peers
from clew.sessions.faults import Fault, Unreadable
from clew.sessions.games import GameKind
from clew.sessions.ids import GameId, Kind, Millis
from clew.sessions.node.node import Node
from clew.sessions.policy import Rate
from clew.sessions.result_records import Ended, NewResult, Reckoned, SeatResult
from clew.sessions.session.bodies import read_session

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

_log = structlog.get_logger("clew.sessions.cluster.reckoning")


class Reckoning(Generic[S, C, E]):
    """The share of one life; ``peers`` is None on a node that is alone."""

    def __init__(self, node: Node[S, C, E], peers: Peers | None, rate: Rate) -> None:
        self._node = node
        self._peers = peers
        self._rate = rate
        self._left = set[GameId]()
        """Sessions that this release can't read, or whose game can't say how they ended: not tried again in this
        life."""

    async def run(self) -> None:
        """Reckon, look by look, until the end of this life."""
        environment = self._node.environment
        while True:
            await environment.clock.sleep(RECKON_EVERY_S)
            await looked(self._look, environment.metrics, "reckon")

    async def _look(self) -> None:
        for game in self._node.games.values():
            if self._may_go_on():
                await self._reckon_some(game)

    async def _reckon_some(self, game: GameKind[S, C, E]) -> None:
        """Sessions of one kind, in the order of their ends."""
        more = len(self._left)
        results = self._node.environment.store.results
        for ended in await results.unreckoned(game.kind, RECKON_WINDOW + more, RECKON_BATCH + more):
            if not self._may_go_on():
                return
            if ended.game_id not in self._left:
                await self._reckon(game, ended)

    def _may_go_on(self) -> bool:
        return is_caretaker(self._node, self._peers)

    async def _reckon(self, game: GameKind[S, C, E], ended: Ended) -> None:
        environment = self._node.environment
        try:
            seats = await self._seats_of(game, ended.game_id)
            done = await environment.store.results.reckon(await self._reckoned(game.kind, ended, seats))
        except Unreadable as unreadable:
            self._leave(game.kind, ended.game_id, unreadable)
        except Fault:
            raise
        except Exception as bug:  # noqa: BLE001 - one session's trouble must not hold up all others'
            self._leave(game.kind, ended.game_id, bug)
        else:
            # Not done is done by another, or to be worked out upon what another did: the next look will see.
            if done:
                environment.metrics.reckoned.labels(game.kind).inc()

    async def _seats_of(self, game: GameKind[S, C, E], game_id: GameId) -> Sequence[SeatResult]:
        stored = await self._node.environment.store.journal.load(game_id)
        if stored is None:
            return ()  # gone since: nothing will be kept of it
        return game.machine.results(read_session(game.machine, game.codec, stored).state)

    async def _reckoned(self, kind: Kind, ended: Ended, seats: Sequence[SeatResult]) -> Reckoned:
        """Bots have no rating: people are rated by how they stand among each other.

        Where all who played have won together, nobody was played against.
        """
        people = [(seat, seat.user_id) for seat in seats if seat.user_id is not None]
        known = await self._node.environment.store.results.strengths(kind, [user_id for _, user_id in people])
        before = [known.get(user_id) for _, user_id in people]
        ratings = [None if each is None else each.rating for each in before]
        is_rated = len(people) > 1 and any(seat.outcome != "won" for seat in seats)
        if is_rated:
            after = self._rate(ratings, [seat.place for seat, _ in people])
        else:
            after = [self._rate([rating], [1])[0] for rating in ratings]
        results = tuple(
            NewResult(
                user_id,
                seat.player_id,
                seat.place,
                seat.outcome,
                seat.fate,
                0 if was is None else was.results,
                rating,
                is_rated,
            )
            for (seat, user_id), was, rating in zip(people, before, after, strict=True)
        )
        return Reckoned(ended.game_id, kind, ended.ended_at, month_of(ended.ended_at), len(seats), results)

    def _leave(self, kind: Kind, game_id: GameId, why: Exception) -> None:
        self._left.add(game_id)
        self._node.environment.metrics.not_reckoned.labels(kind).inc()
        _log.error("session_not_reckoned", game_id=game_id, exc_info=why)


def month_of(at: Millis) -> str:
    """The month in which that was, as boards are called by it, in UTC."""
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m}"
