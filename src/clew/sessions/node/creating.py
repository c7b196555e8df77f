"""How sessions are made: durable before anybody hears of them, and then in this node's memory."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from clew.sessions.bounds import ANSWER_WAIT_S
from clew.sessions.census import Maker
from clew.sessions.faults import Busy, Crashed, Followed, JoinCodeTaken, NoSuchSession, OutcomeUnknown
from clew.sessions.ids import GameId, Kind
from clew.sessions.metrics import Metrics
from clew.sessions.node.departed import Departed
from clew.sessions.node.residents import Residents
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.journal import Journal
from clew.sessions.records import Creation, Entry, NewSession
from clew.sessions.session.bodies import Position, write_entry, write_snapshot
from clew.sessions.session.committer import Broken, Committer, Outcome
from clew.sessions.session.environment import Environment
from clew.sessions.session.owed_time import Gap
from clew.sessions.session.session import Session
from clew.sessions.session.terms import Term

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class CreatingNode(Protocol[S, C, E]):
    """The node for whom sessions are made."""

    departed: Departed
    residents: Residents[S, C, E]
    stopping: bool
    kinds: Mapping[Kind, Environment[S, C, E]]

    def hold(self, session: Session[S, C, E], gap: Gap | None) -> None: ...
    async def reach(self, game_id: GameId) -> Session[S, C, E]: ...


class Creating(Generic[S, C, E]):
    """Has a committer of its own: who makes a game does not wait for those who play."""

    def __init__(self, node: CreatingNode[S, C, E], journal: Journal, clock: Clock, metrics: Metrics) -> None:
        self._node = node
        self._committer: Committer[NewSession, Creation] = Committer(journal.create, clock, metrics)
        self.try_again = self._committer.try_again
        self.run = self._committer.run

    async def make(self, kind: Kind, game_id: GameId, join_code: str, events: Sequence[E], maker: Maker) -> None:
        """Make a session and hold it. The host's promise."""
        environment = self._node.kinds[kind]
        state: S | None = None
        for seq, event in enumerate(events, 1):
            state = environment.machine.evolve(state, event, seq)
        assert state is not None, "a session begins with an event"
        term = environment.new_mark()
        at = Position(state, len(events), environment.machine.summary(state), {}, (Term(1, term),))
        now = environment.clock.now()
        due = environment.machine.deadline(state)
        entries = [Entry(seq, now, event, term=term if seq == 1 else None) for seq, event in enumerate(events, 1)]
        bodies = tuple(write_entry(environment.codec, entry) for entry in entries)
        shot = write_snapshot(environment.codec, at)
        new = NewSession(game_id, join_code, environment.owner, bodies, now, due and due[0], shot, maker, kind=kind)
        done: asyncio.Future[Outcome[Creation]] = asyncio.get_running_loop().create_future()

        def take(outcome: Outcome[Creation]) -> None:
            # As of now, not of when it was asked: whoever waited too long may have reached for the game meanwhile,
            # and brought it.
            brought = self._node.residents.get(game_id) is not None or self._node.departed.since(game_id) > 0
            if outcome is Creation.CREATED and not self._node.stopping and not brought:
                self._node.hold(Session(environment, game_id, 1, at.seq, new.snapshot.state_version, at, term), None)
            if not done.done():
                done.set_result(outcome)

        # A cancel of whoever waits leaves it at the store: it is made, held by ``take``, and found by its join code.
        self._committer.submit(new, take)
        late = environment.clock.call_later(ANSWER_WAIT_S, lambda: _be_late(done))
        try:
            outcome = await done
        finally:
            late.cancel()
        match outcome:
            case Creation.CREATED:
                return
            case Creation.JOIN_CODE_TAKEN:
                raise JoinCodeTaken(join_code)
            case Creation.FOLLOWED:
                assert at.summary.follows is not None, "it follows something"
                raise Followed(at.summary.follows)
            case Busy() as busy:
                raise busy
            case OutcomeUnknown():
                await self._find_out(game_id)
            case Broken():
                raise Crashed(game_id)

    async def _find_out(self, game_id: GameId) -> None:
        """Whether a creation of unknown outcome happened. Raises ``Busy`` if not, though it still may."""
        try:
            await self._node.reach(game_id)
        except NoSuchSession as none:
            raise Busy("the store could not say whether the session was made") from none


def _be_late(done: asyncio.Future[Outcome[Creation]]) -> None:
    """Whoever makes a session waits no longer for a store that hangs; it may be made yet."""
    if not done.done():
        done.set_result(Busy("the store is down or stuck"))
