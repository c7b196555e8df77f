"""Who comes in: signed in or not, from our own page or another's, and how often."""

from collections.abc import Awaitable, Callable, Mapping

from clew.gateway.service import Service
from clew.people.caps import Origin
from clew.people.user import User
from clew.web import bounds
from clew.web.cookie import note_renewal
from clew.web.guessing import Guessing
from clew.web.limits import Bucket, Limiter, Rate, Unlimited, client_key, take
from clew.web.networks import Networks
from clew.web.paths import PathKind
from clew.web.requests import Credentials, Scope, address, is_own_page
from clew.web.settings import WebSettings
from clew.wire.errors import ApiError

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Doorkeeper:
    """Asked once for every request and every new socket. Raises ``ApiError`` for those who may not come in."""

    def __init__(
        self,
        service: Service,
        settings: WebSettings,
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        def limiter(rate: Rate) -> Limiter:
            return Limiter(rate if settings.rate_limits else None, monotonic, bounds.CLIENTS_REMEMBERED_MAX)

        self._service = service
        self._public_url = settings.public_url
        self._cookie = settings.cookie
        self._has_limits = settings.rate_limits
        self._networks = Networks(settings.network_limits)
        self._sleep = sleep
        self._held = 0
        self._addresses: Mapping[PathKind, Limiter] = {
            PathKind.CALL: limiter(bounds.ADDRESS_RATE),
            PathKind.PAGE: limiter(bounds.PAGE_RATE),
            PathKind.HEALTH: limiter(bounds.HEALTH_RATE),
            PathKind.METRICS: limiter(bounds.METRICS_RATE),
        }
        self._users = limiter(bounds.USER_RATE)
        self._guests = limiter(bounds.GUEST_RATE)
        self._sign_ups = limiter(bounds.SIGN_UP_RATE)
        self._guessing = Guessing(limiter)
        self._games = limiter(bounds.GAME_RATE)
        self._pushes = limiter(bounds.PUSH_RATE)
        self._messages = limiter(bounds.MESSAGE_RATE)

    async def admit_address(self, scope: Scope, kind: PathKind) -> None:
        """One more request or new socket from this address. Raises ``too_often``, after a while: see ``_hold``."""
        bucket = self._of_address(self._addresses[kind], scope)
        if not bucket.take_nowait():
            await self._hold()
            raise ApiError("too_often", retry_after_s=bucket.wait_s())

    def admit_guest(self, scope: Scope) -> None:
        """One more guest from this address. Raises ``too_often``."""
        take(self._of_address(self._guests, scope))

    def admit_sign_up(self, scope: Scope) -> None:
        """One more user name is chosen from this address. Raises ``too_often``."""
        take(self._of_address(self._sign_ups, scope))

    def admit_log_in(self, scope: Scope, username: str) -> None:
        """One more try to log in. Raises ``too_often``, which says nothing of the name."""
        self._guessing.admit_log_in(self.origin(scope), username)

    def admit_recovery(self, scope: Scope, username: str) -> None:
        """One more try of a recovery code. Raises ``too_often``, which says nothing of the name."""
        self._guessing.admit_recovery(self.origin(scope), username)

    def admit_passkey(self, scope: Scope) -> None:
        """One more passkey is asked for, or shown. Raises ``too_often``."""
        self._guessing.admit_passkey(self.origin(scope))

    def admit_proof(self, user: User) -> None:
        """One more try of somebody who is signed in to say their password. Raises ``too_often``."""
        self._guessing.admit_proof(user)

    def note_log_in(self, scope: Scope, username: str) -> None:
        """It was the right password."""
        self._guessing.note_log_in(self.origin(scope), username)

    def admit_game(self, user: User) -> None:
        """One more game of this person. Raises ``too_often``."""
        take(self._games.bucket(user.user_id))

    def admit_push(self, user: User) -> None:
        """One more place where this person wants to be told. Raises ``too_often``."""
        take(self._pushes.bucket(user.user_id))

    def admit_page(self, scope: Scope) -> None:
        """Raises ``wrong_origin`` for what another site's page made a browser send."""
        if not is_own_page(scope, self._public_url):
            raise ApiError("wrong_origin")

    async def admit_user(self, scope: Scope) -> tuple[User, str]:
        """Who asks, and their token. Raises ``not_signed_in``, ``wrong_origin``, ``too_often``."""
        found = await self.find_user(scope)
        if found is None:
            raise ApiError("not_signed_in")
        return found

    async def find_user(self, scope: Scope) -> tuple[User, str] | None:
        """Who asks, and their token; None for somebody without a name. Raises ``wrong_origin``, ``too_often``."""
        credentials = Credentials(scope, self._cookie)
        if credentials.token is None:
            return None
        if credentials.is_cookie and scope.get("method", "GET") not in _SAFE_METHODS:
            self.admit_page(scope)
        recognized = await self._service.recognize(credentials.token)
        if recognized is None:
            return None
        # Whose allowance it is is known only now; what the look itself costs was taken from the address before.
        if recognized.renewed and credentials.is_cookie:
            note_renewal(scope, credentials.token)
        take(self._users.bucket(recognized.user.user_id))
        return recognized.user, credentials.token

    def address_limit(self, scope: Scope) -> tuple[str, int | None]:
        """By what this request's address is counted, and how many sockets it may have; None: as many as it likes."""
        found = address(scope)
        times = self._networks.times(found) if self._has_limits else None
        return client_key(found), None if times is None else times * bounds.CONNECTIONS_PER_ADDRESS_MAX

    async def _hold(self) -> None:
        """An answer costs more than a question: who asks on and on is kept waiting, which costs nothing."""
        if self._held >= bounds.TOO_OFTEN_HELD_MAX:
            return
        self._held += 1
        try:
            # Its client may go meanwhile, and this be cancelled: whatever happens it is counted out again.
            await self._sleep(bounds.TOO_OFTEN_HELD_S)
        finally:
            self._held -= 1

    def messages_of(self, user: User) -> Bucket | Unlimited:
        """What this person may still send, shared by all their sockets."""
        return self._messages.bucket(user.user_id)

    def origin(self, scope: Scope) -> Origin:
        """Where this request comes from, as caps count it."""
        found = address(scope)
        return Origin(client_key(found), self._networks.times(found))

    def _of_address(self, limiter: Limiter, scope: Scope) -> Bucket | Unlimited:
        found = address(scope)
        return limiter.bucket(client_key(found), self._networks.times(found))
