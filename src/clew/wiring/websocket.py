"""uvicorn's WebSocket with what it leaves open closed: what a client may send, and who is read from at all."""

from typing import Any, Final

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode
from websockets.protocol import State

from clew.web.bounds import FRAGMENTS_MAX, FRAME_COST_BYTES, IGNORED_BYTES_MAX
from clew.web.socket import SocketLine
from clew.wiring.frames import FIN, OPCODE, frame_size, text_frame, text_of, whole_text
from clew.wiring.guard import GuardedConfig

CLOSE_WITHIN_S: Final = 5.0
"""A client that was sent a close and does not answer it loses its connection."""

UNSENT_BYTES_MAX: Final = 64 * 1024
"""Messages of one turn of the loop go out in one write; this much goes out at once."""

_CONTROL: Final = 0x08
_WHOLE_TEXT: Final = 0x81


class BoundedSocket(WebSocketsSansIOProtocol):
    """One connection, from its handshake on.

    Nothing is read before somebody was let in, or from a client that does not take what it was sent; and nothing more,
    once something came while a message waits to be handled, than that one piece. So neither what it sends nor what
    that makes us answer (pongs!) ever piles up. Each frame, of whatever kind, is counted by its head before anything
    is spent on it.
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
        self._is_reading_paused = False
        self._rests = False
        self._line: SocketLine | None = None

    # --- the transport's side ----------------------------------------------------------------------------------------

    def data_received(self, data: bytes) -> None:
        if not self.handshake_initiated:
            super().data_received(data)  # the request, as the HTTP protocol read it
            return
        text = whole_text(data) if self._takes_whole() else None
        if text is None or len(data) > self.config.ws_max_size:
            self._unread = self._unread + data if self._unread else data
            self._take_frames()
        elif self._admit_frame(_WHOLE_TEXT, len(data)):
            self._hand_on(text, rests=False)

    def shutdown(self) -> None:
        self._write_told()
        super().shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        self._guard.closed(self.transport)
        super().connection_lost(exc)
        self._line = None  # or it would be held by what it holds, until the collector looks

    def pause_writing(self) -> None:
        super().pause_writing()
        self._is_write_paused = True
        self._stop_reading()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._is_write_paused = False
        self._write_told()
        self._take_frames()

    # --- the application's side --------------------------------------------------------------------------------------

    async def send(self, message: Any) -> None:
        """``line`` of a ``websocket.accept`` is what hears, and is asked for, every message (web/socket.py)."""
        kind = message["type"]
        if kind == "websocket.close" and not self.handshake_complete and self.initial_response is None:
            self._turn_away(message)
            return
        if kind == "websocket.accept":
            self._line = message["line"]
        else:
            await self._write_all_told()
        await super().send(message)
        # An HTTP answer in the handshake's place is an end too: uvicorn would log each as a fault of ours.
        self.handshake_complete |= kind == "websocket.http.response.body"
        self._take_frames()

    async def receive(self) -> Any:
        return await self.queue.get()

    # --- what is told ------------------------------------------------------------------------------------------------

    def _tell_soon(self) -> None:
        """By the end of this turn of the loop, in one write with what else is said to this client in it.

        A command brings its player two messages, and a write costs about as much as making both. A pong may overtake
        what waits; a close goes out behind it.
        """
        self.loop.call_soon(self._write_told)

    def _write_told(self) -> None:
        """All that waits, as far as the client takes it."""
        line = self._line
        while line is not None and self._can_write() and (texts := line.take(UNSENT_BYTES_MAX)):
            self.transport.write(b"".join([text_frame(text.encode()) for text in texts]))

    async def _write_all_told(self) -> None:
        """All that waits, however long the client takes for it."""
        self._write_told()
        while self._is_write_paused and not self.disconnected:
            await self.writable.wait()
            self._write_told()

    def _can_write(self) -> bool:
        return not (self._is_write_paused or self.close_sent or self.transport.is_closing())

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        self._stop_reading()

    def start_keepalive(self) -> None:
        """Called once, when the handshake is answered: from here on it is a socket."""
        super().start_keepalive()
        self._guard.is_socket(self.transport)
        assert self._line is not None, "who lets a socket in gives it a line"
        self._line.attend(self._tell_soon, self._take_frames)

    # --- what is read ------------------------------------------------------------------------------------------------

    def _takes_whole(self) -> bool:
        """Whether a message that comes now is taken at once, and what comes is the beginning of one."""
        begins = not (self._unread or self._left_of_frame or self._fragments or self._is_deaf)
        return begins and self._line is not None and self._is_wanted() and self.conn.state is State.OPEN

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
                in_pieces = self._fragments > 0
                if not self._admit_frame(buffer[at], size):
                    return
                whole = not in_pieces and size <= self.config.ws_max_size and self.conn.state is State.OPEN
                text = text_of(buffer, at, size) if whole else None
                if text is not None:
                    at += size
                    self._hand_on(text, rests=at < len(buffer))
                    continue
                self._left_of_frame = size
            piece = buffer[at : at + self._left_of_frame]
            at += len(piece)
            self._left_of_frame -= len(piece)
            super().data_received(piece)
        self._unread = buffer[at:] if at else buffer
        if self._is_wanted():
            self._read_on()
        elif self._unread or self._is_write_paused:
            # Not before something came that nobody wants yet: who waits for each answer is never stopped, nor is the
            # system asked twice for each command to stop and go on.
            self._stop_reading()

    def _hand_on(self, message: str | bytes, *, rests: bool = True) -> None:
        """Whoever sent many at a time ``rests`` after each for a turn of the loop, or they would have all of it."""
        assert self._line is not None, "nothing is read before somebody was let in"
        if rests and not self._rests:
            self._rests = True
            self.loop.call_soon(self._go_on)
        self._line.hear(message)

    def _go_on(self) -> None:
        self._rests = False
        if self._unread or self._is_reading_paused:
            self._take_frames()

    def send_receive_event_to_app(self) -> None:
        """A message that came through the library's parser: in pieces, or not of text."""
        data, self.frames = b"".join(self.frames), []
        if self.close_sent:
            return
        if self.curr_msg_data_type == "bytes":
            self._hand_on(data)
            return
        try:
            text = data.decode()
        except UnicodeDecodeError:
            self.conn.send_close(CloseCode.INVALID_DATA)
            self.handle_parser_exception()
        else:
            self._hand_on(text)

    def _read_on(self) -> None:
        if self._is_reading_paused:
            self._is_reading_paused = False
            self.transport.resume_reading()

    def _stop_reading(self) -> None:
        if not (self._is_reading_paused or self.transport.is_closing()):
            self._is_reading_paused = True
            self.transport.pause_reading()

    def _is_wanted(self) -> bool:
        return self.handshake_complete and not (
            self._rests or self._is_write_paused or self.transport.is_closing() or not self._line_wants_more()
        )

    def _line_wants_more(self) -> bool:
        return self._line is None or self._line.wants_more

    def _admit_frame(self, head: int, size: int) -> bool:
        """Counts a frame; False after closing the socket for it."""
        if not self._allowance.take_nowait(1 + size // FRAME_COST_BYTES):
            self._fail(CloseCode.POLICY_VIOLATION, "too_often")
            return False
        if head & OPCODE < _CONTROL:
            self._fragments = 0 if head & FIN else self._fragments + 1
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
        self._write_told()
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
            self._read_on()

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
