"""Saying that the store has less of a session than this node told: in the log, in a number, and for operators."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import structlog

from clew.sessions.bounds import SETBACKS_NOTED_MAX
from clew.sessions.history_records import Setback
from clew.sessions.ids import GameId, Owner
from clew.sessions.metrics import Metrics
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.histories import Histories
from clew.sessions.records import RowVersion
from clew.sessions.session.bodies import Position
from clew.sessions.session.terms import Terms, shared

S = TypeVar("S")

_log = structlog.get_logger("clew.sessions.session.setbacks")


class Published(NamedTuple):
    """How far a memory published a session, and of which history."""

    row_version: RowVersion
    terms: Terms


class Setbacks:
    """Says what one life of a node noticed: in the log at once, and in the store as soon as that can be written."""

    def __init__(self, histories: Histories, clock: Clock, metrics: Metrics, owner: Owner) -> None:
        self._histories = histories
        self._clock = clock
        self._metrics = metrics
        self._owner = owner
        self._unwritten: list[Setback] = []

    def compare(self, published: Published, at: Position[S] | None) -> bool:
        """Whether the store has all that was published; it is said where it has not. None: not even the game.

        Its own number does not tell: another node may have written on from an older one, as far or further.
        """
        version = published.row_version
        kept_seq = 0 if at is None else shared(published.terms, version.seq, at.terms, at.seq)
        if kept_seq < version.seq:
            self.noticed(version.game_id, version.seq, kept_seq, 0 if at is None else at.summary.latest_round)
        return kept_seq == version.seq

    def noticed(self, game_id: GameId, told_seq: int, kept_seq: int, latest_round: int) -> None:
        """Say that of the entries up to ``told_seq``, published here, the store has ``kept_seq``; 0: none."""
        _log.error(
            "history_went_back", game_id=game_id, from_seq=told_seq, to_seq=kept_seq, round=latest_round, who="host"
        )
        self._metrics.histories_changed.labels("session").inc()
        if kept_seq and len(self._unwritten) < SETBACKS_NOTED_MAX:
            now = self._clock.now()
            self._unwritten.append(Setback(game_id, now, told_seq, kept_seq, latest_round, "host", self._owner))

    async def write(self) -> None:
        """Keep for operators what was noticed since the last time. Raises the store's faults; the rest is kept then."""
        while self._unwritten:
            await self._histories.note_setback(self._unwritten[0])
            del self._unwritten[0]
