"""A session: one game being run by its single writer.

Not a task, and idle it is no more than its state: a command makes it take a turn at once, the turn's part goes to the
committer, and what came of it is told when the commit has returned. Commands that arrive meanwhile wait for the next
turn and are committed together. Only trouble (a crash, a fence, an unknown outcome) runs as a task.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Generic, TypeVar

import structlog

from clew.sessions.bounds import ANSWER_WAIT_S, DEADLINE_CHECK_S, MAILBOX_MAX, TURN_MAX
from clew.sessions.faults import Busy, Crashed, OutcomeUnknown, Quarantined
from clew.sessions.ids import GameId, Millis
from clew.sessions.records import OPEN, Committed, EndOfFeed, Part, RowVersion, Stored, Verdict
from clew.sessions.session.bodies import Position
from clew.sessions.session.committer import Broken, Outcome
from clew.sessions.session.ending import fault_of_end
from clew.sessions.session.environment import Environment
from clew.sessions.session.feed import Feed
from clew.sessions.session.owed_time import Gap, OwedTime
from clew.sessions.session.recovery import Recovery
from clew.sessions.session.setbacks import Published
from clew.sessions.session.terms import mark_at
from clew.sessions.session.transfer import Handed, packed
from clew.sessions.session.turn import Envelope, Turn
from clew.sessions.time.unserved import Unserved

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

_log = structlog.get_logger("clew.sessions")


class Session(Generic[S, C, E]):
    """One session in memory. ``at`` is committed, always; what is not committed lives in ``_turn`` only."""

    __slots__ = (
        "_due", "_epoch", "_mailbox", "_part", "_recovery", "_snapshot_seq", "_still", "_stored_version",
        "_term", "_turn", "at", "ended", "environment", "feed", "game_id", "owed_time", "rings_at", "touched_at_s",
    )  # fmt: skip

    def __init__(
        self,
        environment: Environment[S, C, E],
        game_id: GameId,
        epoch: int,
        snapshot_seq: int,
        stored_version: int,
        at: Position[S],
        term: str | None = None,
    ) -> None:
        """``term`` is that of a creation which nothing followed, or drawn for all that was claimed at once; else a new
        one, after a handoff too: no other memory of it has ever written by it, nor may, where a transfer is undone.
        """
        self.environment = environment
        self.game_id = game_id
        self.at = at
        self.ended: EndOfFeed | None = None
        self.feed: Feed[S, E] = Feed(environment.counts, environment.clock)
        self.rings_at: Millis | None = None
        self._epoch = epoch
        self._snapshot_seq = snapshot_seq
        self._stored_version = stored_version
        self.owed_time: OwedTime[S, C, E] = OwedTime(environment)
        self._term = term or environment.new_mark()
        self._mailbox: list[Envelope[C]] = []
        self._turn: Turn[S, C, E] | None = None
        self._part: Part | None = None
        self._due = False
        self._recovery: Recovery[S, C, E] = Recovery(environment, self)
        self._still: asyncio.Future[bool] | None = None
        self.touched_at_s = environment.clock.monotonic()

    @property
    def open(self) -> bool:
        return self.at.summary.game_status in OPEN

    @property
    def row_version(self) -> RowVersion:
        """What the store has of it, as long as nothing is in hand."""
        return RowVersion(self.game_id, self._epoch, self.at.seq)

    @property
    def waiting(self) -> int:
        return len(self._mailbox)

    @property
    def idle(self) -> bool:
        """Nothing in hand, and nobody watching."""
        return self._calm() and not self.feed and self._still is None

    # --- the doors -----------------------------------------------------------------------------------------------

    def begin(self, gap: Gap | None, paid: Unserved | None = None) -> None:
        """Go on after a time without an owner (None: there was none), the players' clocks credited.

        ``paid``: what had been, where it left this node's memory meanwhile.
        """
        self.owed_time.begin(self.at.state, gap, paid)
        self._arm()
        self._go(giving_back=True)

    def post(self, envelope: Envelope[C]) -> None:
        """Take a command in; its envelope is settled when the answer is durable. Raises ``Busy``, ``Moved``."""
        if self.ended is not None:
            raise fault_of_end(self.game_id, self.ended)
        self.touched_at_s = envelope.posted_at_s
        if (broken := self.environment.store.health.broken) is not None:
            self.environment.counts.busy.inc()
            raise broken  # it would wait in vain: the next beat that is written lets commands in again
        if len(self._mailbox) >= MAILBOX_MAX:
            self.environment.counts.busy.inc()
            raise Busy(f"session {self.game_id} has {MAILBOX_MAX} commands waiting")
        self._mailbox.append(envelope)
        self._go()

    def ring(self) -> None:
        """The deadline has come, as far as the clock of deadlines knows."""
        self._due = True
        self._go()

    def expire(self, now_s: float) -> None:
        """Answer ``Busy`` to whoever waited too long, and to all where the store needs an operator.

        What is already being committed may still take effect.
        """
        broken = self.environment.store.health.broken
        limit_s = now_s - (ANSWER_WAIT_S if broken is None else 0.0)
        late = [envelope for envelope in self._mailbox + self._deciding() if envelope.posted_at_s <= limit_s]
        self._mailbox = [envelope for envelope in self._mailbox if envelope.posted_at_s > limit_s]
        self.environment.fail(late, broken or Busy("the store is down or stuck"))
        self._settled()

    def end(self, why: EndOfFeed) -> None:
        """Run no more on this node. Whoever waits is told to ask elsewhere or again, whoever watches why."""
        if self.ended is not None:
            return
        self.ended = why  # first of all: whoever is told below may post again at once, and must find it gone
        self.environment.deadlines.arm(self, None)
        waiting, self._mailbox = self._mailbox, []
        self.environment.fail(waiting + self._deciding(), fault_of_end(self.game_id, why))
        self.feed.end(self.game_id, why)
        self.environment.registry.left(self.game_id)
        self._settled()

    def thaw(self) -> None:
        """The node may speak again: go on with what waited."""
        self._go()

    def give_back(self) -> bool:
        """Give back what is owed, though nothing else is to be decided. False: not just now."""
        if free := self._may_turn():
            self._go(giving_back=True)
        return free

    def sleep(self) -> None:
        """Leave memory, with nothing in hand and nobody watching: a new reading of the row goes on."""
        self.ended = "moved"
        self.environment.deadlines.arm(self, None)

    # --- leaving for another node --------------------------------------------------------------------------------

    def stand_still(self) -> asyncio.Future[bool]:
        """Take no more turns, and finish the one in hand; commands wait. False: it is in trouble, or ended.

        What its players are owed by this node they get from this node.
        """
        if self._still is None:
            self.environment.ledger.look()
            self._go(giving_back=True)
            self._still = asyncio.get_running_loop().create_future()
        self._settled()
        return self._still

    def go_on(self) -> None:
        """Take turns again: it was not handed over."""
        if self._still is not None:
            self._still.cancel()
            self._still = None
        self._go()

    def packed(self) -> Handed:
        """All that its next owner needs, at the epoch it will have there. Only while it stands still."""
        return packed(self.environment, self.at, self.row_version, self._snapshot_seq, self._stored_version)

    def doubt(self) -> None:
        """Whether it is still this node's is not known: read the store. Unless that, or a commit, is on its way."""
        self._still = None
        if self._turn is None and not self._recovery.under_way:
            self._recovery.find_out()

    # --- turns ---------------------------------------------------------------------------------------------------

    def _go(self, *, giving_back: bool = False) -> None:
        """Take turns until one needs a commit or nothing is left to do. For what is owed alone only if ``giving_back``:
        a commit that takes long must not have all that wait for it commit again, which would take as long.
        """
        self.environment.registry.unsettled(self)
        while self._may_turn() and (self.work_waits() or (giving_back and self.owed())):
            giving_back = False
            turn = self._take_turn()
            if turn.bodies:
                self._commit(turn)
            else:
                self._conclude(turn)
        self._settled()

    def _may_turn(self) -> bool:
        free = self._turn is None and not self._recovery.under_way and self.ended is None and self._still is None
        return free and self.environment.lease.trusted and not self._held_up()

    def _held_up(self) -> bool:
        # While the store is away what is owed still grows: it is given back in one piece, before all that waits. Only a
        # command is worth a try at it, and not more than the committer has in hand.
        environment = self.environment
        if away := environment.ledger.store_away and (environment.committer.busy or not self._mailbox) and self.owed():
            environment.serving.ask_store(self)
        return away

    def work_waits(self) -> bool:
        """Whether there is something to decide."""
        return bool(self._mailbox) or self._due or self.owed_time.gap is not None

    def owed(self) -> bool:
        """Whether its players are owed so much that it is given back."""
        return self.owed_time.owing() and (self.rings_at is not None or self._due)

    def _take_turn(self) -> Turn[S, C, E]:
        environment = self.environment
        now, total = environment.ledger.look(), environment.ledger.total
        turn: Turn[S, C, E] = Turn(
            environment.machine, environment.codec, self.at, now, self._term, environment.entries_max, total
        )
        if self.owed_time.gap is not None or self.owed():
            turn.credit(self.owed_time.due(now))
        due, self._due = self._due, False  # taken, not looked at: a ring during the commit is for the next turn
        if turn.crash is None:
            taken = turn.take(self._mailbox[:TURN_MAX])
            del self._mailbox[:taken]
        if due and turn.crash is None:
            # Not on old evidence: if the store went away just before, time has stopped, and this deadline has not come.
            if environment.ledger.evident:
                turn.deadline(watched=bool(self.feed), here=self.feed.audience.here())
            else:
                turn.deadline_refused = True
                environment.serving.ask_store(self)
        return turn

    def _commit(self, turn: Turn[S, C, E]) -> None:
        try:
            part = turn.part(
                self.game_id, self.environment.owner, self._epoch, self._snapshot_seq, self._stored_version
            )
        except Exception as bug:  # noqa: BLE001 - the actor's edge
            self._crash(bug, turn.envelopes())
            return
        # Until the committer calls, this turn may be true or not: nothing is decided on it, and nobody is told.
        self._turn, self._part = turn, part
        self.environment.committer.submit(part, self._committed)

    def _committed(self, outcome: Outcome[Verdict]) -> None:
        """The committer's answer, as far as it can be known at once."""
        turn, part = self._turn, self._part
        assert turn is not None and part is not None, "one part at a time"
        match outcome:
            case Verdict.COMMITTED if not self.environment.lease.trusted:
                self._recovery.find_out()  # true, but perhaps long past: find out whose the session is now
            case Verdict.COMMITTED:
                self._turn = self._part = None
                self._publish(turn, part)
            case Verdict.FENCED:
                self.environment.counts.fenced.inc()
                _log.warning("part_fenced", game_id=self.game_id, epoch=part.epoch, after_seq=part.after_seq)
                self._recovery.find_out()
            case OutcomeUnknown():
                self._recovery.find_out()
            case Broken(bug):
                self._crash(bug, turn.envelopes())
            case Busy():
                self._turn = self._part = None
                self._arm_again()
                self.environment.fail(turn.envelopes(), outcome)
                self._conclude_crash(turn)
        self._go()

    def _publish(self, turn: Turn[S, C, E], part: Part) -> None:
        """The turn has become true: say so."""
        # The state, then the answers, then the feed: who hears an answer and looks, or joins, sees what it was about.
        self.at = turn.at
        if part.snapshot is not None:
            self._snapshot_seq = part.last_seq
            self._stored_version = part.snapshot.state_version
        self._conclude(turn)
        if self.feed:
            self.feed.tell(Committed(self.game_id, turn.base.state, turn.at.state, turn.entries, turn.term))
        self.environment.moved(self.game_id, turn.base, turn.at)
        if not self.open and self.ended is None:
            self.environment.registry.left(self.game_id)

    def _conclude(self, turn: Turn[S, C, E]) -> None:
        """Answer what needs no commit, or has it."""
        if turn.crash is None or turn.entries:
            self.owed_time.settle(turn)
        # Before a crash is concluded: what was decided up to it holds, whatever befalls the session next.
        acknowledged, refused = turn.answer()
        self.environment.counts.acknowledged.inc(acknowledged)
        self.environment.counts.refused.inc(refused)
        self.environment.counts.deadlines.inc(turn.fired)
        if turn.deadline_refused:
            self._arm_again()
        else:
            self._arm()
        self._conclude_crash(turn)

    def _arm(self) -> None:
        due = self.environment.machine.deadline(self.at.state) if self.open and self.ended is None else None
        self.environment.deadlines.arm(self, None if due is None else due[0])

    def _arm_again(self) -> None:
        """The deadline's own command came to nothing: try it again in a while."""
        if self.open and self.ended is None:
            self.environment.deadlines.arm(self, self.environment.clock.now() + int(DEADLINE_CHECK_S * 1000))

    # --- recovery (Recoverable) ----------------------------------------------------------------------------------

    @property
    def wanted(self) -> bool:
        return self.ended is None

    @property
    def part(self) -> Part | None:
        """What it has at the committer."""
        return self._part

    def mended(self, stored: Stored, at: Position[S], *, landed: bool) -> None:
        """Go on from what is stored."""
        environment, turn, part = self.environment, self._turn, self._part
        environment.setbacks.compare(Published(self.row_version, self.at.terms), at)
        self._turn = self._part = None
        self._epoch, self.owed_time.gap = stored.epoch, environment.gap(stored)
        self._snapshot_seq, self._stored_version = stored.snapshot_seq, stored.state_version
        # What this memory took for written may be gone: numbers from here on may have been used, so the term is new.
        self._term = environment.new_mark()
        # Its own by the mark, not by the number alone: in a store that went back another may have written as far.
        if turn is not None and part is not None and landed and mark_at(at.terms, part.last_seq) == turn.term:
            self._publish(turn, part)
        else:
            if (at.seq, at.terms) != (self.at.seq, self.at.terms):
                # Written behind this memory's back, or gone (and another came just as far): who watches asks anew.
                self.feed.end(self.game_id, "moved")
            self.at = at
            # To the head: they came before what has waited since. Who was answered meanwhile is left out.
            self._mailbox[:0] = [one for one in (turn.envelopes() if turn else []) if not one.answer.done()]
            self._arm()
        if stored.game_status == "quarantined":
            self.end("quarantined")
        elif stored.owner != environment.owner:
            self.end("moved")
        self._go()

    def vanished(self) -> None:
        """Run no more: whoever waits or watches asks again, and hears that there is no such game."""
        self.environment.setbacks.compare(Published(self.row_version, self.at.terms), None)
        self.end("moved")

    def put_away(self, reason: str) -> None:
        """Run no more: it is out of service."""
        waiting, self._mailbox = self._mailbox, []
        self.environment.fail(waiting, Quarantined(self.game_id, reason))
        self.end("quarantined")

    def _conclude_crash(self, turn: Turn[S, C, E]) -> None:
        if turn.crash is not None:
            envelope, bug = turn.crash
            self._crash(bug, [envelope] if envelope is not None else [])

    def _crash(self, bug: Exception, deciding: Sequence[Envelope[C]]) -> None:
        self.environment.fail(deciding, Crashed(self.game_id))
        self.environment.crashed(self.game_id, self.at, bug)
        if self.open and self.ended is None:
            self._recovery.crash(bug)

    def _deciding(self) -> list[Envelope[C]]:
        return [] if self._turn is None else self._turn.envelopes()

    def _calm(self) -> bool:
        return not (self._mailbox or self._turn is not None or self._recovery.under_way)

    def _settled(self) -> None:
        if self.ended is not None or self._calm():
            self.environment.registry.settled(self)
        if self._still is not None and not self._still.done() and (self._turn is None or self._recovery.under_way):
            whole = self.open and self.ended is None and not self._recovery.under_way and self.owed_time.gap is None
            self._still.set_result(whole)
