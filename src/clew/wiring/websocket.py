"""uvicorn's WebSocket with what it leaves open closed: what a client may send, and who is read from at all."""

from typing import Any, Final

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidState
from websockets.frames import CloseCode

from clew.web.bounds import FRAGMENTS_MAX, FRAME_COST_BYTES, IGNORED_BYTES_MAX
from clew.wiring.guard import GuardedConfig

CLOSE_WITHIN_S: Final = 5.0
"""A client that was sent a close and does not answer it loses its connection."""

UNSENT_BYTES_MAX: Final = 64 * 1024
"""Messages of one turn of the loop go out in one write; this much goes out at once."""

_FIN: Final = 0x80
_OPCODE: Final = 0x0F
_CONTROL: Final = 0x08
_SIZE: Final = 0x7F
_SIZE_BYTES: Final = {126: 2, 127: 8}
_KEY_BYTES: Final = 4


class BoundedSocket(WebSocketsSansIOProtocol):
    """One connection, from its handshake on.

    Nothing is read before somebody was let in, while a message waits to be handled, or from a client that does not take
    what it was sent: so neither what it sends nor what that makes us answer (pongs!) ever piles up. Each frame, of
    whatever kind, is counted by its head before anything is spent on it.
    """

    def __init__(self, config: GuardedConfig, server_state: Any, app_state: dict[str, Any], _loop: Any = None) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.close_timeout = CLOSE_WITHIN_S
        self._guard = config.guard
        self._allowance = config.guard.frames()
        self._unread = b""
        self._left_of_frame = 0
        self._fragments = 0
        self._is_write_paused = False
        self._is_deaf = False
        self._ignored_bytes = 0
        self._unsent_bytes = 0

    # --- the transport's side ----------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        if not self.handshake_initiated:
            super().data_received(data)  # the request, as the HTTP protocol read it
            return
        self._unread = self._unread + data if self._unread else data
        self._take_frames()

    def connection_lost(self, exc: Exception | None) -> None:
        self._guard.closed(self.transport)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._is_write_paused = True
        self.transport.pause_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._is_write_paused = False
        self._take_frames()

    # --- the application's side --------------------------------------------------------------------------------------

    async def receive(self) -> Any:
        message = await self.queue.get()
        if self.read_paused and self.queue.empty():
            self.read_paused = False
            if self._unread:
                # Not at once: one message a turn of the loop, or whoever sent many at a time would have all of it.
                self.loop.call_soon(self._take_frames)
            elif self._is_wanted():
                self.transport.resume_reading()
        return message

    async def send(self, message: Any) -> None:
        kind = message["type"]
        if kind == "websocket.send" and self.handshake_complete and not self.close_sent:
            await self.writable.wait()
            self._say(message["text"].encode())
        elif kind == "websocket.close" and not self.handshake_complete and self.initial_response is None:
            self._turn_away(message)
        else:
            await super().send(message)
            # An HTTP answer in the handshake's place is an end too: uvicorn would log each as a fault of ours.
            self.handshake_complete |= kind == "websocket.http.response.body"
            self._take_frames()

    def _say(self, text: bytes) -> None:
        """Have it sent by the end of this turn of the loop, in one write with what else is said to this client in it.

        A command brings its player two messages, and a write costs about as much as making both. Until then it waits
        with the protocol, so whatever that writes meanwhile (a pong, a close) takes it along, in order.
        """
        if self.disconnected:
            raise ClientDisconnected
        try:
            self.conn.send_text(text)
        except InvalidState:
            raise ClientDisconnected from None
        if not self._unsent_bytes:
            self.loop.call_soon(self._flush)
        self._unsent_bytes += len(text)
        if self._unsent_bytes > UNSENT_BYTES_MAX:
            self._flush()

    def _flush(self) -> None:
        self._unsent_bytes = 0
        unsent = self.conn.data_to_send()
        if unsent and not self.transport.is_closing():
            self.transport.write(b"".join(unsent))

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if not self.transport.is_closing():
            self.transport.pause_reading()

    def start_keepalive(self) -> None:
        """Called once, when the handshake is answered: from here on it is a socket."""
        super().start_keepalive()
        self._guard.is_socket(self.transport)
        self._take_frames()

    # --- what is read ------------------------------------------------------------------------------------------------

    def _take_frames(self) -> None:
        """Hand on what was read, frame by frame, as far as it is wanted now; reads on when all of it was."""
        if self._is_deaf:
            self._ignore()
            return
        buffer, at = self._unread, 0
        while at < len(buffer) and self._is_wanted():
            if not self._left_of_frame:
                size = frame_size(buffer, at)
                if size is None:
                    break
                if not self._admit_frame(buffer[at], size):
                    return
                self._left_of_frame = size
            piece = buffer[at : at + self._left_of_frame]
            at += len(piece)
            self._left_of_frame -= len(piece)
            super().data_received(piece)
        self._unread = buffer[at:] if at else buffer
        if self._is_wanted():
            self.transport.resume_reading()
        elif not self.transport.is_closing():
            self.transport.pause_reading()

    def _is_wanted(self) -> bool:
        return self.handshake_complete and not (
            self.read_paused or self._is_write_paused or self.transport.is_closing()
        )

    def _admit_frame(self, head: int, size: int) -> bool:
        """Counts a frame; False after closing the socket for it."""
        if not self._allowance.take_nowait(1 + size // FRAME_COST_BYTES):
            self._fail(CloseCode.POLICY_VIOLATION, "too_often")
            return False
        if head & _OPCODE < _CONTROL:
            self._fragments = 0 if head & _FIN else self._fragments + 1
            if self._fragments > FRAGMENTS_MAX:
                self._fail(CloseCode.MESSAGE_TOO_BIG, "too many fragments")
                return False
        return True

    def _fail(self, code: CloseCode, reason: str) -> None:
        self._guard.frame_refused(reason, self.client)
        self.conn.fail(code, reason)
        self.handle_parser_exception()

    def handle_parser_exception(self) -> None:
        """The socket is over, and the client was told or is told now; what it still sends is not looked at any more.

        It is read for a while nevertheless: a connection that is closed with something unread is reset, and whoever
        was just sending would never see why.
        """
        assert self.conn.close_sent is not None, "a failed connection has said so"
        close = self.conn.close_sent
        self.queue.put_nowait({"type": "websocket.disconnect", "code": close.code, "reason": close.reason})
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self._is_deaf = True
        if self.close_timer is None:
            self.close_timer = self.loop.call_later(self.close_timeout, self.transport.close)
        self._ignore()

    def _ignore(self) -> None:
        self._ignored_bytes += len(self._unread)
        self._unread = b""
        if self._ignored_bytes > IGNORED_BYTES_MAX:
            self.transport.abort()
        elif not (self._is_write_paused or self.transport.is_closing()):
            self.transport.resume_reading()

    def _turn_away(self, message: Any) -> None:
        """Handshake, message and close in one piece (web/socket.py); then it is over, and nothing was ever read."""
        if message["subprotocol"] is not None:
            self.response.headers["Sec-WebSocket-Protocol"] = message["subprotocol"]
        self.conn.send_response(self.response)
        self.conn.send_text(message["message"].encode())
        self.conn.send_close(message["code"], message["reason"])
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.handshake_complete = True
        self.close_sent = True
        self.transport.close()


def frame_size(buffer: bytes, at: int) -> int | None:
    """The bytes of the whole frame that begins there, as its head says; None while that is not all there.

    What is wrong with a head is not looked at: the parser will.
    """
    if len(buffer) - at < 2:
        return None
    size = buffer[at + 1] & _SIZE
    masked = buffer[at + 1] >= _FIN
    more = _SIZE_BYTES.get(size, 0)
    if more:
        if len(buffer) - at < 2 + more:
            return None
        size = int.from_bytes(buffer[at + 2 : at + 2 + more])
    return 2 + more + (_KEY_BYTES if masked else 0) + size
