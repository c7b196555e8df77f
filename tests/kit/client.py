"""People who write down all that they are told: the client of ``clew.client``, watched.

A ``Person`` makes the HTTP calls of one guest; a ``Player`` is that guest's place in one game. It remembers everything
it was ever shown, as it came, so that checkers can hold the server to it later.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Self

from clew.client.bounds import CALL_TIMEOUT_S
from clew.client.connection import Connection
from clew.client.doors import Doors
from clew.client.faults import Closed
from clew.client.guest import Guest
from tests.kit.record import Message, Record

SUBPROTOCOL = "minotaur.v1"
RECONNECT_DELAY_S = 0.05
ASK_AGAIN_AFTER_S = 2.0


class Person(Guest):
    """One guest and the HTTP calls made as them."""

    @classmethod
    async def guest(cls, doors: str | Doors, display_name: str) -> Self:
        return await cls.sign_in(doors, display_name)


class Player(Connection):
    """One seat (or one spectator) as its sockets see it. It comes back at once, whatever the server asks."""

    def __init__(
        self,
        person: Person,
        join_code: str,
        player_id: str | None,
        on_message: Callable[[Message], None] | None = None,
        after_command: int = 0,
    ) -> None:
        super().__init__(
            person,
            join_code,
            subprotocol=SUBPROTOCOL,
            delay_s=lambda _attempt, _asked_s: RECONNECT_DELAY_S,
        )
        self.asks_time = False
        self.person = person
        self.player_id = player_id
        self.record = Record()
        self.connections = 0
        self.drops = 0
        """Connections that this player broke on purpose."""
        self.closed_with = list[int]()
        """The codes that the server closed connections with."""
        self.closed_at_s = list[float]()
        """When, on the loop's clock."""
        self._news = asyncio.Event()
        self._on_message = on_message
        self._command_number = after_command

    # -- commands ---------------------------------------------------------------------------------------------------

    def new_command_id(self) -> str:
        self._command_number += 1
        return f"{self.player_id}-{self._command_number:06d}"

    async def plan(self, round_number: int, steps: list[Message]) -> str:
        return await self.command({"type": "plan", "round": round_number, "steps": steps})

    async def ready(self, round_number: int) -> str:
        return await self.command({"type": "ready", "round": round_number})

    async def resign(self) -> str:
        return await self.command({"type": "resign"})

    async def command(self, message: Message) -> str:
        """Send a command under a new id, now or at the next connection; gives the id."""
        command_id = self.new_command_id()
        self.record.sent[command_id] = {**message, "command_id": command_id}
        await self.send_again(command_id)
        return command_id

    async def send_again(self, command_id: str) -> None:
        """Send a known command once more, byte for byte; nothing happens while there is no connection."""
        if self.is_open:
            with suppress(Closed):
                await self.post(self.record.sent[command_id])

    # -- the connection ---------------------------------------------------------------------------------------------

    async def stay(self, after: int | None = None) -> None:
        """Keep a socket open until cancelled or told for good to go, resuming each time where the record ends."""
        if self.seq is None:
            self.seq = after
        await super().stay()

    async def wait_until(self, condition: Callable[[Record], bool], within_s: float) -> None:
        """Returns when the condition holds; raises ``TimeoutError`` when it did not in time."""
        async with asyncio.timeout(within_s):
            while not condition(self.record):
                self._news.clear()
                await self._news.wait()

    async def wait_answer(self, command_id: str, within_s: float = CALL_TIMEOUT_S) -> Message:
        await self.wait_until(lambda record: record.is_answered(command_id), within_s)
        return self.record.answer(command_id)

    async def ask_again(self, command_ids: list[str], within_s: float = CALL_TIMEOUT_S) -> None:
        """Send decided commands once more and wait until each was answered again; the record notes another answer."""
        before = dict(self.record.answers)
        async with asyncio.timeout(within_s):
            while left := [c for c in command_ids if self.record.answers[c] == before[c]]:
                for command_id in left:
                    await self.send_again(command_id)
                with suppress(TimeoutError):
                    await self.wait_until(
                        lambda record: all(record.answers[c] > before[c] for c in command_ids), ASK_AGAIN_AFTER_S
                    )

    async def drop(self) -> None:
        """Break the connection as a bad network does; ``stay`` opens the next one."""
        if self.is_open:
            self.drops += 1
            await self.break_off()

    @property
    def is_connected(self) -> bool:
        return self.is_open

    # -- what is watched --------------------------------------------------------------------------------------------

    def opened(self, after: int | None) -> None:
        self.record.begin_connection(after)
        for command_id in self.record.unanswered():
            self._pending.add(self.record.sent[command_id])

    def heard(self, message: Message) -> None:
        if message["type"] == "welcome":
            self.connections += 1
        self.record.take(message)
        if self._on_message is not None:
            self._on_message(message)
        self._news.set()

    def lost(self, code: int) -> None:
        self.closed_with.append(code)
        self.closed_at_s.append(asyncio.get_running_loop().time())

    def forget(self) -> None:
        """This one asks in the other game, too: what becomes of it is the server's to say."""
