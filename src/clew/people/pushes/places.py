"""Where somebody wants to be told: asked for, shown and taken back."""

import hashlib
from base64 import urlsafe_b64decode
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import urlsplit

from clew.people.pushes.bounds import AUTH_BYTES, PUSHES_MAX
from clew.people.pushes.encryption import is_public_key
from clew.people.pushes.outside import NotAllowed, Outside
from clew.people.pushes.vapid import VapidKey, b64url
from clew.people.user import User
from clew.sessions.ports.clock import Clock
from clew.sessions.ports.pushes import Pushes, PushRecord, PushWay
from clew.wire.errors import ApiError
from clew.wire.faults import faults_as_errors

_KEY_BYTES: Final = 16


class Places:
    """Of all people. Every verb raises ``ApiError``."""

    def __init__(
        self,
        pushes: Pushes,
        outside: Outside,
        vapid: VapidKey,
        clock: Clock,
        hash_of: Callable[[str], bytes],
        new_secret: Callable[[], bytes],
    ) -> None:
        """``hash_of`` gives what is kept of a token, ``new_secret`` what messages to a webhook are signed with."""
        self._pushes = pushes
        self._outside = outside
        self._clock = clock
        self._hash_of = hash_of
        self._new_secret = new_secret
        self.public_key: Final = vapid.public

    async def add_browser(self, user: User, token: str, endpoint: str, p256dh: str, auth: str) -> PushRecord:
        """A browser's subscription, as long as this token is good. Raises ``invalid``."""
        self._check(endpoint, "endpoint")
        public_key, secret = _bytes(p256dh, "keys.p256dh"), _bytes(auth, "keys.auth")
        if not is_public_key(public_key):
            raise _invalid("It is no point of the curve P-256.", "keys.p256dh")
        if len(secret) != AUTH_BYTES:
            raise _invalid(f"It has {AUTH_BYTES} bytes.", "keys.auth")
        return await self._put("browser", _key(endpoint), user, token, endpoint, public_key, secret)

    async def add_webhook(self, user: User, token: str, url: str) -> PushRecord:
        """An address of their own, as long as this token is good; the same again has a new secret.

        Raises ``invalid``.
        """
        self._check(url, "url")
        # Theirs alone: whoever names the address of another is told there what is theirs, and takes nothing away.
        return await self._put("webhook", _key(f"{user.user_id} {url}"), user, token, url, b"", self._new_secret())

    async def of(self, user: User) -> Sequence[PushRecord]:
        """All that are good, the oldest first."""
        with faults_as_errors():
            return await self._pushes.pushes_of([user.user_id], self._clock.now())

    async def remove(self, user: User, push_id: str | None) -> None:
        """This one, or all of them. One that is not theirs, or is none: nothing."""
        for push in await self.of(user):
            if push_id in (None, push_id_of(push)):
                with faults_as_errors():
                    await self._pushes.drop_push(user.user_id, push.push_key)

    async def _put(
        self, way: PushWay, key: bytes, user: User, token: str, endpoint: str, public_key: bytes, secret: bytes
    ) -> PushRecord:
        now = self._clock.now()
        push = PushRecord(key, user.user_id, self._hash_of(token), way, endpoint, public_key, secret, now)
        with faults_as_errors():
            await self._pushes.put_push(push, PUSHES_MAX)
        return push

    def _check(self, url: str, path: str) -> None:
        try:
            self._outside.check(url)
        except NotAllowed as wrong:
            raise _invalid(str(wrong), path) from wrong


def push_id_of(push: PushRecord) -> str:
    """How its owner names it; it says nothing of where it leads."""
    return b64url(push.push_key)


def host_of(push: PushRecord) -> str:
    """The part of where it leads that may be shown and logged: the rest of it is as good as a password."""
    return urlsplit(push.endpoint).hostname or ""


def _key(said: str) -> bytes:
    return hashlib.blake2b(said.encode(), digest_size=_KEY_BYTES, person=b"clew push").digest()


def _bytes(text: str, path: str) -> bytes:
    try:
        return urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))
    except ValueError as wrong:
        raise _invalid("It is no base64.", path) from wrong


def _invalid(message: str, path: str) -> ApiError:
    return ApiError("invalid", message, {"path": path})
