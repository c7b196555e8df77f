"""People: guests, and the tokens that prove who they are."""

import hmac
from collections.abc import Iterable
from typing import Final

import structlog

from clew.people.departed import SOMEBODY_WHO_LEFT
from clew.people.ids import TOKEN_CHARS_MAX, IdSource
from clew.people.names import bare, clean_name, unnumbered
from clew.people.user import Recognized, User
from clew.sessions.faults import Fault
from clew.sessions.ids import Millis, UserId
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.users import Users
from clew.sessions.records import SignIn, UserRecord
from clew.wire.errors import ApiError
from clew.wire.faults import faults_as_errors

TOKEN_DAYS: Final = 365
"""A token proves nothing once it was not used for so long; a guest who comes back later is a new one."""
DAY_MS: Final = 24 * 60 * 60 * 1000
TOKEN_MS: Final = TOKEN_DAYS * DAY_MS
RENEW_AFTER_MS: Final = DAY_MS
"""A use makes a token last longer at most once in so long: who plays all day costs one write."""

log: Final[structlog.stdlib.BoundLogger] = structlog.get_logger("clew.people")


class Accounts:
    """Guests come in here. Kept of a token is only its HMAC-SHA256 under the server's secret key."""

    def __init__(
        self,
        users: Users,
        clock: Clock,
        ids: IdSource,
        secret_key: bytes,
        titles: Iterable[str] = (),
        gone: Iterable[str] = (),
    ) -> None:
        """``titles``: what the games are called, and so nobody else. ``gone``: how pages say ``SOMEBODY_WHO_LEFT``."""
        self._users = users
        self._clock = clock
        self._ids = ids
        self._secret_key = secret_key
        self._reserved = frozenset(bare(title) for title in titles)
        self._of_departed = frozenset(bare(word) for word in (SOMEBODY_WHO_LEFT, *gone))

    async def create_guest(self, display_name: str) -> tuple[User, str]:
        """A new user and their token. Raises ``ApiError`` ``bad_name``, ``busy``."""
        name = self.clean_name(display_name)
        user_id, now = self._ids.user_id(), self._clock.now()
        token, sign_in = self.new_way_in(user_id)
        with faults_as_errors():
            await self._users.add_user(UserRecord(user_id, name, now), sign_in)
        return User(user_id, name), token

    def clean_name(self, display_name: str) -> str:
        """The name as it is kept and shown. Raises ``bad_name``."""
        name = clean_name(display_name, self._reserved)
        if unnumbered(bare(name)) in self._of_departed:
            raise ApiError(
                "bad_name", "So everybody is called who has gone. Choose a name of your own.", {"path": "display_name"}
            )
        return name

    def new_way_in(self, user_id: UserId) -> tuple[str, SignIn]:
        """A token, and what is to be kept of it."""
        token = self._ids.token()
        return token, SignIn(self.hash_of(token), user_id, self._clock.now() + TOKEN_MS)

    async def recognize(self, token: str) -> Recognized | None:
        """Whose token this is; None for one that was never given, was revoked, or is too old. Raises ``busy``.

        A token in use lasts: it is made to work for ``TOKEN_DAYS`` from now.
        """
        if len(token) > TOKEN_CHARS_MAX:
            return None
        hashed, now = self.hash_of(token), self._clock.now()
        with faults_as_errors():
            signed_in = await self._users.signed_in(hashed, now)
        if signed_in is None:
            return None
        is_due = signed_in.expires_at <= now + TOKEN_MS - RENEW_AFTER_MS
        renewed = is_due and await self._renew(hashed, now)
        return Recognized(User(signed_in.user.user_id, signed_in.user.display_name), renewed)

    async def _renew(self, hashed: bytes, now: Millis) -> bool:
        try:
            await self._users.prolong(hashed, now + TOKEN_MS, RENEW_AFTER_MS)
        except Fault as fault:
            # Who is known is let in all the same: the token works as long as it did, and its next use tries again.
            log.warning("sign_in_not_renewed", fault=repr(fault))
            return False
        return True

    async def revoke(self, token: str) -> None:
        """This token proves nothing any more. Raises ``busy``."""
        with faults_as_errors():
            await self._users.revoke(self.hash_of(token))

    async def known(self, user_ids: Iterable[UserId]) -> frozenset[UserId]:
        """Those of them who have not gone for good. Raises the store's faults."""
        return await self._users.remembered(frozenset(user_ids))

    def hash_of(self, token: str) -> bytes:
        """What is kept of a token."""
        return hmac.digest(self._secret_key, token.encode("utf-8", "surrogatepass"), "sha256")
