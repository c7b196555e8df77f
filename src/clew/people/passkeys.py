"""People who come in by a passkey: opened with one, come in by one, more of them and fewer."""

from dataclasses import dataclass
from typing import Final

import structlog

from clew.people.accounts import Accounts
from clew.people.authenticators import ALGORITHMS, Authenticators, Party, bytes_of, text_of
from clew.people.challenges import CHALLENGE_MS, Challenges
from clew.people.ids import IdSource
from clew.people.logins import SIGN_INS_MAX, Logins, SignedUp, refuse
from clew.people.names import folded
from clew.people.recovery import written
from clew.people.user import User
from clew.sessions.ids import UserId
from clew.sessions.ports.account_book import AccountBook, AccountRecord, Newcomer, Revoking
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.passkey_book import PasskeyAdding, PasskeyBook, PasskeyRecord, PasskeyRemoval
from clew.sessions.records import UserRecord
from clew.wire.credentials import KnownPasskey, NewPasskey
from clew.wire.errors import ApiError
from clew.wire.faults import faults_as_errors
from clew.wire.http import NAME_CHARS_MAX
from clew.wire.passkeys import (
    PASSKEYS_MAX,
    AddPasskey,
    KnownPasskeyOptions,
    NewPasskeyOptions,
    OpenAccountByPasskey,
    PasskeyAlgorithm,
    PasskeyKind,
    PasskeyNamed,
    PasskeyParty,
    PasskeyUser,
)

COMING_IN: Final = "coming in"
"""What a challenge is for that anybody may answer who has a passkey: it says who they are."""

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.people")


@dataclass(frozen=True, slots=True)
class PasskeyAsked:
    """Where an answer was asked for: by whom, and the ticket that the browser brought back."""

    party: Party
    ticket: str | None


