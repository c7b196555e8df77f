"""One port before several: each connection is passed on to a backend, byte by byte, whatever is spoken on it."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final, TypeAlias, cast

from clew.local.tasks import block_tasks

Address: TypeAlias = tuple[str, int]

CONNECTIONS_MAX: Final = 10_000
"""Connections passed on at once; one more is closed as it comes."""
BUFFER_BYTES_MAX: Final = 65_536
"""What is kept for an end that doesn't read; the other end isn't read either until that is gone."""
CONNECT_WITHIN_S: Final = 1.0
"""A backend that takes a connection no sooner is passed over for the next."""
BACKEND_WITHIN_S: Final = 10.0
"""A connection for which no backend was found in this time is closed."""
LOOK_AGAIN_S: Final = 0.1
"""How long a connection waits before it tries the same backends again."""


class Balancer:
    """Sends each new connection to the next of its backends that takes it; knows nothing of what is said there.

    Bytes go both ways in order and unchanged, as fast as the slower end reads them. One end may finish sending and
    still hear the other (half-close). Where one end breaks, so does the other. A connection stays where it went:
    backends that are no longer named keep theirs until one of the ends closes it.
    """

    def __init__(self) -> None:
        self._backends: tuple[Address, ...] = ()
        self._next = 0
        self._changed = asyncio.Event()
        self._clients: set[_End] = set()

    def send_to(self, backends: Sequence[Address]) -> None:
        """New connections go to these in turn from now on; those that wait for a backend try at once."""
        self._backends = tuple(backends)
        self._changed.set()

    def __len__(self) -> int:
        """How many connections there are."""
        return len(self._clients)

    @asynccontextmanager
    async def running(self, listener: socket.socket) -> AsyncGenerator[None]:
        """Take connections while inside; all that are left at its end break."""
        async with block_tasks() as joining:

            def taken(client: _End) -> None:
                if len(self._clients) >= CONNECTIONS_MAX:
                    client.transport.abort()
                    return
                self._clients.add(client)
                task = joining.run(self._join(client), "finds a backend")
                client.on_lost(lambda: (self._clients.discard(client), task.cancel()))

            server = await asyncio.get_running_loop().create_server(lambda: _End(taken), sock=listener)
            try:
                yield
            finally:
                server.close()
                for client in tuple(self._clients):
                    client.transport.abort()

    async def _join(self, client: "_End") -> None:
        try:
            async with asyncio.timeout(BACKEND_WITHIN_S):
                backend = await self._find_backend()
        except TimeoutError:
            client.transport.abort()
            return
        client.meet(backend)

    async def _find_backend(self) -> "_End":
        """A connection to the first backend that takes one. Looks again as long as none does."""
        while True:
            self._changed.clear()
            backends = self._backends
            for _ in backends:
                # Others may be named while one is tried: these go their round, the new ones are tried after it.
                self._next += 1
                if (backend := await _connected(backends[self._next % len(backends)])) is not None:
                    return backend
            try:
                async with asyncio.timeout(LOOK_AGAIN_S):
                    await self._changed.wait()
            except TimeoutError:
                continue


async def _connected(address: Address) -> "_End | None":
    try:
        async with asyncio.timeout(CONNECT_WITHIN_S):
            _, end = await asyncio.get_running_loop().create_connection(_End, *address)
    except OSError:  # a timeout is one too
        return None
    return end


class _End(asyncio.Protocol):
    """One end of a connection. Nothing is read from it before it met the other."""

    transport: asyncio.Transport

    def __init__(self, taken: "Callable[[_End], None] | None" = None) -> None:
        self._taken = taken
        self.other: _End | None = None
        self._lost: Callable[[], object] | None = None
        self.finished = False
        self.gone = False

    def on_lost(self, call: Callable[[], object]) -> None:
        """Call once when this end is no more."""
        self._lost = call

    def meet(self, other: "_End") -> None:
        """From here on what either end sends goes to the other."""
        self.other, other.other = other, self
        if self.gone or other.gone:
            self.transport.abort()
            other.transport.abort()
            return
        self.transport.resume_reading()
        other.transport.resume_reading()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.set_write_buffer_limits(high=BUFFER_BYTES_MAX)
        self.transport.pause_reading()
        if self._taken is not None:
            self._taken(self)

    def data_received(self, data: bytes) -> None:
        assert self.other is not None, "not read before they met"
        self.other.transport.write(data)

    def eof_received(self) -> bool:
        """This end sends no more. Both are closed once neither does; what is buffered is still sent."""
        assert self.other is not None, "not read before they met"
        self.finished = True
        other = self.other
        if other.finished:
            self.transport.close()
            other.transport.close()
        elif not other.transport.is_closing():
            other.transport.write_eof()
        return True

    def pause_writing(self) -> None:
        if self.other is not None and not self.other.transport.is_closing():
            self.other.transport.pause_reading()

    def resume_writing(self) -> None:
        if self.other is not None and not self.other.transport.is_closing():
            self.other.transport.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        self.gone = True
        if self._lost is not None:
            self._lost()
        if self.other is None or self.other.gone:
            return
        if exc is None:
            self.other.transport.close()
        else:
            self.other.transport.abort()
