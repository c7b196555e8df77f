"""Seeing that the store has come back older than it was, without waiting until somebody plays.

A session finds out by itself when it writes: its number or its epoch is not the store's. One that nobody plays would
not, nor would a game that is over here and goes on there. So each beat tells whether the store is still the one it was,
and where it may not be, everything in memory is compared with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

import structlog

from clew.sessions.bounds import PAST_READ_MAX, STANDINGS_BATCH
from clew.sessions.faults import Unreadable
from clew.sessions.history_records import Standing
from clew.sessions.ids import GameId, Kind
from clew.sessions.node.residents import Residents
from clew.sessions.node_records import Renewal
from clew.sessions.session.bodies import read_session
from clew.sessions.session.environment import Environment, NodeEnvironment
from clew.sessions.session.session import Session
from clew.sessions.session.setbacks import Published, Setbacks

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

_log = structlog.get_logger("clew.sessions.node.hindsight")


class Remembered(NamedTuple):
    """What a life of this node knew: which store it was, and how far it published each session."""

    lineage: str
    published: Mapping[GameId, Published]


class Hindsight(Generic[S, C, E]):
    """What one life of a node knows of the store's past, and what it does where the store knows less."""

    def __init__(
        self, environment: NodeEnvironment, kinds: Mapping[Kind, Environment[S, C, E]], residents: Residents[S, C, E]
    ) -> None:
        self._around = environment
        self._kinds = kinds
        self._residents = residents
        self._lineage = ""
        self._renewal: Renewal | None = None
        self._compare = False
        self._is_another = False
        self._published: Mapping[GameId, Published] = {}

    @property
    def setbacks(self) -> Setbacks:
        return self._around.setbacks

    def past(self) -> Remembered:
        """Gives what this life knows to the next one, before it is over."""
        here = {
            game_id: Published(session.row_version, session.at.terms)
            for game_id, session in self._residents.open.items()
        }
        return Remembered(self._lineage, {**self._published, **here})

    def inherit(self, before: Remembered) -> None:
        """Go on from the life before, which was lost, perhaps because the store does not have it any more."""
        self._lineage, self._published, self._compare = before.lineage, before.published, True

    async def look(self, renewal: Renewal | None) -> None:
        """After each beat. What a fault of the store cuts short is done with the next one."""
        await self._recognize(renewal)
        if self._compare:
            # First: the epochs noted there are of a past that is gone, and would have this node refuse what comes next.
            self._residents.forget_departed()
            await self._compare_published()
            await self._compare_open()
            await self._compare_closed()
            self._compare = self._is_another = False
        await self.setbacks.write()

    async def _recognize(self, renewal: Renewal | None) -> None:
        """Another database answers, or the same at an earlier time: it lacks this node's own latest sign of life."""
        lineage = await self._around.store.histories.lineage()
        if self._lineage and lineage and lineage != self._lineage:
            _log.warning("store_is_another", was=self._lineage, now=lineage)
            self._compare = self._is_another = True
        self._lineage = lineage or self._lineage
        if renewal is None or renewal is self._renewal:
            return
        if self._renewal is not None and renewal.before < self._renewal.at:
            gone_ms = self._renewal.at - renewal.before
            _log.error("store_went_back", owner=self._around.owner, milliseconds=gone_ms)
            self._compare = True
        self._renewal = renewal

    async def _compare_published(self) -> None:
        """What is not held here now: its owner, if it has one, read it and knows of no more.

        Where others have written since is read as a whole only from another database, and only so many: a life that
        was lost by silence alone finds all of its sessions so.
        """
        to_read = PAST_READ_MAX if self._is_another else 0
        for game_id, standing in (await self._standings(list(self._published))).items():
            published = self._published[game_id]
            if standing is None or standing.seq < published.row_version.seq:
                await self._compare_whole(published, standing)
            elif standing.epoch != published.row_version.epoch and to_read > 0:
                to_read -= 1
                await self._compare_whole(published, standing)
        self._published = {}

    async def _compare_open(self) -> None:
        """A session that has a commit on its way hears from that; what only seems to differ, because it has moved on
        since it was asked for, is read once more than it would have to be.
        """
        for game_id, standing in (await self._standings(list(self._residents.open))).items():
            session = self._residents.open.get(game_id)
            # Looked up anew: it may have closed or left while the store was asked, and what it is told then is too old.
            if session is not None and not self._stands(session, standing):
                session.doubt()

    async def _compare_closed(self) -> None:
        """A game that was over may go on. Its watchers ask again, and are told whatever is true."""
        closed = {session.game_id: session for session in self._residents.closed()}
        for game_id, standing in (await self._standings(list(closed))).items():
            session = closed[game_id]
            if not await self._compare_whole(Published(session.row_version, session.at.terms), standing):
                self._residents.forget_closed(game_id)
                session.feed.end(game_id, "moved")

    async def _compare_whole(self, published: Published, standing: Standing | None) -> bool:
        """Whether the store has all that was published. Of what can't be read the number alone is compared: no."""
        game_id = published.row_version.game_id
        stored = None if standing is None else await self._around.store.journal.load(game_id)
        if stored is None:
            return self.setbacks.compare(published, None)
        environment = self._kinds[stored.kind]
        try:
            at = read_session(environment.machine, environment.codec, stored)
        except Unreadable:
            if stored.seq < published.row_version.seq:
                self.setbacks.noticed(game_id, published.row_version.seq, stored.seq, stored.latest_round)
            return False
        return self.setbacks.compare(published, at)

    def _stands(self, session: Session[S, C, E], standing: Standing | None) -> bool:
        version = session.row_version
        last = (self._around.owner, version.epoch, version.seq)
        return standing is not None and (standing.owner, standing.epoch, standing.seq) == last

    async def _standings(self, game_ids: Sequence[GameId]) -> dict[GameId, Standing | None]:
        """Each of these as it stands, a batch at a time; None: it is not there."""
        found = dict[GameId, Standing | None].fromkeys(game_ids)
        for first in range(0, len(game_ids), STANDINGS_BATCH):
            batch = game_ids[first : first + STANDINGS_BATCH]
            found |= {standing.game_id: standing for standing in await self._around.store.histories.standings(batch)}
        return found
