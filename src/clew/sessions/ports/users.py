"""Who may sit in sessions, how they sign in, and what is forgotten of them: the port and what crosses it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from clew.sessions.ids import Millis, UserId
from clew.sessions.records import SignIn, UserRecord


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who came in, and until when this way in works."""

    user: UserRecord
    expires_at: Millis


@dataclass(frozen=True, slots=True)
class Idle:
    """Which ways in, and which users, nobody comes back by. Times are compared with the store's rows.

    Dead are ways in that expired by ``now``. Those of users without a session go earlier: unused since
    ``unused_since``, which is told by how far they were prolonged (``lasts_ms`` at each use), and only where they were
    prolonged so far at all; their users are older than that too, and have no account.
    """

    now: Millis
    unused_since: Millis
    lasts_ms: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What one page of users came to; ``last`` asks for the next page and is None on the last."""

    last: UserId | None
    users: int
    sign_ins: int


class Users(Protocol):
    """Remembers users and how they sign in. Kept by every adapter (tests/clew/contracts/test_users.py)."""

    async def add_user(self, user: UserRecord, sign_in: SignIn) -> None:
        """Remember a new user and a first way to sign in, both or none."""
        ...

    async def user(self, user_id: UserId) -> UserRecord | None: ...

    async def remembered(self, user_ids: Collection[UserId]) -> frozenset[UserId]:
        """Those of them who are users, of however many. Who was deleted is not, nor who never was."""
        ...

    async def signed_in(self, token_hash: bytes, now: Millis) -> SignedIn | None:
        """Who may sign in with it; None: nobody (never given, revoked or run out)."""
        ...

    async def prolong(self, token_hash: bytes, expires_at: Millis, at_least_ms: int) -> None:
        """Have it work until then, if that is so much longer. One that is gone stays gone."""
        ...

    async def forget_idle(self, idle: Idle, after: UserId | None, limit: int) -> Forgotten:
        """Of so many users, by their ids, those after one: delete their dead ways in, and them, if nothing is left.

        Never a user who has a seat in a session that is kept, whatever became of it, an account, or a way in that works
        and was used. Not promised: that one page is one transaction.
        """
        ...

    async def add_sign_in(self, sign_in: SignIn) -> None: ...

    async def revoke(self, token_hash: bytes) -> None:
        """Nobody signs in with it any more. One that was never given: nothing."""
        ...
