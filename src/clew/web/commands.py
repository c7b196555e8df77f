"""What one client says: its commands decided one after another, while what else it sends goes past them."""

from asyncio import TaskGroup
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

from clew.gateway.outbox import Outbox
from clew.gateway.ports import PlayerMessage
from clew.gateway.service import ViewerConnection
from clew.web.bounds import COMMANDS_WAITING_MAX
from clew.web.sockets import Sockets


class Commands:
    """In the order they came, each after the answer to the one before. Keeps ``gateway.connection.Caller``'s promises.

    Heard, decided and answered without a task where the game runs here: waking one twice for each command would cost
    more than deciding it. Once the socket closes, what was not begun is dropped: nobody was told anything, and its
    client sends it again.
    """

    __slots__ = ("_broken", "_connection", "_in_hand", "_outbox", "_read_on", "_sockets", "_tasks", "_waiting")

    def __init__(
        self,
        connection: ViewerConnection,
        outbox: Outbox,
        sockets: Sockets,
        tasks: TaskGroup,
        broken: Callable[[BaseException], None],
    ) -> None:
        """What has to be waited for runs among ``tasks``. ``broken``: called with a bug, closes the outbox.

        While ``tasks`` may not begin any more, the outbox is closed.
        """
        self._broken = broken
        self._connection = connection
        self._outbox = outbox
        self._sockets = sockets
        self._tasks = tasks
        self._waiting = deque[PlayerMessage]()
        self._in_hand = False
        self._read_on: Callable[[], None] = _nothing

    @property
    def wants_more(self) -> bool:
        """False while so many wait that no more is to be heard; then ``read_on`` says when it is again.

        True at the end, when nothing is taken: the client's good-bye is to be heard.
        """
        return len(self._waiting) < COMMANDS_WAITING_MAX or self._outbox.close_code is not None

    def call_to_read_on(self, read_on: Callable[[], None]) -> None:
        """Call this when more is wanted again."""
        self._read_on = read_on

    def hear(self, raw: bytes | str) -> None:
        """The client's next message. Never raises for what a client sends, or for a bug: that ends the socket."""
        if self._outbox.close_code is not None:
            return
        try:
            command = self._connection.take(raw)
            if command is not None:
                self._waiting.append(command)
                if not self._in_hand:
                    self._decide_next()
        except Exception as bug:  # noqa: BLE001 - the socket's edge
            self.failed(bug)

    # --- from the connection (Caller) ----------------------------------------------------------------------------

    def answered(self) -> None:
        self._in_hand = False
        self._sockets.put_down()
        if not self._waiting:
            return
        if self._outbox.close_code is not None:
            self._waiting.clear()
            return
        was_full = not self.wants_more
        self._decide_next()
        if was_full:
            self._read_on()

    def awaits(self, rest: Coroutine[Any, Any, None]) -> None:
        if self._outbox.close_code is None:
            self._tasks.create_task(self._wait_for(rest), name="socket command")
        else:
            rest.close()
            self.answered()

    def failed(self, bug: BaseException) -> None:
        self._broken(bug)
        if self._in_hand:
            self.answered()

    # -------------------------------------------------------------------------------------------------------------

    def _decide_next(self) -> None:
        command = self._waiting.popleft()
        self._in_hand = True
        self._sockets.take_in_hand()
        if not self._connection.post_nowait(command, self):
            self.awaits(self._connection.post(command))

    async def _wait_for(self, rest: Coroutine[Any, Any, None]) -> None:
        try:
            await rest
        except Exception as bug:  # noqa: BLE001 - the socket's edge
            self._broken(bug)
        finally:
            self.answered()


def _nothing() -> None:
    """Nobody reads yet."""
