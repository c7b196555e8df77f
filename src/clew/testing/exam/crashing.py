"""A crash after any commit loses nothing: of two equal games one is played by a node that is killed after each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from msgspec.structs import replace

from clew.sessions.ids import GameId
from clew.sessions.records import Accepted
from clew.tables.agreeing.agreements import Pause
from clew.tables.agreeing.commands import EndPause
from clew.tables.codec import TableCodec
from clew.tables.commands import AnyCommand, EndRound
from clew.tables.lobby.commands import Join, Start
from clew.tables.log.events_log import EventsLog
from clew.tables.table import AnyTable
from clew.testing.exam.broken import LawBroken
from clew.testing.exam.playing import Draw, Make, Play
from clew.testing.hand_clock import HandClock
from clew.testing.hosting import TableNode, node_of_tables
from clew.testing.memory.store import memory_store
from clew.testing.sitting import BEGAN, Sitting, made, user_at

GAME: Final = GameId("game-1")
ROUNDS: Final = 2
"""Rounds that people play, each of whose commands is a life of a process."""


def a_crash_loses_nothing(make: Make, draw: Draw) -> None:
    """After every commit the process is killed; another one, with nothing but the store, goes on as if it were it."""
    play = Play(make, draw).begin().rounds(ROUNDS)
    asyncio.run(_play_crashing(make, play))


async def _play_crashing(make: Make, play: Play) -> None:
    undisturbed, lives = Sitting(make(), play.wanted, play.seed), _Lives(make)
    async with lives.next() as node:
        await node.make(made(make(), play.wanted, play.seed), GAME)
    people = (play.wanted.seats or 1) - play.wanted.bots
    joins = [Join(user_at(place), f"Player {place}") for place in range(2, people + 1)]
    for command in [*joins, Start(user_at(1)), *(asked.command for asked in play.asked)]:
        table = undisturbed.table
        if isinstance(command, EndPause):
            if table.agreements.pause is not None:
                undisturbed.end_pause()
                await lives.wait_for_the_deadline()
        elif isinstance(command, EndRound):
            if table.status == "active" and table.round == command.round:
                # By the deadline, as a node does it: before nobody's eyes, and with everybody away.
                undisturbed.end_round(away=table.people)
                await lives.wait_for_the_deadline()
        else:
            if isinstance(undisturbed.ask(command), Accepted):
                undisturbed.do(command)
            async with lives.next() as node:
                await node.do(GAME, command)
        await _compare(undisturbed, lives, command)


async def _compare(undisturbed: Sitting, lives: _Lives, command: AnyCommand) -> None:
    """A new process has what the others left, but for the time that was given back while there was none."""
    async with lives.next() as node:
        table = await node.table(GAME)
    codec = TableCodec(undisturbed.game)
    left, expected = (codec.encode_state(_timeless(each)) for each in (table, undisturbed.table))
    if left != expected:
        raise LawBroken(f"after {command} and a crash it is {table.game}, and without one {undisturbed.table.game}")


def _timeless(table: AnyTable) -> AnyTable:
    agreements = table.agreements
    timeless = agreements if agreements.pause is None else replace(agreements, pause=Pause(0, 1))
    return replace(table, round_ends_at=0, agreements=timeless, events_log=EventsLog())


class _Lives:
    """One process after the other on one store, each with a game of its own, none of which leaves in order."""

    def __init__(self, make: Make) -> None:
        self.clock = HandClock(BEGAN)
        self._store = memory_store(self.clock)
        self._make = make

    @asynccontextmanager
    async def next(self) -> AsyncGenerator[TableNode]:
        async with node_of_tables(self._make(), self._store, self.clock) as node:
            yield node

    async def wait_for_the_deadline(self) -> None:
        """In the life of a process, so that its people could be heard all the while."""
        async with self.next() as node:
            table = await node.table(GAME)
            pause = table.agreements.pause
            ends_at = table.round_ends_at if pause is None else pause.until
            await self.clock.advance((ends_at - self.clock.now()) / 1000)
