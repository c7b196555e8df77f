"""One socket's place in a match: what comes in becomes commands, what is committed goes out."""

from asyncio import Future
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, Final, Protocol

import msgspec

from clew.gateway.attachment import Attachment
from clew.gateway.calls import TalkCall
from clew.gateway.games import Games
from clew.gateway.outbox import CLOSE_NOT_ALLOWED, Outbox
from clew.gateway.ports import PlayerMessage
from clew.gateway.verbs import Begun
from clew.people.user import User
from clew.sessions.faults import Fault, Moved, NotRunning
from clew.sessions.ids import GameId, Kind
from clew.sessions.records import Answer
from clew.wire.errors import ERRORS, ApiError
from clew.wire.faults import error_of
from clew.wire.moments import rfc3339
from clew.wire.problems import problem_and_path
from clew.wire.shapes import CLIENT_MESSAGE_BYTES_MAX, ErrorBody
from clew.wire.socket import AcceptedMessage, ErrorMessage, PingMessage, Pong, RefusedMessage, SayMessage, SignMessage

UNREADABLE_IN_A_ROW_MAX: Final = 16
"""A client that sends so many messages in a row that can't be read is no client of ours: closed with 1008."""

_ENCODER: Final = msgspec.json.Encoder()


class Allowance(Protocol):
    """How much one client may still do; kept by whoever sets the limits."""

    def take_nowait(self) -> bool:
        """Use one up; False when there is none left just now."""
        ...


class Caller(Protocol):
    """Who has commands decided, one after another. Called in the loop, never from within ``post_nowait``."""

    def answered(self) -> None:
        """The answer is in the outbox."""
        ...

    def awaits(self, rest: Coroutine[Any, Any, None]) -> None:
        """What is left to do has to be waited for; once it is done, the answer is in the outbox."""
        ...

    def failed(self, bug: BaseException) -> None:
        """It came to no answer, by a bug."""
        ...


