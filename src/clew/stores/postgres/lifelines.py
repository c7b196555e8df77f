"""Lifelines in PostgreSQL: an advisory lock on a connection of its own, which the server lets go when a process dies.

A kill is seen at once, because the system closes the connection. A machine that vanished without a word is noticed by
the server's keepalives. A watcher believes nothing but what it saw: the lock held by another, then free, then free
still a moment later on the same connection. A server that stops or restarts breaks that connection, and proves nothing.
"""

from __future__ import annotations

import asyncio
from typing import Final

import asyncpg

from clew.sessions.faults import Busy
from clew.sessions.ids import Owner
from clew.stores.bounds import (
    ANSWER_TIMEOUT_S,
    LIFELINE_BEAT_S,
    LIFELINE_CONFIRM_S,
    LIFELINE_LOOK_S,
    LIFELINE_RETRY_S,
    LIFELINE_WAIT_S,
)
from clew.stores.postgres.connections import PgConnection, connect

_KEY: Final = "hashtextextended('minotaur lifeline ' || $1::text, 0)"
_HOLD: Final = f"SELECT pg_advisory_lock({_KEY})"
_LOOK: Final = f"SELECT pg_try_advisory_lock_shared({_KEY})"
_WAIT: Final = f"SELECT pg_advisory_lock_shared({_KEY})"
_LET_GO: Final = f"SELECT pg_advisory_unlock_shared({_KEY})"
"""Who holds takes the lock alone, who watches with others: no watcher takes another for the holder."""

_BOUNDED: Final = {"lock_timeout": f"{round(LIFELINE_WAIT_S * 1000)}", "statement_timeout": "0"}
_BROKEN: Final = (
    Busy,
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what the driver says when a connection ends in an unlucky moment
)


class PostgresLifelines:
    """``Lifelines`` in the database of the nodes, or any other that all of them reach."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def hold(self, owner: Owner) -> None:
        while True:
            try:
                connection = await connect(self._url, "lifeline", **_BOUNDED)
                try:
                    await _hold_until_broken(connection, owner)
                finally:
                    connection.terminate()
            except _BROKEN:
                await _pause(LIFELINE_RETRY_S)

    async def wait_cut(self, owner: Owner) -> None:
        while True:
            try:
                connection = await connect(self._url, "watch", **_BOUNDED)
                try:
                    return await _watch(connection, owner)
                finally:
                    connection.terminate()
            except _BROKEN:
                await _pause(LIFELINE_RETRY_S)


async def _hold_until_broken(connection: PgConnection, owner: Owner) -> None:
    """Take the lock, which one's own lost connection may still have for a moment, and see that the server is there."""
    broken = asyncio.Event()
    connection.add_termination_listener(lambda _: broken.set())
    await _ask(connection, _HOLD, owner)
    while not broken.is_set():
        await _pause(LIFELINE_BEAT_S, broken)
        await _ask(connection, "SELECT $1::text", owner)


async def _watch(connection: PgConnection, owner: Owner) -> None:
    seen_held = False
    while True:
        if not await _is_held(connection, owner):
            if seen_held:
                return
            await _pause(LIFELINE_LOOK_S)
            continue
        seen_held = True
        try:
            await _ask(connection, _WAIT, owner)
        except asyncpg.LockNotAvailableError:
            continue  # held all the while
        await _ask(connection, _LET_GO, owner)
        await _pause(LIFELINE_CONFIRM_S)


async def _is_held(connection: PgConnection, owner: Owner) -> bool:
    got = await _ask(connection, _LOOK, owner)
    if got:
        await _ask(connection, _LET_GO, owner)
    return not got


async def _ask(connection: PgConnection, statement: str, owner: Owner) -> object:
    async with asyncio.timeout(LIFELINE_WAIT_S + ANSWER_TIMEOUT_S):
        ((answer,),) = await connection.fetch(statement, owner)
    return answer


async def _pause(seconds: float, until: asyncio.Event | None = None) -> None:
    """Of the real clock, which is the server's and the network's too."""
    try:
        async with asyncio.timeout(seconds):
            await (until or asyncio.Event()).wait()
    except TimeoutError:
        pass
