"""By which keys people prove who they are, and which challenges were answered: the port and what crosses it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from clew.sessions.ids import Millis, UserId
from clew.sessions.ports.account_book import AccountOpening, AccountRecord, Newcomer, Revoking


@dataclass(frozen=True, slots=True)
class PasskeyRecord:
    """A key of an account. ``credential_id`` is one passkey's alone, and ``public_key`` is a COSE key.

    ``sign_count`` is the last that it told, 0 of those that do not count. ``used_at``: when somebody last came in, or
    proved something, by it.
    """

    credential_id: bytes
    user_id: UserId
    name: str
    public_key: bytes
    sign_count: int
    inserted_at: Millis
    used_at: Millis | None = None


@dataclass(frozen=True, slots=True)
class AnsweredChallenge:
    """A challenge that was answered at ``at``, and counts for nothing after ``expires_at`` in any case."""

    challenge: bytes
    at: Millis
    expires_at: Millis


class PasskeyAdding(Enum):
    """What became of a new passkey."""

    ADDED = "added"
    TAKEN = "taken"
    """It is somebody's already."""
    TOO_MANY = "too_many"
    OUTDATED = "outdated"
    """The account was changed or deleted meanwhile."""


class PasskeyRemoval(Enum):
    """What became of a passkey that was to go."""

    REMOVED = "removed"
    NONE_SUCH = "none_such"
    LAST = "last"
    """Nothing else would prove whose account it is: it stays."""
    OUTDATED = "outdated"
    """The account was changed or deleted meanwhile."""


class PasskeyBook(Protocol):
    """Remembers passkeys.

    Kept by every adapter (tests/clew/contracts/test_passkey_book.py), beside what ``Store`` says of all its parts:

    * each call is one transaction: all of it has survived a power cut once it returns, or nothing was done;
    * of two who answer one challenge, wherever, exactly one is heard;
    * a passkey that comes or goes makes a new version of its account (``AccountBook``): what was decided on the one
      before is not done any more;
    * a passkey goes with its account, at the latest.
    """

    async def passkey(self, credential_id: bytes) -> PasskeyRecord | None: ...

    async def passkeys_of(self, user_id: UserId) -> tuple[PasskeyRecord, ...]:
        """The oldest first."""
        ...

    async def open_account(
        self, account: AccountRecord, newcomer: Newcomer | None, passkey: PasskeyRecord
    ) -> AccountOpening | None:
        """``AccountBook.open_account``, with a passkey from the beginning. None: that is somebody's already."""
        ...

    async def add(self, account: AccountRecord, passkey: PasskeyRecord, keep_max: int) -> PasskeyAdding:
        """One more, while the account is of that version still and has fewer than ``keep_max``."""
        ...

    async def remove(self, account: AccountRecord, credential_id: bytes, revoking: Revoking) -> PasskeyRemoval:
        """One fewer, while the account is of that version still; and ways in end."""
        ...

    async def rename(self, user_id: UserId, credential_id: bytes, name: str) -> PasskeyRecord | None:
        """It is called so from now on; no new version of the account, for the same people come in by the same keys.

        None: they have no such passkey (any more).
        """
        ...

    async def answer(self, answered: AnsweredChallenge) -> bool:
        """Remember a challenge as answered, until it expires at least. False: it was before."""
        ...

    async def use(self, before: PasskeyRecord, sign_count: int, answered: AnsweredChallenge) -> bool:
        """``answer`` by a passkey that tells this ``sign_count`` now.

        False, and nothing was done, where the challenge was answered before, or the passkey is gone or has counted on.
        """
        ...
