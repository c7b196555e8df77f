"""One turn of a session: commands decided one after another on a state that is not yet true.

No I/O here. What a turn found becomes true, and is told, when its part has been committed; otherwise it is dropped.
"""

from __future__ import annotations

from asyncio import Future
from collections.abc import Collection, Sequence
from typing import Generic, TypeVar

from clew.sessions.bounds import ENTRIES_PER_ROUND_MAX, SNAPSHOT_ENTRIES_MAX
from clew.sessions.faults import Fault
from clew.sessions.ids import GameId, Millis, Owner, PlayerId, UserId
from clew.sessions.ports.game import Codec, Machine
from clew.sessions.records import OPEN, Accepted, Acknowledged, Answer, Entry, Part, Receipt, Refused
from clew.sessions.session.answers import TOO_MANY_CHANGES, recall, remember, spent, without
from clew.sessions.session.bodies import Position, write_entry, write_snapshot
from clew.sessions.session.terms import begun
from clew.sessions.time.unserved import NOTHING_UNSERVED, Credit, Unserved, within_reason

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")


class Envelope(Generic[C]):
    """A command on its way, and the place where its caller waits for the answer."""

    __slots__ = ("answer", "command", "posted_at_s", "receipt")

    def __init__(self, command: C, receipt: Receipt | None, answer: Future[Answer], posted_at_s: float) -> None:
        self.command = command
        self.receipt = receipt
        self.answer = answer
        self.posted_at_s = posted_at_s

    def settle(self, answer: Answer) -> None:
        """Answer a caller who may have gone."""
        if not self.answer.done():
            self.answer.set_result(answer)

    def fail(self, fault: Fault) -> None:
        if not self.answer.done():
            self.answer.set_exception(fault)