class Passkeys:
    """Every verb raises ``ApiError``, ``busy`` among it; what an authenticator said that does not fit is
    ``passkey_refused``, whatever is wrong with it.
    """

    def __init__(
        self,
        accounts: Accounts,
        logins: Logins,
        accounts_kept: AccountBook,
        passkeys_kept: PasskeyBook,
        clock: Clock,
        ids: IdSource,
        secret_key: bytes,
    ) -> None:
        self._accounts = accounts
        self._logins = logins
        self._accounts_kept = accounts_kept
        self._kept = passkeys_kept
        self._clock = clock
        self._ids = ids
        self._challenges = Challenges(clock, ids, secret_key)
        self._authenticators = Authenticators()

    def ask_known(self, party: Party) -> tuple[str, KnownPasskeyOptions]:
        """For somebody, whoever it is, to say who they are."""
        ticket, challenge = self._challenges.ask(COMING_IN)
        return ticket, KnownPasskeyOptions(text_of(challenge), party.id, CHALLENGE_MS)

    async def log_in(self, said: KnownPasskey, asked: PasskeyAsked) -> tuple[User, str]:
        """One more way in."""
        account = await self._proven(said, asked)
        token, sign_in = self._accounts.new_way_in(account.user_id)
        with faults_as_errors():
            is_in = await self._accounts_kept.log_in(account, sign_in, SIGN_INS_MAX)
        if not is_in:
            raise ApiError("passkey_refused")  # the account changed meanwhile: perhaps it has this passkey no more
        return await self._logins.user(account.user_id), token

    async def proven(self, user: User, said: KnownPasskey, asked: PasskeyAsked) -> AccountRecord:
        """Their account, as it was when they proved by a passkey that it is theirs."""
        account = await self._proven(said, asked)
        if account.user_id != user.user_id:
            raise ApiError("passkey_refused")
        return account

    async def ask_new_account(self, guest: User | None, username: str, party: Party) -> tuple[str, NewPasskeyOptions]:
        """Raises ``bad_name``, ``name_taken``, ``has_account``."""
        name = await self._logins.free_username(guest, username)
        user_id = self._ids.user_id() if guest is None else guest.user_id
        ticket, challenge = self._challenges.ask(_opening(name), user_id)
        shown = name if guest is None else guest.display_name
        return ticket, _options(party, challenge, user_id, name, shown, ())

    async def open_account(
        self, guest: tuple[User, str] | None, wanted: OpenAccountByPasskey, asked: PasskeyAsked
    ) -> SignedUp:
        """As ``Logins.open_account``, with no password."""
        shown = None if wanted.display_name is None else self._accounts.clean_name(wanted.display_name)
        name = await self._logins.free_username(None if guest is None else guest[0], wanted.username)
        whom, passkey = await self._made(_opening(name), wanted.passkey, wanted.passkey_name, asked)
        if guest is not None and guest[0].user_id != whom:
            raise ApiError("passkey_refused")  # asked for as somebody else, before they went out or came in
        code, now = self._ids.recovery_code(), self._clock.now()
        if guest is None:
            user = User(whom, shown or self._accounts.clean_name(name[:NAME_CHARS_MAX]))
            token, sign_in = self._accounts.new_way_in(whom)
            newcomer = Newcomer(UserRecord(whom, user.display_name, now), sign_in)
        else:
            (user, token), newcomer = guest, None
        account = AccountRecord(
            whom, name, folded(name), "", self._logins.code_hash(whom, code), wanted.email or None, now
        )
        with faults_as_errors():
            opened = await self._kept.open_account(account, newcomer, passkey)
        if opened is None:
            raise ApiError("passkey_refused")
        refuse(opened)
        if guest is not None and shown is not None:
            user = await self._logins.renamed_if_possible(user, shown)
        return SignedUp(user, token, name, written(code))

    async def ask_more(self, account: AccountRecord, display_name: str, party: Party) -> tuple[str, NewPasskeyOptions]:
        """For somebody who has just proved that the account is theirs. Raises ``too_many_passkeys``."""
        mine = await self.of(account.user_id)
        if len(mine) >= PASSKEYS_MAX:
            raise ApiError("too_many_passkeys")
        ticket, challenge = self._challenges.ask(_adding(account), account.user_id)
        there = tuple(PasskeyNamed(text_of(each.credential_id)) for each in mine)
        return ticket, _options(party, challenge, account.user_id, account.username, display_name, there)

    async def add(self, user: User, wanted: AddPasskey, asked: PasskeyAsked) -> PasskeyRecord:
        """Raises ``too_many_passkeys``, ``no_account``."""
        account = await self._account(user)
        _, passkey = await self._made(_adding(account), wanted.passkey, wanted.name, asked)
        with faults_as_errors():
            added = await self._kept.add(account, passkey, PASSKEYS_MAX)
        match added:
            case PasskeyAdding.ADDED:
                return passkey
            case PasskeyAdding.TOO_MANY:
                raise ApiError("too_many_passkeys")
            case PasskeyAdding.TAKEN | PasskeyAdding.OUTDATED:
                raise ApiError("passkey_refused")

    async def remove(self, user: User, token: str, credential: str) -> None:
        """All other ways in end. Raises ``no_such_passkey``, ``last_way_in``, ``no_account``."""
        account = await self._account(user)
        with faults_as_errors():
            removed = await self._kept.remove(
                account, bytes_of(credential) or b"", Revoking(self._accounts.hash_of(token))
            )
        match removed:
            case PasskeyRemoval.REMOVED:
                return
            case PasskeyRemoval.NONE_SUCH:
                raise ApiError("no_such_passkey")
            case PasskeyRemoval.LAST:
                raise ApiError("last_way_in")
            case PasskeyRemoval.OUTDATED:
                raise ApiError("busy", retry_after_s=1.0)

    async def rename(self, user: User, credential: str, name: str) -> PasskeyRecord:
        """It is called so from now on, and no less good. Raises ``no_such_passkey``, ``no_account``."""
        account = await self._account(user)
        with faults_as_errors():
            renamed = await self._kept.rename(account.user_id, bytes_of(credential) or b"", _called(name))
        if renamed is None:
            raise ApiError("no_such_passkey")
        return renamed

    async def of(self, user_id: UserId) -> tuple[PasskeyRecord, ...]:
        """Theirs, the oldest first."""
        with faults_as_errors():
            return await self._kept.passkeys_of(user_id)

    async def _account(self, user: User) -> AccountRecord:
        account = await self._logins.account_of(user.user_id)
        if account is None:
            raise ApiError("no_account")
        return account

    async def _proven(self, said: KnownPasskey, asked: PasskeyAsked) -> AccountRecord:
        opened = self._challenges.open(COMING_IN, asked.ticket)
        credential_id = bytes_of(said.id)
        if opened is None or credential_id is None:
            raise ApiError("passkey_refused")
        answered, _ = opened
        with faults_as_errors():
            passkey = await self._kept.passkey(credential_id)
        if passkey is None or bytes_of(said.user_handle) != passkey.user_id.encode():
            raise ApiError("passkey_refused")
        # Read before it is verified: what is decided on this version is not done once the passkey has gone.
        account = await self._logins.account_of(passkey.user_id)
        count = await self._authenticators.count(said, asked.party, answered.challenge, passkey.public_key)
        if account is None or count is None:
            raise ApiError("passkey_refused")
        if (count or passkey.sign_count) and count <= passkey.sign_count:
            log.warning("passkey_counts_back", user_id=passkey.user_id, told=count, last=passkey.sign_count)
            raise ApiError("passkey_refused")
        with faults_as_errors():
            is_first = await self._kept.use(passkey, count, answered)
        if not is_first:
            raise ApiError("passkey_refused")
        return account

    async def _made(
        self, what_for: str, said: NewPasskey, name: str, asked: PasskeyAsked
    ) -> tuple[UserId, PasskeyRecord]:
        opened = self._challenges.open(what_for, asked.ticket)
        if opened is None:
            raise ApiError("passkey_refused")
        answered, whom = opened
        made = await self._authenticators.made(said, asked.party, answered.challenge)
        if made is None:
            raise ApiError("passkey_refused")
        with faults_as_errors():
            is_first = await self._kept.answer(answered)
        if not is_first:
            raise ApiError("passkey_refused")
        user_id = UserId(whom)
        return user_id, PasskeyRecord(
            made.credential_id, user_id, _called(name), made.public_key, made.sign_count, self._clock.now()
        )


def _called(name: str) -> str:
    return " ".join(name.split()) or "Passkey"


def _opening(username: str) -> str:
    return f"opening {folded(username)}"


def _adding(account: AccountRecord) -> str:
    """By its version: whatever else changes the account ends it."""
    return f"adding {account.user_id} {account.version}"


def _options(
    party: Party, challenge: bytes, user_id: UserId, name: str, shown: str, there: tuple[PasskeyNamed, ...]
) -> NewPasskeyOptions:
    return NewPasskeyOptions(
        text_of(challenge),
        PasskeyParty(party.id, party.name),
        PasskeyUser(text_of(user_id.encode()), name, shown),
        tuple(PasskeyAlgorithm(each) for each in ALGORITHMS),
        CHALLENGE_MS,
        there,
        PasskeyKind(),
    )
