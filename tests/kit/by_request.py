"""One port before several servers, and each request goes to another of them: the balancer that a page likes least."""

import asyncio
import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from itertools import cycle

from clew.local.process import free_port

_CONNECTION = re.compile(rb"\r\nconnection:[^\r]*", re.IGNORECASE)
_UPGRADE = re.compile(rb"\r\nupgrade:", re.IGNORECASE)


class ByRequest:
    """Sends request after request to port after port. ``turns`` may be replaced at any time."""

    def __init__(self, turns: Iterator[int]) -> None:
        self.turns = turns
        self.port = free_port()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send_to(self, *ports: int) -> None:
        """From now on in turn to these."""
        self.turns = cycle(ports)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, and the connection it came on ends with its answer; a socket stays where it went."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            back_reader, back = await asyncio.open_connection("127.0.0.1", next(self.turns))
        except (OSError, asyncio.IncompleteReadError):
            writer.close()
            return
        if _UPGRADE.search(head) is None:
            head = _CONNECTION.sub(b"", head).replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n")
        back.write(head)
        async with asyncio.TaskGroup() as tasks:
            there = tasks.create_task(_pump(reader, back), name="there")
            await _pump(back_reader, writer)
            there.cancel()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while piece := await reader.read(65_536):
            writer.write(piece)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


@asynccontextmanager
async def by_request(*ports: int) -> AsyncGenerator[ByRequest]:
    """Until the end of the block."""
    balancer = ByRequest(cycle(ports))
    listener = await asyncio.start_server(balancer.carry, "127.0.0.1", balancer.port)
    try:
        yield balancer
    finally:
        listener.close()
        await listener.wait_closed()
