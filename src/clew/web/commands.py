"""What one client says: its commands decided one after another, while what else it sends goes past them."""

import asyncio
from asyncio import TaskGroup
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from clew.gateway.outbox import Outbox
from clew.gateway.ports import PlayerMessage
from clew.gateway.service import ViewerConnection
from clew.web.bounds import COMMANDS_WAITING_MAX
from clew.web.sockets import Sockets

SLOW_S: Final = 0.25
"""A command that waits so long for its answer is read past: pings behind it wait no longer than that."""


class Commands:
    """In the order they came, each after the answer to the one before.

    Whoever reads a command has it decided and then reads on: no other task is woken for it, which would be a twentieth
    of what a command costs. Only behind a slow one another task goes on reading, and what it reads is queued for the
    one that waits. Once the socket closes, what was not begun is dropped: nobody was told anything, and its client
    sends it again.
    """

    __slots__ = (
        "_began_s", "_connection", "_in_hand", "_loop", "_outbox", "_overtaken", "_receive", "_room", "_sockets",
        "_tasks", "_timer", "_waiting",
    )  # fmt: skip

    def __init__(
        self,
        connection: ViewerConnection,
        receive: Callable[[], Awaitable[bytes | str | None]],
        outbox: Outbox,
        sockets: Sockets,
        tasks: TaskGroup,
    ) -> None:
        """``receive`` gives the client's next message; None: there will be none. Who overtakes runs among ``tasks``."""
        self._connection = connection
        self._receive = receive
        self._outbox = outbox
        self._sockets = sockets
        self._tasks = tasks
        self._loop = asyncio.get_running_loop()
        self._waiting = deque[PlayerMessage]()
        self._room: asyncio.Future[None] | None = None
        self._in_hand = False
        self._overtaken = False
        self._began_s = 0.0
        self._timer: asyncio.TimerHandle | None = None

    async def read(self) -> None:
        """Until the client goes or is sent away; or until others read, and all that they left is decided."""
        while self._outbox.close_code is None:
            message = await self._receive()
            if message is None:
                return
            command = self._connection.take(message)
            if command is None:
                continue
            # Looked at anew after each wait: another reader may have filled the room, or the one in hand be done.
            while self._in_hand and len(self._waiting) >= COMMANDS_WAITING_MAX:
                self._room = self._loop.create_future()
                await self._room
            if self._in_hand:
                self._waiting.append(command)
            elif not await self._decide(command):
                return

    async def _decide(self, command: PlayerMessage) -> bool:
        """False where another task has begun to read meanwhile."""
        self._in_hand = True
        self._sockets.take_in_hand()
        try:
            self._began_s = self._loop.time()
            if self._timer is None:
                self._timer = self._loop.call_later(SLOW_S, self._look)
            await self._connection.post(command)
            while self._waiting and self._outbox.close_code is None:
                following = self._waiting.popleft()
                self._make_room()
                await self._connection.post(following)
            self._waiting.clear()
            self._make_room()
        finally:
            # No await between the last look at what waits and this: what is read from here on is decided by its reader.
            self._in_hand = False
            self._sockets.put_down()
        overtaken, self._overtaken = self._overtaken, False
        return not overtaken

    def _look(self) -> None:
        """One timer for as long as commands come, instead of one for each."""
        self._timer = None
        if not self._in_hand or self._overtaken or self._outbox.close_code is not None:
            return
        left_s = self._began_s + SLOW_S - self._loop.time()
        if left_s > 0:
            self._timer = self._loop.call_later(left_s, self._look)
            return
        self._overtaken = True
        self._tasks.create_task(self.read(), name="socket reader")

    def _make_room(self) -> None:
        room, self._room = self._room, None
        if room is not None and not room.done():
            room.set_result(None)