class ViewerConnection:
    """One socket. ``open`` first, then ``take`` as messages come, ``close`` at the end.

    Everything for the client goes to the outbox. What ``take`` gives is to be posted one after another, in that order:
    a client may rely on its plan being decided before the readiness it sends behind it.
    """

    def __init__(
        self,
        games: Games,
        kind: Kind,
        game_id: GameId,
        user: User | None,
        outbox: Outbox,
        allowance: Allowance,
    ) -> None:
        self._games = games
        self._kind = kind
        self._messages = games.messages[kind]
        self._game_id = game_id
        self._user = user
        self._user_id = None if user is None else user.user_id
        self._outbox = outbox
        self._allowance = allowance
        self._unreadable_in_a_row = 0
        self._attachment: Attachment | None = None
        self.say: Callable[[ErrorBody], ErrorBody] = _as_it_is
        """How this client is told what went wrong: decided answers are English, whoever reads them (decision 0130)."""

    @property
    def subprotocol(self) -> str:
        """What is spoken on it."""
        return self._games.games[self._kind].subprotocol

    async def open(self, after: int | None, mark: str | None = None, *, changes: bool = False) -> None:
        """Say welcome, tell what was missed since ``after`` of the history that ``mark`` names, and go on live, with
        the ``changes`` of a view instead of each view whole.

        Raises ``ApiError`` and the runtime's faults.
        """
        self._attachment = await self._games.attach(
            self._kind, self._game_id, self._user, after, mark, self._outbox, changes=changes
        )

    def take(self, raw: bytes | str) -> PlayerMessage | None:
        """Read one client message: a command to ``post``; None where it is answered already, pings among them.

        So a ping goes past the commands that wait. Never raises for what a client sends.
        """
        allowed = self._allowance.take_nowait()
        message = self._read(raw)
        if message is None:
            return None
        if isinstance(message, PingMessage):
            self._answer_ping(message, allowed=allowed)
            return None
        if not allowed:
            self._refuse(message, ErrorBody("too_often", ERRORS["too_often"].message))
            return None
        return message

    async def post(self, command: PlayerMessage) -> None:
        """Have a command decided; its answer goes to the outbox."""
        dispatch = self._games.dispatch
        try:
            if isinstance(command, SayMessage | SignMessage):
                self._send(await dispatch.talk(self._kind, self._game_id, TalkCall(self._user_id, command)))
            else:
                self._send(await dispatch.say(self._kind, self._game_id, self._user_id, command))
        except Fault as fault:
            self._refuse(command, _again(error_of(fault)))

    def post_nowait(self, command: PlayerMessage, caller: Caller) -> bool:
        """``post``, where the game runs here: without a task, ``caller`` hears how it ends. False, and nothing begun:
        ``post`` it.
        """
        if isinstance(command, SayMessage | SignMessage):
            return False
        try:
            begun = self._games.dispatch.say_nowait(self._kind, self._game_id, self._user_id, command)
        except Fault:
            return False  # its answer is made there
        if begun is None:
            return False
        begun.answer.add_done_callback(partial(self._decided, begun, command, caller))
        return True

    def close(self) -> None:
        """The socket is gone: nothing more is put into the outbox. May be called twice."""
        if self._attachment is not None:
            self._attachment.close()

    def _send(self, message: AcceptedMessage | RefusedMessage | Pong | ErrorMessage) -> None:
        if isinstance(message, RefusedMessage | ErrorMessage):
            message = msgspec.structs.replace(message, error=self.say(message.error))
        self._outbox.put_nowait(_ENCODER.encode(message).decode())

    def _decided(self, begun: Begun, command: PlayerMessage, caller: Caller, answered: Future[Answer]) -> None:
        """Called in the turn of the loop after the one that told the commit: both go to its player together."""
        try:
            fault = answered.exception()
            if fault is None:
                told = begun.told(answered.result())
                if told is None:
                    caller.awaits(self._tell(begun, command, answered.result()))
                    return
                self._send(told)
            elif isinstance(fault, Moved | NotRunning):
                caller.awaits(self.post(command))
                return
            elif isinstance(fault, Fault):
                self._refuse(command, _again(error_of(fault)))
            else:
                raise fault  # noqa: TRY301 - a bug, told like all others
        except Exception as bug:  # noqa: BLE001 - one socket's edge
            caller.failed(bug)
        else:
            caller.answered()

    async def _tell(self, begun: Begun, command: PlayerMessage, answer: Answer) -> None:
        try:
            self._send(await begun.told_from_journal(answer))
        except Fault as fault:
            self._refuse(command, _again(error_of(fault)))

    # --- in -------------------------------------------------------------------------------------------------------

    def _read(self, raw: bytes | str) -> Any | None:
        """The message; None after telling the client that it can't be read."""
        try:
            if len(raw) > CLIENT_MESSAGE_BYTES_MAX:
                self._complain(ErrorBody("too_large", ERRORS["too_large"].message))
                return None
            message = self._messages.decode(raw)
        except msgspec.ValidationError as error:
            reason, path = problem_and_path(str(error))
            self._complain(ErrorBody("invalid", ERRORS["invalid"].message, {"path": path, "reason": reason}))
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            self._complain(ErrorBody("malformed", ERRORS["malformed"].message))
        else:
            self._unreadable_in_a_row = 0
            return message
        return None

    def _complain(self, error: ErrorBody) -> None:
        self._send(ErrorMessage(error))
        self._unreadable_in_a_row += 1
        if self._unreadable_in_a_row >= UNREADABLE_IN_A_ROW_MAX:
            self._outbox.close_nowait(CLOSE_NOT_ALLOWED, "too many messages that cannot be read")

    def _answer_ping(self, ping: PingMessage, *, allowed: bool) -> None:
        if allowed:
            self._send(Pong(ping.nonce, rfc3339(self._games.clock.now())))
        else:
            self._send(ErrorMessage(ErrorBody("too_often", ERRORS["too_often"].message)))

    def _refuse(self, message: PlayerMessage, error: ErrorBody) -> None:
        self._send(RefusedMessage(message.command_id, error))


def _as_it_is(error: ErrorBody) -> ErrorBody:
    return error


def _again(error: ApiError) -> ErrorBody:
    """The error, saying when to send the same command id again where that helps."""
    if error.retry_after_s is None:
        return error.body()
    return ErrorBody(error.code, error.message, {"retry_after_ms": round(error.retry_after_s * 1000)})
