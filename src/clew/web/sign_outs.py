"""Who is signed out somewhere is signed out everywhere: open sockets too, on every node."""

import asyncio
from asyncio import TaskGroup
from collections.abc import Awaitable, Callable

from clew.gateway.departures import PEOPLE_CHANNEL, SIGN_OUTS_FEED
from clew.people.user import Recognized
from clew.sessions.ids import UserId
from clew.sessions.ports.bus import Bus
from clew.sessions.ports.clock import Clock
from clew.web.bounds import SIGNED_IN_AGAIN_S, SIGNED_IN_LOOK_S
from clew.web.sockets import Sockets
from clew.wire.errors import ApiError


class SignOuts:
    """Closes sockets whose token proves nothing any more: at once on the node that was asked, soon on all others.

    What is said over the bus is only whose tokens to look at. It may be lost, and a socket may open just then: so all
    are looked at every minute.
    """

    def __init__(
        self, sockets: Sockets, recognize: Callable[[str], Awaitable[Recognized | None]], bus: Bus | None, clock: Clock
    ) -> None:
        self._sockets = sockets
        self._recognize = recognize
        self._bus = bus
        self._clock = clock
        self._whose = set[UserId]()
        self._asked = asyncio.Event()

    def signed_out(self, user_id: UserId, token: str) -> None:
        """This token was revoked."""
        self._sockets.sign_out(token)
        self._tell(user_id)

    def signed_out_everywhere(self, user_id: UserId, but: str | None = None) -> None:
        """All of somebody's tokens were, but for the one named."""
        self._sockets.sign_out_user(user_id, but)
        self._tell(user_id)

    async def run(self) -> None:
        """Until cancelled."""
        place = None if self._bus is None else await self._bus.follow(PEOPLE_CHANNEL, self._heard, self._missed)
        try:
            async with TaskGroup() as tasks:
                tasks.create_task(self._look_when_asked(), name="sign-outs that were heard of")
                tasks.create_task(self._ask_again_and_again(), name="sign-outs that nobody told")
        finally:
            if place is not None:
                await place.close()

    async def _look_when_asked(self) -> None:
        while True:
            await self._asked.wait()
            self._asked.clear()
            while self._whose:
                await self._look(self._whose.pop())

    async def _ask_again_and_again(self) -> None:
        while True:
            await self._clock.sleep(SIGNED_IN_LOOK_S)
            self._missed()

    async def _look(self, user_id: UserId) -> None:
        for token in self._sockets.tokens(user_id):
            while True:
                try:
                    if await self._recognize(token) is None:
                        self._sockets.sign_out(token)
                    break
                except ApiError:
                    await self._clock.sleep(SIGNED_IN_AGAIN_S)  # the store is away: nobody is signed out meanwhile

    def _tell(self, user_id: UserId) -> None:
        if self._bus is not None:
            self._bus.publish(PEOPLE_CHANNEL, SIGN_OUTS_FEED, user_id.encode())

    def _heard(self, feed: str, body: bytes) -> None:
        if feed == SIGN_OUTS_FEED:
            self._whose.add(UserId(body.decode("ascii", "replace")))
            self._asked.set()

    def _missed(self) -> None:
        self._whose.update(self._sockets.users())
        self._asked.set()
