"""People with accounts: how a guest becomes one, comes in from elsewhere, changes what proves it, and goes."""

import hmac
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from clew.people.accounts import Accounts
from clew.people.ids import IdSource
from clew.people.names import folded
from clew.people.passwords import Passwords
from clew.people.recovery import plain, written
from clew.people.user import User
from clew.people.usernames import clean_username
from clew.sessions.ids import UserId
from clew.sessions.ports.account_book import AccountBook, AccountOpening, AccountRecord, Change, Newcomer, Revoking
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.users import Users
from clew.sessions.records import UserRecord
from clew.wire.accounts import ChangeMe
from clew.wire.errors import ApiError
from clew.wire.faults import faults_as_errors
from clew.wire.http import NAME_CHARS_MAX

SIGN_INS_MAX: Final = 32
"""Ways in of one account; with one more the one that was used longest ago ends."""
TRIES_MAX: Final = 3
"""So often what changed between a look and its use is looked at again; then it is ``busy``."""


class SignedUp(msgspec.Struct, frozen=True):
    """Who has an account now, or has it again; the recovery code as it is shown, this once."""

    user: User
    token: str
    username: str
    recovery_code: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Whether other ways in ended, as they do with a new user name or password; the new recovery code, if any."""

    revoked: bool
    recovery_code: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What is kept of somebody; ``account`` is None for a guest."""

    user: UserRecord
    account: AccountRecord | None


