"""What one session's players are owed of the time in which they could not be heard."""

from __future__ import annotations

from typing import Generic, NamedTuple, Protocol, TypeVar

from clew.sessions.bounds import CREDIT_MIN_MS
from clew.sessions.ids import Millis
from clew.sessions.metrics import KindMetrics
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.game import Cause, Machine
from clew.sessions.session.turn import Turn
from clew.sessions.time.ledger import Ledger
from clew.sessions.time.unserved import Credit, Unserved, credits_of, owes, too_far_ahead

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class Gap(NamedTuple):
    """A time without an owner, told by this node's clock; it lasts until it is given back.

    As a ``clock_step``: what the clock that set the deadline was behind this one (ahead of it: ``since`` is to come).
    With another cause that is ``clocks_ms``.
    """

    since: Millis
    why: Cause
    clocks_ms: int = 0


def gap_of_clocks(theirs: Millis, mine: Millis) -> Gap | None:
    """Between two nodes' clocks, where nothing else is given back; 0: theirs was not told. A little is the way here."""
    return Gap(theirs, "clock_step") if theirs and abs(mine - theirs) >= CREDIT_MIN_MS else None


class Clocks(Protocol[S, C, E]):
    """What owed time asks of its node: the clocks, and the machine whose deadlines they tell."""

    @property
    def machine(self) -> Machine[S, C, E]: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def counts(self) -> KindMetrics: ...


class OwedTime(Generic[S, C, E]):
    """Keeps what one session owes its players. ``paid``: the node's ledger as of what is settled, given back or not."""

    __slots__ = ("_node", "gap", "paid")

    def __init__(self, node: Clocks[S, C, E]) -> None:
        self._node = node
        self.gap: Gap | None = None
        self.paid: Unserved = node.ledger.total

    def begin(self, state: S, gap: Gap | None, paid: Unserved | None) -> None:
        """Begin with a reading of the store, or a node's message. ``paid``: as it stood when it left this memory."""
        self.paid = paid or self.paid
        machine, now = self._node.machine, self._node.clock.now()
        due, span_ms = machine.deadline(state), machine.span(state)
        wrong = due is not None and span_ms is not None and too_far_ahead(due[0], span_ms, now)
        self.gap = gap or (Gap(now, "clock_step") if wrong else None)

    def owing(self) -> bool:
        """Whether there is something to give back, if there is a deadline to move."""
        total = self._node.ledger.total
        return self.paid is not total and owes(self.paid, total)

    def due(self, now: Millis) -> list[Credit]:
        """Gives what is owed at this time. A time without an owner holds all that its node was unserved in."""
        if self.gap is None:
            return credits_of(self.paid, self._node.ledger.total)
        since, why, clocks_ms = self.gap
        if why == "clock_step":
            return [Credit(max(-now, now - since), why)]
        is_step = abs(clocks_ms) >= CREDIT_MIN_MS
        # At least one: on a clock that has not moved there would be nothing to write, and only a commit takes the time
        # without an owner from the row. Whoever claims it next would give all of it back once more.
        unowned = Credit(max(1, now - since + (0 if is_step else clocks_ms)), why)
        return [unowned, Credit(max(-now, clocks_ms), "clock_step")] if is_step else [unowned]

    def settle(self, turn: Turn[S, C, E]) -> None:
        """Take a turn that has become true as paid."""
        for credit in turn.credits:
            self._node.counts.credited(credit.why)
        if turn.credits or turn.begins_round or self.gap is not None:
            self.paid = turn.unserved
        self.gap = None
