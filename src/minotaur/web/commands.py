"""The commands of one socket: decided one after another, while what else its client sends goes past them."""

import asyncio
from asyncio import Task, TaskGroup
from collections import deque

from clew.gateway.outbox import Outbox
from clew.web.bounds import COMMANDS_WAITING_MAX
from clew.web.sockets import Sockets
from minotaur.play.calls import PlayCommand
from minotaur.play.service import Connection


class Commands:
    """In the order they came, each after the answer to the one before. A socket that says nothing costs no task; one
    that does keeps its own until ``close``: a task for each command cost a tenth of what a command costs.

    Once the socket closes, what was not begun is dropped: nobody was told anything, and its client sends it again.
    """

    __slots__ = ("_closed", "_connection", "_idle", "_in_hand", "_outbox", "_room", "_sockets", "_tasks", "_waiting")

    def __init__(self, connection: Connection, outbox: Outbox, sockets: Sockets, tasks: TaskGroup) -> None:
        self._connection = connection
        self._outbox = outbox
        self._sockets = sockets
        self._tasks: TaskGroup | None = tasks
        """Where the worker is to begin; None once it has."""
        self._waiting = deque[PlayCommand]()
        self._idle: asyncio.Future[None] | None = None
        self._room: asyncio.Future[None] | None = None
        self._in_hand = False
        self._closed = False

    async def put(self, command: PlayCommand) -> None:
        """Have it decided in its turn; waits while ``COMMANDS_WAITING_MAX`` wait. One caller at a time."""
        if len(self._waiting) >= COMMANDS_WAITING_MAX:
            self._room = asyncio.get_running_loop().create_future()
            await self._room
        self._waiting.append(command)
        if self._tasks is not None:
            self._take_in_hand()
            self._tasks.create_task(self._work(), name="socket commands").add_done_callback(self._done)
            self._tasks = None
        elif self._idle is not None:
            self._take_in_hand()
            self._wake()

    def close(self) -> None:
        """No more come."""
        self._closed = True
        self._wake()

    async def _work(self) -> None:
        while True:
            while self._waiting and self._outbox.close_code is None:
                command = self._waiting.popleft()
                self._make_room()
                await self._connection.post(command)
            self._waiting.clear()
            self._make_room()
            self._put_down()
            if self._closed:
                return
            # No await between the look at what waits and this: what is put in from here on wakes it.
            self._idle = asyncio.get_running_loop().create_future()
            await self._idle

    def _done(self, _: Task[None]) -> None:
        """Also where it was cancelled, before it began or in a command."""
        self._put_down()

    def _take_in_hand(self) -> None:
        self._in_hand = True
        self._sockets.take_in_hand()

    def _put_down(self) -> None:
        if self._in_hand:
            self._in_hand = False
            self._sockets.put_down()

    def _wake(self) -> None:
        idle, self._idle = self._idle, None
        if idle is not None and not idle.done():
            idle.set_result(None)

    def _make_room(self) -> None:
        room, self._room = self._room, None
        if room is not None and not room.done():
            room.set_result(None)