class Logins:
    """Accounts. Every verb raises ``ApiError``, ``busy`` among it.

    Who is told that something does not fit is never told what: the name, the password or the code. Each try costs one
    hash, whatever is wrong.
    """

    def __init__(
        self,
        accounts: Accounts,
        users: Users,
        book: AccountBook,
        clock: Clock,
        ids: IdSource,
        passwords: Passwords,
        secret_key: bytes,
    ) -> None:
        self._accounts = accounts
        self._users = users
        self._book = book
        self._clock = clock
        self._ids = ids
        self._passwords = passwords
        self._secret_key = secret_key

    async def open_account(
        self, guest: tuple[User, str] | None, username: str, password: str, display_name: str | None, email: str | None
    ) -> SignedUp:
        """A guest keeps id, token and games; somebody without a name is a new user. Raises ``bad_name``,
        ``name_taken``, ``has_account``.
        """
        shown = None if display_name is None else self._accounts.clean_name(display_name)
        name = await self.free_username(None if guest is None else guest[0], username)
        hashed, code, now = await self._passwords.hash(password), self._ids.recovery_code(), self._clock.now()
        if guest is None:
            user = User(self._ids.user_id(), shown or self._accounts.clean_name(name[:NAME_CHARS_MAX]))
            token, sign_in = self._accounts.new_way_in(user.user_id)
            newcomer = Newcomer(UserRecord(user.user_id, user.display_name, now), sign_in)
        else:
            user, token = guest
            newcomer = None
        account = AccountRecord(
            user.user_id, name, folded(name), hashed, self.code_hash(user.user_id, code), email or None, now
        )
        with faults_as_errors():
            opened = await self._book.open_account(account, newcomer)
        refuse(opened)
        if guest is not None and shown is not None:
            user = await self.renamed_if_possible(user, shown)
        return SignedUp(user, token, name, written(code))

    async def log_in(self, username: str, password: str) -> tuple[User, str]:
        """One more way in. Raises ``wrong_credentials``."""
        for _ in range(TRIES_MAX):
            account = await self._proven(await self._named(username), password)
            token, sign_in = self._accounts.new_way_in(account.user_id)
            with faults_as_errors():
                is_in = await self._book.log_in(account, sign_in, SIGN_INS_MAX)
            if is_in:
                await self._strengthen(account, password)
                return await self.user(account.user_id), token
        raise ApiError("busy", retry_after_s=1.0)

    async def recover(self, username: str, code: str, password: str) -> SignedUp:
        """A new password and a new code for the old one; every other way in ends, passkeys too.

        Raises ``wrong_credentials``.
        """
        account = await self._named(username)
        hashed = await self._passwords.hash(password)  # for the wrong code too, so that it is answered no sooner
        user_id = UserId("") if account is None else account.user_id
        fits = hmac.compare_digest(
            self.code_hash(user_id, plain(code)), b"" if account is None else account.recovery_hash
        )
        if account is None or not fits:
            raise ApiError("wrong_credentials")
        token, sign_in = self._accounts.new_way_in(user_id)
        fresh = self._ids.recovery_code()
        after = replace(account, password_hash=hashed, recovery_hash=self.code_hash(user_id, fresh))
        with faults_as_errors():
            changed = await self._book.change(account, after, Revoking(passkeys=True), sign_in)
        if changed is not Change.CHANGED:
            # Somebody else was first, with this code or with the password: by now the code may be worth nothing.
            raise ApiError("busy", retry_after_s=1.0)
        return SignedUp(await self.user(user_id), token, account.username, written(fresh))

    async def change(self, user: User, token: str, wanted: ChangeMe, proven: AccountRecord | None = None) -> Changes:
        """What is ``wanted``, on ``proven`` where that was otherwise than by the password.

        Raises ``bad_name``, ``name_taken``, ``no_account``, ``wrong_credentials``.
        """
        shown = None if wanted.display_name is None else self._accounts.clean_name(wanted.display_name)
        username = None if wanted.username is None else clean_username(wanted.username)
        revokes = username is not None or wanted.password is not None
        code = self._ids.recovery_code() if wanted.new_recovery_code else None
        account = None
        if revokes or code is not None or wanted.email is not None:
            account = proven or await self.proven(user, wanted.current_password or "")
        if shown is not None:
            # Before the rest, for this can be asked again: the old password could not.
            await self._renamed(user, shown)
        if account is not None:
            after = replace(
                account,
                recovery_hash=account.recovery_hash if code is None else self.code_hash(user.user_id, code),
                username=username or account.username,
                name_key=folded(username or account.username),
                password_hash=account.password_hash
                if wanted.password is None
                else await self._passwords.hash(wanted.password),
                email=account.email if wanted.email is None else wanted.email or None,
            )
            await self._put(account, after, Revoking(self._accounts.hash_of(token)) if revokes else None)
        return Changes(revokes, None if code is None else written(code))

    async def revoke_all(self, user: User) -> None:
        """All ways in of this person end."""
        with faults_as_errors():
            await self._book.revoke_all(user.user_id)

    async def delete(self, user: User, password: str | None, proven: AccountRecord | None = None) -> None:
        """The user, the account and all ways in. Raises ``wrong_credentials``; for a guest nothing is asked."""
        account = proven or await self.account_of(user.user_id)
        if account is not None and proven is None:
            account = await self._proven(account, password or "")
        with faults_as_errors():
            deleted = await self._book.delete_user(user.user_id, account)
        if not deleted:
            raise ApiError("busy", retry_after_s=1.0)  # changed meanwhile, or gone: then the next try is a stranger's

    async def profile(self, user: User) -> Profile:
        """What is kept of them. Raises ``not_signed_in`` where they went meanwhile."""
        with faults_as_errors():
            found = await self._users.user(user.user_id)
        if found is None:
            raise ApiError("not_signed_in")
        return Profile(found, await self.account_of(user.user_id))

    async def proven(self, user: User, password: str) -> AccountRecord:
        """Their account, as it was when they said its password. Raises ``no_account``, ``wrong_credentials``."""
        account = await self.account_of(user.user_id)
        if account is None:
            raise ApiError("no_account")
        return await self._proven(account, password)

    async def free_username(self, guest: User | None, username: str) -> str:
        """As it is kept, for who has no account and while nobody has it: said early, the store has the last word.

        Raises ``bad_name``, ``name_taken``, ``has_account``.
        """
        name = clean_username(username)
        if guest is not None and await self.account_of(guest.user_id) is not None:
            raise ApiError("has_account")
        if await self._named(name) is not None:
            raise ApiError("name_taken")
        return name

    async def renamed_if_possible(self, user: User, display_name: str) -> User:
        """A recovery code is told this once, whatever becomes of the name."""
        with suppress(ApiError):
            return await self._renamed(user, display_name)
        return user

    async def _proven(self, account: AccountRecord | None, password: str) -> AccountRecord:
        kept = None if account is None else account.password_hash or None  # who has none is told as late as who has
        if not await self._passwords.matches(kept, password) or account is None:
            raise ApiError("wrong_credentials")
        return account

    async def _put(self, before: AccountRecord, after: AccountRecord, revoking: Revoking | None) -> None:
        with faults_as_errors():
            changed = await self._book.change(before, after, revoking)
        match changed:
            case Change.CHANGED:
                return
            case Change.NAME_TAKEN:
                raise ApiError("name_taken")
            case Change.OUTDATED:
                raise ApiError("busy", retry_after_s=1.0)

    async def _strengthen(self, account: AccountRecord, password: str) -> None:
        """Keep it as is kept today. Where somebody changed it meanwhile, theirs stands."""
        if self._passwords.is_outdated(account.password_hash):
            after = replace(account, password_hash=await self._passwords.hash(password))
            with faults_as_errors():
                await self._book.change(account, after)

    async def _renamed(self, user: User, display_name: str) -> User:
        with faults_as_errors():
            is_there = await self._book.rename(user.user_id, display_name)
        if not is_there:
            raise ApiError("not_signed_in")
        return User(user.user_id, display_name)

    async def _named(self, username: str) -> AccountRecord | None:
        with faults_as_errors():
            return await self._book.account_named(folded(username))

    async def account_of(self, user_id: UserId) -> AccountRecord | None:
        with faults_as_errors():
            return await self._book.account_of(user_id)

    async def user(self, user_id: UserId) -> User:
        with faults_as_errors():
            found = await self._users.user(user_id)
        if found is None:
            raise ApiError("wrong_credentials")  # deleted at this moment: then nothing fits any more
        return User(found.user_id, found.display_name)

    def code_hash(self, user_id: UserId, code: str) -> bytes:
        said = f"recovery {user_id} {code}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._secret_key, said, "sha256")


def refuse(opened: AccountOpening) -> None:
    """Raises ``name_taken``, ``has_account``, ``not_signed_in`` for an account that was not opened."""
    match opened:
        case AccountOpening.OPENED:
            return
        case AccountOpening.NAME_TAKEN:
            raise ApiError("name_taken")
        case AccountOpening.HAS_ONE:
            raise ApiError("has_account")
        case AccountOpening.NOBODY:
            raise ApiError("not_signed_in")
