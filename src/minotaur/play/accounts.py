"""People: guests, and the tokens that prove who they are."""

import hmac
from typing import Final

from minotaur.play.faults import faults_as_errors
from minotaur.play.ids import TOKEN_CHARS_MAX, IdSource
from minotaur.play.names import clean_name
from minotaur.play.people import User
from minotaur.sessions.ports import Clock, Users
from minotaur.sessions.records import SignIn
from minotaur.sessions.records import User as StoredUser

TOKEN_DAYS: Final = 180
"""A token proves nothing after so long; a guest who comes back later is a new one."""
_DAY_MS: Final = 24 * 60 * 60 * 1000


class Accounts:
    """Guests come in here. Kept of a token is only its HMAC-SHA256 under the server's secret key."""

    def __init__(self, users: Users, clock: Clock, ids: IdSource, secret_key: bytes) -> None:
        self._users = users
        self._clock = clock
        self._ids = ids
        self._secret_key = secret_key

    async def create_guest(self, display_name: str) -> tuple[User, str]:
        """A new user and their token. Raises ``ApiError`` ``bad_name``, ``busy``."""
        name = clean_name(display_name)
        user_id, token, now = self._ids.user_id(), self._ids.token(), self._clock.now()
        sign_in = SignIn(self._hash(token), user_id, now + TOKEN_DAYS * _DAY_MS)
        with faults_as_errors():
            await self._users.add_user(StoredUser(user_id, name, now), sign_in)
        return User(user_id, name), token

    async def user_by_token(self, token: str) -> User | None:
        """Whose token this is; None for one that was never given, was revoked, or is too old. Raises ``busy``."""
        if len(token) > TOKEN_CHARS_MAX:
            return None
        with faults_as_errors():
            user = await self._users.user_by_token(self._hash(token), self._clock.now())
        return None if user is None else User(user.user_id, user.display_name)

    async def revoke(self, token: str) -> None:
        """This token proves nothing any more. Raises ``busy``."""
        with faults_as_errors():
            await self._users.revoke(self._hash(token))

    def _hash(self, token: str) -> bytes:
        return hmac.digest(self._secret_key, token.encode("utf-8", "surrogatepass"), "sha256")
