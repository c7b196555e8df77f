"""A way to a server that freezes or breaks when a test says so."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path


class Proxy:
    """Carries bytes between a socket on 127.0.0.1 and a server: its socket file, or its port on 127.0.0.1.

    Frozen, it takes connections and bytes and passes nothing on: what a network does that lost its way. What it holds
    back goes on its way when it is thawed, though the sender may have given up meanwhile.
    """

    def __init__(self, target: Path | int) -> None:
        self.port = 0
        self._target = target
        self._thawed = asyncio.Event()
        self._thawed.set()
        self._refuses = False
        self._writers: set[asyncio.StreamWriter] = set()

    def freeze(self) -> None:
        self._thawed.clear()

    def thaw(self) -> None:
        self._thawed.set()

    def cut(self) -> None:
        """Break every connection there is; new ones are taken."""
        for writer in self._writers:
            writer.transport.abort()

    def refuse(self) -> None:
        """Break every connection there is, and every new one, until ``mend``."""
        self._refuses = True
        self.cut()

    def mend(self) -> None:
        """Carry everything again."""
        self._refuses = False
        self.thaw()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        if self._refuses:
            writer.transport.abort()
            return
        try:
            away, back = await self._open()
        except OSError:
            writer.close()
            return
        self._writers |= {writer, back}
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._pump(reader, back), name="there")
            tasks.create_task(self._pump(away, writer), name="back")
        self._writers -= {writer, back}

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self._target, Path):
            return await asyncio.open_unix_connection(self._target)
        return await asyncio.open_connection("127.0.0.1", self._target)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while piece := await reader.read(65_536):
                await self._thawed.wait()
                writer.write(piece)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def proxy_to(target: Path | int) -> AsyncGenerator[Proxy]:
    """A proxy that runs until the end of the block."""
    proxy = Proxy(target)
    listener = await asyncio.start_server(proxy.carry, "127.0.0.1", 0)
    proxy.port = listener.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        listener.close()
        proxy.thaw()
        proxy.cut()
        await listener.wait_closed()
