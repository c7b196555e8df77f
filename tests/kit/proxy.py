"""A way to a server that freezes or breaks when a test says so."""

import asyncio
import ssl
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

SSL_REQUEST_BYTES = 8


class Proxy:
    """Carries bytes between a socket on 127.0.0.1 and a server: its socket file, or its port on 127.0.0.1.

    With a ``context`` it speaks TLS as PostgreSQL does: after a client has asked whether it may.

    Lost, the connections there are swallow all that is sent on them for good, and neither end is told.
    Frozen, it takes connections and bytes and passes nothing on: what a network does that lost its way. What it holds
    back goes on its way when it is thawed, though the sender may have given up meanwhile.
    """

    def __init__(self, target: Path | int, context: ssl.SSLContext | None = None) -> None:
        self._context = context
        self.port = 0
        self._target = target
        self._thawed = asyncio.Event()
        self._thawed.set()
        self._refuses = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._lost: set[asyncio.StreamWriter] = set()
        self.held_back = b""
        """What clients sent while it was frozen, of all connections together."""

    def freeze(self) -> None:
        self._thawed.clear()

    def thaw(self) -> None:
        self._thawed.set()

    def lose(self) -> None:
        """Let every connection there is die without a word: a network that was left behind. New ones are carried."""
        self._lost |= self._writers

    def cut(self) -> None:
        """Break every connection there is; new ones are taken."""
        for writer in self._writers:
            writer.transport.abort()

    def refuse(self) -> None:
        """Break every connection there is, and every new one, until ``mend``."""
        self._refuses = True
        self.cut()

    def lead_to(self, target: Path | int) -> None:
        """Carry everything to another server from now on, connections that there are being broken."""
        self._target = target
        self.mend()
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
        if self._context is not None and not await self._in_secret(reader, writer, self._context):
            return
        try:
            away, back = await self._open()
        except OSError:
            writer.close()
            return
        self._writers |= {writer, back}
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._pump(reader, back, self._note), name="there")
            tasks.create_task(self._pump(away, writer, lambda _: None), name="back")
        self._writers -= {writer, back}
        self._lost -= {writer, back}

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self._target, Path):
            return await asyncio.open_unix_connection(self._target)
        return await asyncio.open_connection("127.0.0.1", self._target)

    async def _in_secret(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, context: ssl.SSLContext
    ) -> bool:
        await reader.readexactly(SSL_REQUEST_BYTES)
        writer.write(b"S")
        try:
            await writer.start_tls(context)
        except OSError:  # the client did not like what it saw
            writer.transport.abort()
            return False
        return True

    def _note(self, piece: bytes) -> None:
        self.held_back = b"" if self._thawed.is_set() else self.held_back + piece

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, note: Callable[[bytes], None]
    ) -> None:
        try:
            while piece := await reader.read(65_536):
                note(piece)
                await self._thawed.wait()
                if writer not in self._lost:
                    writer.write(piece)
                    await writer.drain()
        except OSError:
            pass
        finally:
            if writer not in self._lost:
                writer.close()


@asynccontextmanager
async def proxy_to(target: Path | int, context: ssl.SSLContext | None = None) -> AsyncGenerator[Proxy]:
    """A proxy that runs until the end of the block."""
    proxy = Proxy(target, context)
    listener = await asyncio.start_server(proxy.carry, "127.0.0.1", 0)
    proxy.port = listener.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        listener.close()
        proxy.thaw()
        proxy.cut()
        await listener.wait_closed()
