"""What nodes of one process ask each other in a test: a number travels, and what it stands for is done on arrival.

The bus may lose the question and its answer like any other, and no game needs words of its own for them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import count
from typing import Generic, TypeAlias, TypeVar

from clew.sessions.host import Host
from clew.sessions.ids import GameId

S = TypeVar("S")
C = TypeVar("C")
E = TypeVar("E")

Errand: TypeAlias = Callable[[Host[S, C, E]], Awaitable[object]]
"""Raises what a host does; that travels as a fault does."""


class Errands(Generic[S, C, E]):
    """All that were given in a fleet, and what became of those that were done."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._given: dict[bytes, Errand[S, C, E]] = {}
        self._done: dict[bytes, object] = {}

    def question(self, errand: Errand[S, C, E]) -> bytes:
        """The question that has this done by whichever node it reaches."""
        number = str(next(self._numbers)).encode()
        self._given[number] = errand
        return number

    def read(self, answer: bytes) -> object:
        """What came of it at the node that answered."""
        return self._done.pop(answer)

    async def do(self, question: bytes, host: Host[S, C, E]) -> bytes:
        """Do it here."""
        self._done[question] = await self._given[question](host)
        return question


class ErrandHandler(Generic[S, C, E]):
    """Keeps ``NodeHandler`` for one node: does whatever others ask of it."""

    def __init__(self, errands: Errands[S, C, E], host: Host[S, C, E]) -> None:
        self._errands = errands
        self._host = host
        self.asked = 0
        """How many questions others put to it about a session."""

    async def answer(self, game_id: GameId, body: bytes) -> bytes:
        del game_id
        self.asked += 1
        return await self._errands.do(body, self._host)

    async def hear(self, body: bytes) -> bytes:
        return await self._errands.do(body, self._host)
