"""The commands of one socket: decided one after another, while what else its client sends goes past them."""

import asyncio
from asyncio import Task, TaskGroup
from collections import deque

from minotaur.play.calls import PlayCommand
from minotaur.play.outbox import Outbox
from minotaur.play.service import Connection
from minotaur.web.bounds import COMMANDS_WAITING_MAX
from minotaur.web.sockets import Sockets


class Commands:
    """In the order they came, each after the answer to the one before. There is a task only while there are any: a
    socket that says nothing costs none.

    Once the socket closes, what was not begun is dropped: nobody was told anything, and its client sends it again.
    """

    __slots__ = ("_connection", "_outbox", "_room", "_sockets", "_tasks", "_waiting", "_worker")

    def __init__(self, connection: Connection, outbox: Outbox, sockets: Sockets, tasks: TaskGroup) -> None:
        self._connection = connection
        self._outbox = outbox
        self._sockets = sockets
        self._tasks = tasks
        self._waiting = deque[PlayCommand]()
        self._worker: Task[None] | None = None
        self._room: asyncio.Future[None] | None = None

    async def put(self, command: PlayCommand) -> None:
        """Have it decided in its turn; waits while ``COMMANDS_WAITING_MAX`` wait. One caller at a time."""
        if len(self._waiting) >= COMMANDS_WAITING_MAX:
            self._room = asyncio.get_running_loop().create_future()
            await self._room
        self._waiting.append(command)
        if self._worker is None:
            self._sockets.take_in_hand()
            self._worker = self._tasks.create_task(self._work(), name="socket commands")
            self._worker.add_done_callback(self._done)

    async def _work(self) -> None:
        try:
            while self._waiting and self._outbox.close_code is None:
                command = self._waiting.popleft()
                self._make_room()
                await self._connection.post(command)
        finally:
            # Here and not when the task is seen to be done: what is put in between would wait for ever.
            self._worker = None
            self._waiting.clear()
            self._make_room()

    def _done(self, _: Task[None]) -> None:
        """Also where it was cancelled before it began."""
        self._sockets.put_down()

    def _make_room(self) -> None:
        room, self._room = self._room, None
        if room is not None and not room.done():
            room.set_result(None)