class Turn(Generic[S, C, E]):
    """What a batch of commands does, if committed: from ``base`` to ``at`` by ``entries``, with these ``replies``.

    A command that raised ends the turn: ``crash`` holds it (None for the session's own) and the error. What came before
    it stands; what comes after it is left for a later turn.
    """

    __slots__ = (
        "at",
        "base",
        "bodies",
        "codec",
        "crash",
        "credits",
        "deadline_refused",
        "entries",
        "entries_max",
        "fired",
        "machine",
        "now",
        "replies",
        "term",
        "unserved",
    )

    def __init__(
        self,
        machine: Machine[S, C, E],
        codec: Codec[S, E],
        base: Position[S],
        now: Millis,
        term: str,
        entries_max: int = ENTRIES_PER_ROUND_MAX,
        unserved: Unserved = NOTHING_UNSERVED,
    ) -> None:
        """``term`` is the mark of what is written here, which begins with the first entry that is; ``unserved``: what
        the node's ledger has come to at ``now``.
        """
        self.machine = machine
        self.codec = codec
        self.base = base
        self.at = base
        self.now = now
        self.term = term
        self.entries_max = entries_max
        self.entries: list[Entry[E]] = []
        self.bodies: list[bytes] = []
        self.replies: list[tuple[Envelope[C], Answer]] = []
        self.crash: tuple[Envelope[C] | None, Exception] | None = None
        self.credits: list[Credit] = []
        self.unserved = unserved
        self.deadline_refused = False
        self.fired = False
        """Whether the session's deadline has come, and what it brings was decided."""

    def credit(self, given: Sequence[Credit]) -> None:
        """Give the players back time in which they could not be heard; before anything else, commands and deadlines.

        The deadline then lies neither so near that what waited outside can't come in, nor further ahead than it was
        when it was set.
        """
        try:
            due = self.machine.deadline(self.at.state)
            span = self.machine.span(self.at.state)
            if due is not None and span is not None:
                given = within_reason(given, due[0], span, self.now)
            for credit in given:
                self._credit(credit)
        except Exception as bug:  # noqa: BLE001 - the actor's edge
            self.crash = (None, bug)

    def deadline(self, *, watched: bool = False, here: Collection[UserId] | None = None) -> None:
        """Post the session's own command, if its time has come. ``watched``, ``here``: as ``attended`` has it."""
        try:
            due = self.machine.deadline(self.at.state)
            if due is not None and due[0] <= self.now:
                command = self.machine.attended(self.at.state, due[1], watched, here)
                decided = self.machine.decide(self.at.state, command, self.now)
                self.deadline_refused = isinstance(decided, Refused) or not decided.events
                if isinstance(decided, Accepted):
                    self._journal(decided, None)
                self.fired = not self.deadline_refused
        except Exception as bug:  # noqa: BLE001 - the actor's edge
            self.crash = (None, bug)

    def take(self, envelopes: Sequence[Envelope[C]]) -> int:
        """Decide these; gives how many were taken, one that crashed included."""
        for taken, envelope in enumerate(envelopes, 1):
            try:
                self.replies.append((envelope, self.decide(envelope.command, envelope.receipt)))
            except Exception as bug:  # noqa: BLE001 - the actor's edge
                self.crash = (envelope, bug)
                return taken
        return len(envelopes)

    def answer(self) -> tuple[int, int]:
        """Settle what was decided; gives how many were acknowledged, and how many refused."""
        for envelope, answer in self.replies:
            envelope.settle(answer)
        acknowledged = sum(isinstance(answer, Acknowledged) for _, answer in self.replies)
        return acknowledged, len(self.replies) - acknowledged

    @property
    def begins_round(self) -> bool:
        """Whether there is a new deadline, told by this turn's clock: nothing of before is owed to it."""
        return self.at.summary.latest_round != self.base.summary.latest_round

    def envelopes(self) -> list[Envelope[C]]:
        """All that were taken, in order."""
        crashed = [self.crash[0]] if self.crash is not None and self.crash[0] is not None else []
        return [envelope for envelope, _ in self.replies] + crashed

    def part(self, game_id: GameId, owner: Owner, epoch: int, snapshot_seq: int, stored_version: int) -> Part:
        """Gives what to commit; with a snapshot where the listings change or the journal since the last has grown long.

        And where the stored one is of an older version: the row must say that only newer releases read what follows.
        """
        at = self.at
        due = self.machine.deadline(at.state)
        outdated = stored_version != self.codec.state_version
        relisted = at.summary is not self.base.summary and at.summary != self.base.summary
        wanted = outdated or relisted or at.seq - snapshot_seq >= SNAPSHOT_ENTRIES_MAX
        return Part(
            game_id,
            owner,
            epoch,
            self.base.seq,
            tuple(self.bodies),
            self.now,
            None if due is None else due[0],
            write_snapshot(self.codec, at) if wanted else None,
            at.summary.given_up_since(self.base.summary) if relisted else (),
        )

    def decide(self, command: C, receipt: Receipt | None) -> Answer:
        """Decide one command and journal it in this turn. Raises what the machine raises; then nothing was added."""
        at = self.at
        known = None if receipt is None else recall(at.answers, receipt)
        if known is not None:
            return known
        is_spent = receipt is not None and self._has_spent(receipt.player_id)
        if is_spent and self.machine.says_anew(command):
            return TOO_MANY_CHANGES
        decided = self.machine.decide(at.state, command, self.now)
        if at.summary.game_status not in OPEN:
            assert isinstance(decided, Refused), "a closed session refuses everything"
            return decided
        if receipt is not None and not any(player.player_id == receipt.player_id for player in at.summary.players):
            receipt = None
        if isinstance(decided, Refused):
            if receipt is not None and not is_spent:
                self._journal(decided, receipt)
            return decided
        if not decided.events and (receipt is None or is_spent):
            return Acknowledged(at.seq)
        self._journal(decided, receipt)
        return Acknowledged(at.seq + 1)

    def _has_spent(self, player_id: PlayerId) -> bool:
        """Whether this player has added to the journal what one may in a round; where none is on, nobody has a say."""
        at = self.at
        return (
            at.summary.game_status in OPEN and spent(at.answers, player_id, at.summary.latest_round) >= self.entries_max
        )

    def _credit(self, credit: Credit) -> None:
        command = self.machine.credit(self.at.state, credit.ms, credit.why)
        if command is not None:
            decided = self.machine.decide(self.at.state, command, self.now)
            assert isinstance(decided, Accepted), "a credit is never refused"
            self._journal(decided, None)
            self.credits.append(credit)

    def _journal(self, decided: Accepted[E] | Refused, receipt: Receipt | None) -> None:
        """Add one command's entries: all of them, or, where something raises, none."""
        at, terms = self.at, self.at.terms
        accepted = isinstance(decided, Accepted)
        events, refusal = (decided.events, None) if accepted else ((), decided)
        entries = [Entry(at.seq + nth, self.now, event) for nth, event in enumerate(events, 1)]
        begins = self.term if terms[-1].mark != self.term else None
        if receipt is not None or (begins is not None and entries):
            first = entries[0].event if entries else None
            entries[:1] = [Entry(at.seq + 1, self.now, first, receipt, refusal, begins)]
            terms = terms if begins is None else begun(terms, at.seq + 1, begins)
        state = self._arrived(decided) if accepted and events else at.state
        bodies = [write_entry(self.codec, entry) for entry in entries]
        summary = self.machine.summary(state) if accepted and events and decided.relists else at.summary
        answers = (
            at.answers
            if receipt is None
            else remember(at.answers, receipt, at.seq + 1, refusal, at.summary.latest_round)
        )
        if summary is not at.summary:
            answers = without(answers, summary.given_up_since(at.summary))
        self.at = Position(state, at.seq + len(entries), summary, answers, terms)
        self.entries += entries
        self.bodies += bodies

    def _arrived(self, accepted: Accepted[E]) -> S:
        at = self.at
        if accepted.arrive is not None:
            # Taken at its word: whoever reads the journal evolves, and must come to the very same state.
            return accepted.arrive(at.seq + 1)
        state = at.state
        for seq, event in enumerate(accepted.events, at.seq + 1):
            state = self.machine.evolve(state, event, seq)
        return state
