"""What knows who holds a session, and hands it from one to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from clew.sessions.ids import GameId, Kind, Millis, Owner
from clew.sessions.kinds import Reads
from clew.sessions.records import Holding, RowVersion, Stored, Verdict


class Ownership(Protocol):
    """Who holds what: one owner at a time, each at an epoch of its own, by which the journal knows its writes.

    Kept by every adapter (tests/clew/contracts/test_ownership.py, test_transfer.py, test_put_aside.py), beside what
    ``Store`` says of all its parts: whatever changes the owner raises the epoch, so that no write of the one before
    can land any more.
    """

    async def count_claimable(self, owner: Owner, reads: Reads | None) -> Mapping[Kind, int]:
        """How many sessions ``claim`` would find, of each kind of which there are any; None: whoever can read them."""
        ...

    async def claim(self, owner: Owner, reads: Reads, limit: int, only: GameId | None = None) -> Sequence[Stored]:
        """Take over up to ``limit`` open sessions that no living node holds, and give them as they are.

        Of each the owner is set, the epoch raised, and ``unowned_since`` kept or, where the last owner was lost, set to
        the last time it renewed its lease. A node is dead when its lease ran out, it was declared dead, a later life
        of it registered, or it was forgotten; a dead one claims nothing. Lives whose lease ran out and that hold open
        sessions are over from here on, so each finds out with its next beat, before it trusts its memory again. States
        newer than those ``reads`` names, and those of other kinds, stay as they are and where they are.
        Two that claim at the same time get different sessions, and neither waits for the other.
        """
        ...

    async def refence(self, game_id: GameId, owner: Owner, epoch: int) -> bool:
        """Raise the epoch of a session this owner holds at this epoch: no write of the old epoch lands any more."""
        ...

    async def holding(self, game_id: GameId) -> Holding | None:
        """Who holds a session, and whether they live; None: there is no such session."""
        ...

    async def held_by(self, owner: Owner) -> Sequence[GameId]:
        """The open sessions this owner holds that are not asleep."""
        ...

    async def release(self, owner: Owner) -> int:
        """Let go of all this owner holds: unowned since now, where not already longer. Gives how many.

        The epoch is raised, so what the owner still had on its way cannot land and end that time.
        """
        ...

    async def transfer(self, owner: Owner, target: Owner, versions: Sequence[RowVersion]) -> Sequence[Verdict]:
        """Give sessions to another living node that does not drain: all in one transaction, each with its epoch raised.

        ``COMMITTED`` where this owner held the session at that epoch and seq, ``FENCED`` (and nothing changed)
        elsewhere; all are fenced if the target has gone or drains. Its time without an owner, if it had one, goes on.
        """
        ...

    async def put_to_sleep(self, owner: Owner, versions: Sequence[RowVersion]) -> Sequence[Verdict]:
        """Note that these leave the owner's memory though it goes on holding them. Same verdicts as ``transfer``.

        Their times stay told by the owner's clock as it was then, whatever it is set to while they sleep.
        They wake when they are claimed, transferred or committed to, or by ``wake``.
        """
        ...

    async def wake(self, owner: Owner, wake_before: Millis, limit: int) -> Sequence[Stored]:
        """The owner's sleeping sessions whose ``wake_at`` is earlier, soonest first; they are awake from here on."""
        ...

    async def quarantine(self, game_id: GameId, owner: Owner, reason: str, now: Millis) -> None:
        """Put an open session this owner holds out of service. State and journal stay as they are."""
        ...

    async def put_back(self, game_id: GameId, *, only_quarantined: bool = False) -> bool:
        """Take a session from whoever holds it, or out of quarantine, for any node to claim. False: it is closed, or
        ``only_quarantined`` and it is not.

        The epoch is raised, so nobody writes to it any more as if they held it; its time without an owner begins now.
        """
        ...
