"""One game as one guest sees it, over as many sockets as it takes."""

import asyncio
import json
import secrets
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final, cast

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as open_socket
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from clew.client.bounds import BUSY_RETRY_S, CALL_TIMEOUT_S, FRAME_BYTES_MAX
from clew.client.clock import ServerClock
from clew.client.commands import PASSING, Answer, CommandAccepted, CommandRefused, CommandSuperseded, Pending
from clew.client.faults import Closed
from clew.client.guest import Guest
from clew.client.news import Kind, Message, News, Unread, with_view
from clew.client.retrying import backoff_s, pause

NEVER_OPEN_AGAIN: Final = frozenset({1000, 1008, 4401, 4404})
"""Close codes after which connecting again is pointless."""


class Connection:
    """A seat, or a place in the gallery.

    * Events are told once and in order, whatever breaks in between; a gap is asked for again.
    * A command is sent under one id until it is answered, so it takes effect once at the most.
    * An older game that was put back is said (``changed``), and what waited is not sent into it.

    ``subprotocol`` is what the game's server speaks, as ``bids.v1``.

    ``connect`` keeps one open for a block; else somebody runs ``stay``. Whoever has to see the protocol itself
    overrides ``opened``, ``heard``, ``lost`` and ``forget``.
    """

    def __init__(
        self,
        guest: Guest,
        join_code: str,
        *,
        subprotocol: str,
        after: int | None = None,
        mark: str | None = None,
        new_id: Callable[[], str] | None = None,
        delay_s: Callable[[int, float | None], float] = backoff_s,
    ) -> None:
        self.guest = guest
        self.join_code = join_code
        self.seq = after
        """The number of the last event told; None before any."""
        self.mark = mark
        """Of which history that number is."""
        self.view: Message | None = None
        """All that may be known now."""
        self.asks_time = True
        self._subprotocol = Subprotocol(subprotocol)
        self._clock = ServerClock(lambda: asyncio.get_running_loop().time())
        self._asked_at_s = 0.0
        self._delay_s = delay_s
        self._back_at_s: float | None = None
        self._attempt = 0
        self._socket: ClientConnection | None = None
        self._base: Message = {}
        self._pending = Pending()
        self._unread = Unread()
        self._new_id = new_id or (lambda: secrets.token_hex(16))
        self._closed: Closed | None = None
        self._lives = 0

    @property
    def is_open(self) -> bool:
        """Welcomed, and not broken as far as is known."""
        return self._socket is not None

    @property
    def pending(self) -> list[Message]:
        """The commands that were given and not answered, in order."""
        return self._pending.messages()

    def server_now_s(self) -> float:
        """Seconds since the epoch by the server's clock. Only after a welcome."""
        return self._clock.now_s()

    async def __aiter__(self) -> AsyncIterator[News]:
        """The news, until there is no way to the game any more. Whoever reads slowly gets several as one."""
        while (news := await self._unread.next()) is not None:
            yield news

    # -- commands ---------------------------------------------------------------------------------------------------

    async def send(self, command: Message) -> Answer:
        """Give a command and wait for its answer, however many sockets that takes. Raises ``Closed``.

        A server that is too busy is asked again. Wait for one answer before the next command where the order counts.
        """
        command_id, lives = self._new_id(), self._lives
        while self._lives == lives:
            answered = self._pending.answer_to(command_id)
            await self.post({**command, "command_id": command_id})
            answer = await answered
            if not (isinstance(answer, CommandRefused) and answer.code in PASSING):
                return answer
            await pause(BUSY_RETRY_S)  # Meanwhile the game may have become another, for which this was not meant.
        return CommandSuperseded(command_id)

    async def post(self, message: Message) -> None:
        """Send a command that has its ``command_id`` already, and again with each new socket until it is answered."""
        if self._closed is not None:
            raise self._closed
        self._pending.add(message)
        await self._say(message)

    # -- the socket -------------------------------------------------------------------------------------------------

    async def stay(self) -> None:
        """Keep a socket open until cancelled, or told for good to go; each resumes where the last one ended."""
        code: int | None = None
        self._closed = None
        self._unread.begin()
        try:
            while code not in NEVER_OPEN_AGAIN:
                code = await self._one_socket()
                if code not in NEVER_OPEN_AGAIN:
                    self.guest.doors.try_next()
                    await pause(self._wait_s())
        finally:
            self._socket = None
            self._closed = Closed(code)
            self._pending.abandon(self._closed)
            self._unread.end()

    async def break_off(self) -> None:
        """Break the socket as a bad network does; ``stay`` opens the next one."""
        if self._socket is not None:
            self._socket.transport.abort()
            self._socket = None

    def opened(self, after: int | None) -> None:
        """A socket was opened that resumes after this number."""

    def heard(self, message: Message) -> None:
        """Every message, as it came."""

    def lost(self, code: int) -> None:
        """The server closed a socket with this code, and the next is opened."""

    def forget(self) -> None:
        """The game is another: what waits was given for one that is no more."""
        self._pending.forget()

    def _welcome(self, message: Message) -> None:
        self._clock.hear(message["server_time"])
        self._attempt = 0
        is_changed = message.get("history") == "changed" and not message["resumed"]
        if is_changed:
            self._lives += 1
            self.forget()
        known = None if is_changed else self.seq
        events = () if message["resumed"] else _unseen(message.get("log", ()), known)
        self.seq = message["seq"]
        self.mark = message.get("mark")
        kind: Kind = "changed" if is_changed else "resumed" if message["resumed"] else "fresh"
        self._tell(kind, message["seq"], events, message["view"])

    def _take(self, message: Message) -> bool:
        """Any message but a welcome. False if there must have been one before it that never came."""
        match message["type"]:
            case "events":
                return self._events(message)
            case "accepted":
                self._pending.answered(CommandAccepted(message["command_id"], message["seq"]))
            case "refused":
                self._pending.answered(CommandRefused(message["command_id"], message["error"]))
            case "pong":
                self._clock.hear(message["server_time"], self._asked_at_s if self.asks_time else None)
            case "reconnect":
                self._back_at_s = asyncio.get_running_loop().time() + message["after_ms"] / 1000
            case _:
                pass  # An error tells why the socket closes. What only a newer server says is passed over.
        return True

    def _events(self, message: Message) -> bool:
        events = _unseen(message["events"], self.seq)
        if events and self.seq is not None and events[0]["seq"] != self.seq + 1:
            return False
        if message["events"] and not events:
            return True  # an echo
        if events:
            self.seq = events[-1]["seq"]
            self.mark = message.get("mark")
        told = tuple(event for event in events if event["type"] != "skip")
        self._tell("live", message["seq"], told, message["view"], tuple(message.get("asides", ())))
        return True

    def _tell(
        self, kind: Kind, seq: int, events: tuple[Message, ...], view: Message, asides: tuple[Message, ...] = ()
    ) -> None:
        self.view = view
        self._unread.put(News(kind, seq, events, view, asides))

    def _wait_s(self) -> float:
        asked_s = None if self._back_at_s is None else max(0.0, self._back_at_s - asyncio.get_running_loop().time())
        self._back_at_s = None
        self._attempt += 1
        return self._delay_s(self._attempt - 1, asked_s)

    async def _one_socket(self) -> int | None:
        """Hear one socket to its end; gives the code it was closed with, None where it broke or never was."""
        try:
            async with open_socket(
                self._url(),
                subprotocols=[self._subprotocol],
                additional_headers={"Authorization": f"Bearer {self.guest.token}"},
                max_size=FRAME_BYTES_MAX,
                compression=None,
                proxy=None,
                open_timeout=CALL_TIMEOUT_S,
            ) as socket:
                self.opened(self.seq)
                while True:
                    message = with_view(cast("Message", json.loads(await socket.recv())), self._base)
                    self._base = message.get("view", self._base)
                    self.heard(message)
                    if message["type"] == "welcome":
                        self._welcome(message)
                        await self._begin(socket)
                    elif not self._take(message):
                        return None  # An event was lost on the way: ask again for all after the last we have.
        except ConnectionClosed as closed:
            code = None if closed.rcvd is None else closed.rcvd.code
            if code is not None and code not in NEVER_OPEN_AGAIN:
                self.lost(code)
            return code
        except (OSError, InvalidHandshake, TimeoutError):
            return None
        finally:
            self._socket = None

    def _url(self) -> str:
        query = "?changes=1" if self.seq is None else f"?changes=1&after={self.seq}"
        if self.mark is not None and self.seq is not None:
            query += f"&mark={self.mark}"
        return f"{self.guest.base_url.replace('http', 'ws', 1)}/api/v1/games/{self.join_code}/socket{query}"

    async def _begin(self, socket: ClientConnection) -> None:
        """It was welcomed: what was not answered is sent again, before anything new."""
        if self.asks_time:
            self._asked_at_s = asyncio.get_running_loop().time()
            await _send(socket, {"type": "ping", "nonce": "time"})
        sent = set[str]()
        # While one is sent others may be given. The last look and opening for them have no await between.
        while unsent := [message for message in self._pending.messages() if message["command_id"] not in sent]:
            for message in unsent:
                await _send(socket, message)
                sent.add(message["command_id"])
        self._socket = socket

    async def _say(self, message: Message) -> None:
        if self._socket is not None:  # Else it is sent with the next welcome.
            await _send(self._socket, message)


@asynccontextmanager
async def connect(
    guest: Guest, join_code: str, *, subprotocol: str, after: int | None = None, mark: str | None = None
) -> AsyncGenerator[Connection]:
    """Stay connected to a game while the block lasts. ``after`` and ``mark`` go on where an earlier connection was."""
    connection = Connection(guest, join_code, subprotocol=subprotocol, after=after, mark=mark)
    # Its owner is this block. A TaskGroup would wrap what the block raises, and end it when the game is over.
    staying = asyncio.get_running_loop().create_task(connection.stay(), name=f"connection to {join_code}")
    try:
        yield connection
    finally:
        staying.cancel()
        with suppress(asyncio.CancelledError):
            await staying


def _unseen(events: Sequence[Message], seq: int | None) -> tuple[Message, ...]:
    return tuple(event for event in events if seq is None or event["seq"] > seq)


async def _send(socket: ClientConnection, message: Message) -> None:
    """A socket that is closed says so where it is read, once all that came before was heard."""
    with suppress(ConnectionClosed):
        await socket.send(json.dumps(message))
