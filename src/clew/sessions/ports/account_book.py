"""Who has an account, and what proves that it is theirs: the port and what crosses it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from clew.sessions.ids import Millis, UserId
from clew.sessions.records import SignIn, UserRecord


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """A user's account. ``name_key`` is the user name as it is compared, and is one account's alone.

    ``password_hash`` is in the hash's own format, with its parameters and salt; empty where there is no password. Of
    the recovery code a keyed hash is kept. ``version`` is 1 at first and one more with each change.
    """

    user_id: UserId
    username: str
    name_key: str
    password_hash: str
    recovery_hash: bytes
    email: str | None
    inserted_at: Millis
    version: int = 1


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who was not a user before, and a first way in."""

    user: UserRecord
    sign_in: SignIn


class AccountOpening(Enum):
    """What became of a new account."""

    OPENED = "opened"
    NAME_TAKEN = "name_taken"
    HAS_ONE = "has_one"
    NOBODY = "nobody"
    """There is no such user (any more)."""


class Change(Enum):
    """What became of a change."""

    CHANGED = "changed"
    NAME_TAKEN = "name_taken"
    OUTDATED = "outdated"
    """It was changed or deleted meanwhile: nothing of this was done. Read it again."""


@dataclass(frozen=True, slots=True)
class Revoking:
    """All of the user's ways in end, but for the one named; with ``passkeys`` those that they could make others by."""

    but: bytes | None = None
    passkeys: bool = False


class AccountBook(Protocol):
    """Remembers accounts.

    Kept by every adapter (tests/clew/contracts/test_account_book.py), beside what ``Store`` says of all its parts:

    * each call is one transaction: all of it has survived a power cut once it returns, or nothing was done;
    * of two who want one user name, or open two accounts for one user, exactly one gets it;
    * of two changes, or log-ins, that were decided on one version, at most the first *change* is done; a log-in that
      comes after it is not.
    """

    async def open_account(self, account: AccountRecord, newcomer: Newcomer | None) -> AccountOpening:
        """An account for a user who is there, or for a ``newcomer``, who is added with it."""
        ...

    async def account_named(self, name_key: str) -> AccountRecord | None: ...

    async def account_of(self, user_id: UserId) -> AccountRecord | None: ...

    async def log_in(self, account: AccountRecord, sign_in: SignIn, keep_max: int) -> bool:
        """One more way in, while the account is of that version still: False, and none, if it is not.

        Of more than ``keep_max`` those that expire soonest end.
        """
        ...

    async def change(
        self,
        before: AccountRecord,
        after: AccountRecord,
        revoking: Revoking | None = None,
        sign_in: SignIn | None = None,
    ) -> Change:
        """Put ``after`` in the place of that version of it, end ways in, and add one, in this order."""
        ...

    async def rename(self, user_id: UserId, display_name: str) -> bool:
        """False: there is no such user."""
        ...

    async def revoke_all(self, user_id: UserId) -> None:
        """End all of the user's ways in."""
        ...

    async def delete_user(self, user_id: UserId, account: AccountRecord | None) -> bool:
        """Delete a user with all ways in, passkeys and their account, if that is of this version; None: they have none.

        False, and nothing was deleted, where that is not so. Seats stay where they are, and say the user's id.
        """
        ...
