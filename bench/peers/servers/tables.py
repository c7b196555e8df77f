"""Where the plain server keeps its actions: nowhere, in a transaction each, or in one for all that came meanwhile."""

import asyncio
import sqlite3
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final, Protocol

Row = tuple[str, str, int, str]
"""Room, seat, which action of that seat, and its steps."""
Waiting = tuple[Row, asyncio.Future[None]]

INSERT: Final = "INSERT INTO actions VALUES (?, ?, ?, ?)"


class Keeping(Protocol):
    """What is kept of the actions that were answered."""

    async def keep(self, room: str, seat: str, number: int, steps: str) -> None: ...

    def kept(self) -> dict[str, int]:
        """The last action of each seat, by ``room/seat``."""
        ...


class Nowhere:
    """In memory; the plans of the room are all there is."""

    def __init__(self, path: Path) -> None:
        pass

    async def keep(self, room: str, seat: str, number: int, steps: str) -> None:
        pass

    def kept(self) -> dict[str, int]:
        return {}


class EachCommitted:
    """On the disk before the answer, in a transaction of its own, made where the action is handled."""

    def __init__(self, path: Path) -> None:
        self._connection = opened(path)

    async def keep(self, room: str, seat: str, number: int, steps: str) -> None:
        with self._connection:
            self._connection.execute(INSERT, (room, seat, number, steps))

    def kept(self) -> dict[str, int]:
        return last_of(self._connection)


class Grouped:
    """On the disk before the answer; a thread commits all that came while it was committing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._queue: SimpleQueue[Waiting] = SimpleQueue()
        opened(path).close()
        Thread(target=self._commit_forever, name="committer", daemon=True).start()

    async def keep(self, room: str, seat: str, number: int, steps: str) -> None:
        committed = asyncio.get_running_loop().create_future()
        self._queue.put(((room, seat, number, steps), committed))
        await committed

    def kept(self) -> dict[str, int]:
        return last_of(opened(self._path))

    def _commit_forever(self) -> None:
        connection = opened(self._path)
        while True:
            batch = self._gathered()
            with connection:
                connection.executemany(INSERT, [row for row, _ in batch])
            batch[0][1].get_loop().call_soon_threadsafe(_answer, batch)

    def _gathered(self) -> list[Waiting]:
        batch = [self._queue.get()]
        try:
            while True:
                batch.append(self._queue.get_nowait())
        except Empty:
            return batch


def _answer(batch: list[Waiting]) -> None:
    for _, committed in batch:
        if not committed.done():
            committed.set_result(None)


def opened(path: Path) -> sqlite3.Connection:
    """SQLite as it survives a power cut: a log beside the file, and a commit waits for the disk."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS actions (room TEXT, seat TEXT, number INTEGER, steps TEXT)")
    return connection


def last_of(connection: sqlite3.Connection) -> dict[str, int]:
    rows = connection.execute("SELECT room, seat, max(number) FROM actions GROUP BY room, seat")
    return {f"{room}/{seat}": number for room, seat, number in rows}


KEEPINGS: Final = {"memory": Nowhere, "commit": EachCommitted, "grouped": Grouped}
