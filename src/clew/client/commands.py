"""The commands that were given and not answered yet, and what can become of them."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

Message = dict[str, Any]

PASSING: Final = frozenset({"busy", "not_ready", "too_often"})
"""Refusals that say nothing about the command itself: the same one may be sent again."""


@dataclass(frozen=True)
class CommandAccepted:
    """A promise: the command is on disk and will not be taken back. ``seq`` is what the player was told by then."""

    command_id: str
    seq: int


@dataclass(frozen=True)
class CommandRefused:
    """The command changed nothing."""

    command_id: str
    error: Message

    @property
    def code(self) -> str:
        return str(self.error["code"])


@dataclass(frozen=True)
class CommandSuperseded:
    """The game it was given for is no more: an older one was put back."""

    command_id: str


Answer = CommandAccepted | CommandRefused | CommandSuperseded


class Pending:
    """By id and in order. A command is here from when it is given until it is answered, over any number of sockets."""

    def __init__(self) -> None:
        self._messages: dict[str, Message] = {}
        self._waiting: dict[str, asyncio.Future[Answer]] = {}

    def messages(self) -> list[Message]:
        return list(self._messages.values())

    def add(self, message: Message) -> None:
        self._messages.setdefault(message["command_id"], message)

    def answer_to(self, command_id: str) -> "asyncio.Future[Answer]":
        """Settles with the next answer to this command."""
        return self._waiting.setdefault(command_id, asyncio.get_running_loop().create_future())

    def answered(self, answer: Answer) -> None:
        """An answer to what is not pending is an echo and means nothing."""
        self._messages.pop(answer.command_id, None)
        future = self._waiting.pop(answer.command_id, None)
        if future is not None and not future.done():
            future.set_result(answer)

    def forget(self) -> None:
        for command_id in list(self._messages):
            self.answered(CommandSuperseded(command_id))

    def abandon(self, fault: Exception) -> None:
        """There will be no answers any more: whoever waits for one is told so."""
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(fault)
        self._waiting.clear()
