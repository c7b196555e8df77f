"""One connection to one NATS server, from its making to its loss.

It is nats-py's client with another way in and out. Its own way of reconnecting keeps what was not sent yet and sends
it to the next server, minutes later perhaps, and gives up for ever on some errors; its way of publishing waits where a
server does not take more; its way of closing waits for a server that may never answer. A link does none of that: it
sends or says no, ends at once, and is followed by another. What it takes from inside the client is named in this
module alone, and its version is locked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import NamedTuple

import structlog
from nats.aio.client import Client
from nats.aio.transport import TcpTransport
from nats.errors import SecureConnRequiredError

from clew.buses.bounds import (
    NATS_CONFIRM_WITHIN_S,
    NATS_CONNECT_WITHIN_S,
    NATS_END_WITHIN_S,
    NATS_PENDING_BYTES_MAX,
    NATS_PING_EVERY_S,
    NATS_PINGS_MISSED_MAX,
)
from clew.buses.nats.settings import NatsServer, NatsSettings
from clew.buses.nats.subjects import Subjects
from clew.sessions.bounds import BUS_BODY_BYTES_MAX

_HEADERS_BYTES_MAX = 1_024
"""Ours are much shorter."""

_PING = b"PING\r\n"
_NO_RESPONDERS = b"NATS/1.0 503"
_NO_ANSWER = b"NATS/1.0\r\nClew-Answer: none\r\n\r\n"
_NEVER_S = 10**6
"""How often the client itself pings: we do, and know sooner."""

_log = structlog.get_logger("clew.buses.nats.bus")


class Heard(NamedTuple):
    """A message. ``nobody``: what was sent had no reader. ``no_answer``: it had one, who gives no answer."""

    subject: str
    reply: str
    body: bytes
    nobody: bool
    no_answer: bool


class CannotConnect(Exception):
    """Try another server, or this one later."""


class Link(Client):
    """Opened once, and ended whatever became of it.

    What ``listen`` was given is called in the loop, in the order the messages came, and must be quick.
    """

    def __init__(self, settings: NatsSettings, server: NatsServer) -> None:
        super().__init__()
        self._settings = settings
        self._server = server
        self._wire = _Wire()
        self._transport = self._wire
        self._listeners: dict[int, Callable[[Heard], None]] = {}
        self._numbers = count(1)
        self._confirmed: dict[str, asyncio.Event] = {}
        self._pings_missed = 0
        self._lost = asyncio.Event()
        self._gone = asyncio.Event()
        self.inbox = ""
        """Under it the server sends what is meant for this link: a dot and a name of ours."""

    @property
    def is_lost(self) -> bool:
        return self._lost.is_set()

    async def open(self, hear: Callable[[Heard], None]) -> None:
        """Connect, and hear what is sent to subjects under ``inbox``. Raises ``CannotConnect``."""
        server, settings = self._server, self._settings
        try:
            await self.connect(
                server.url,
                name=settings.node,
                user=server.user,
                password=server.password,
                token=server.token,
                user_credentials=settings.credentials,
                tls=settings.tls_context() if settings.wants_tls(server) else None,
                allow_reconnect=False,
                max_reconnect_attempts=1,
                reconnect_time_wait=0,
                connect_timeout=NATS_CONNECT_WITHIN_S,
                ping_interval=_NEVER_S,
                pending_size=0,
                inbox_prefix=f"{Subjects(settings.program, settings.cluster).root}.inbox",
                error_cb=self._note,
                closed_cb=self._note_closed,
            )
        except Exception as fault:  # whatever the client trips over, another server or attempt may do
            why = self.last_error or fault
            raise CannotConnect(f"{type(why).__name__}: {why}") from fault
        if self.max_payload < BUS_BODY_BYTES_MAX + _HEADERS_BYTES_MAX:
            raise CannotConnect(f"its max_payload of {self.max_payload} bytes is too small")
        self.inbox = self.new_inbox()
        self.listen(f"{self.inbox}.*", lambda heard: self._confirm_or(hear, heard))

    async def wait_lost(self) -> None:
        """Ping the server until it closes the connection or does not answer."""
        while not self._lost.is_set() and self._pings_missed < NATS_PINGS_MISSED_MAX:
            # Counted before it is sent: the pong takes it back, however soon it comes.
            self._pings_missed += 1
            self._wire.ping()
            with suppress(TimeoutError):
                async with asyncio.timeout(NATS_PING_EVERY_S):
                    await self._lost.wait()

    async def end(self) -> None:
        """Close the connection at once, whether or not the server takes part. Twice is once."""
        try:
            async with asyncio.timeout(NATS_END_WITHIN_S):
                await self.close()
                await self._gone.wait()
        except Exception as fault:  # noqa: BLE001 - it is over either way
            _log.warning("bus_connection_stuck", server=self._server.url, fault=repr(fault))

    def send(self, subject: str, body: bytes, reply: str = "") -> bool:
        """Hand a message to the connection; False: it is lost, or takes no more."""
        if self._is_full(len(body)):
            return False
        self._command(_publish_line(subject, reply, body))
        return True

    def send_no_answer(self, reply: str) -> None:
        """Tell whoever asked that there will be no answer."""
        if not self._is_full(0):
            self._command(_no_answer_line(reply))

    def listen(self, subject: str, hear: Callable[[Heard], None], group: str = "") -> int:
        """Hear a subject from here on; of those in one group one hears each message."""
        number = next(self._numbers)
        self._listeners[number] = hear
        self._command(f"SUB {subject} {group} {number}\r\n".encode())
        return number

    async def stop_listening(self, number: int) -> None:
        """Hear it no more. What the server had sent by then is heard."""
        self._command(f"UNSUB {number}\r\n".encode())
        # Forgotten after that await, not before: what the server had sent by then is still on its way in.
        await self.confirm()
        del self._listeners[number]

    async def confirm(self) -> None:
        """Return when the server has taken in all that was sent so far; or soon after, if it doesn't answer."""
        if self._lost.is_set():
            return
        subject, confirmed = f"{self.inbox}.confirm-{next(self._numbers)}", asyncio.Event()
        self._confirmed[subject] = confirmed
        self._command(_publish_line(subject, "", b""))
        try:
            async with asyncio.timeout(NATS_CONFIRM_WITHIN_S):
                await confirmed.wait()
        except TimeoutError:
            _log.warning("bus_not_confirmed", server=self._server.url)
        finally:
            del self._confirmed[subject]

    def _confirm_or(self, hear: Callable[[Heard], None], heard: Heard) -> None:
        confirmed = self._confirmed.get(heard.subject)
        if confirmed is None:
            hear(heard)
        else:
            confirmed.set()

    def _is_full(self, more_bytes: int) -> bool:
        return self._lost.is_set() or self.pending_data_size + more_bytes > NATS_PENDING_BYTES_MAX

    def _command(self, line: bytes) -> None:
        """Have the client's flusher write this. It writes all that is pending at once, in passes of the loop."""
        if self._lost.is_set():
            return
        self._pending.append(line)
        self._pending_data_size += len(line)
        assert self._flush_queue is not None, "opened before it is used"
        # One call wakes the flusher for all lines that are pending by then: another would have it write nothing.
        if self._flush_queue.empty():
            self._flush_queue.put_nowait(asyncio.get_running_loop().create_future())

    async def _note(self, fault: Exception) -> None:
        _log.debug("bus_trouble", server=self._server.url, fault=repr(fault))  # the keeper tells of it, at intervals

    async def _note_closed(self) -> None:
        self._lose()

    def _lose(self) -> None:
        self._lost.set()
        for confirmed in self._confirmed.values():
            confirmed.set()

    # --- what the client does, done otherwise ------------------------------------------------------------------------

    async def _process_msg(self, sid: int, subject: bytes, reply: bytes, data: bytes, headers: bytes | None) -> None:
        hear = self._listeners.get(sid)
        if hear is not None:
            nobody = headers is not None and headers.startswith(_NO_RESPONDERS)
            hear(Heard(subject.decode(), reply.decode(), data, nobody, headers is not None and not nobody))

    async def _process_pong(self) -> None:
        self._pings_missed = 0

    def _connect_command(self) -> bytes:
        """The first thing the server is told, credentials included. The client itself would tell it without TLS."""
        if self._settings.wants_tls(self._server) and not self._wire.is_encrypted:
            raise SecureConnRequiredError
        return super()._connect_command()

    async def _close(self, status: int, do_cbs: bool = True) -> None:
        """Nothing that is pending is sent: a server that has stopped would be waited for without end."""
        if self.is_closed:
            return
        self._lose()
        self._pending.clear()
        self._pending_data_size = 0
        self._wire.abort()
        try:
            await super()._close(status, do_cbs)
        finally:
            self._gone.set()


class _Wire(TcpTransport):
    """A connection that can be cut."""

    @property
    def is_encrypted(self) -> bool:
        return self._io_writer is not None and self._io_writer.get_extra_info("ssl_object") is not None

    def ping(self) -> None:
        """Past all that is pending. Of a connection that broke this moment: nothing, whoever reads it will tell."""
        with suppress(OSError, RuntimeError):
            self.write(_PING)

    def abort(self) -> None:
        if self._io_writer is not None:
            self._io_writer.transport.abort()

    def __bool__(self) -> bool:
        """The client makes a wire of its own where there is none."""
        return True


def _publish_line(subject: str, reply: str, body: bytes) -> bytes:
    return b"PUB %b %b %d\r\n%b\r\n" % (subject.encode(), reply.encode(), len(body), body)


def _no_answer_line(reply: str) -> bytes:
    size = len(_NO_ANSWER)
    return b"HPUB %b %d %d\r\n%b\r\n" % (reply.encode(), size, size, _NO_ANSWER)
