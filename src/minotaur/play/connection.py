"""One socket's place in a match: what comes in becomes commands, what is committed goes out."""

from typing import Final, Protocol, assert_never

import msgspec

from minotaur.play.errors import ERRORS, ApiError
from minotaur.play.faults import error_of
from minotaur.play.feed import ViewerFeed
from minotaur.play.match import Match, MatchCommand, MatchEvent
from minotaur.play.moments import rfc3339
from minotaur.play.outbox import CLOSE_NOT_ALLOWED, CLOSE_RESTARTING, CLOSE_TRY_AGAIN, Outbox
from minotaur.play.problems import problem_and_path
from minotaur.play.wire import (
    Accepted,
    ClientMessage,
    ErrorMessage,
    PingMessage,
    PlanMessage,
    Pong,
    ReadyMessage,
    Reconnect,
    Refused,
    ResignMessage,
)
from minotaur.play.wire_shapes import CLIENT_MESSAGE_BYTES_MAX, ErrorBody
from minotaur.rules.commands import Ready, RegisterPlan, Resign
from minotaur.rules.names import PlayerId
from minotaur.sessions.faults import Fault
from minotaur.sessions.host import Host, Watch
from minotaur.sessions.ids import GameId, UserId
from minotaur.sessions.ids import PlayerId as SeatId
from minotaur.sessions.ports import Clock
from minotaur.sessions.records import Acknowledged, Committed, EndOfFeed, Entry

MatchHost = Host[Match, MatchCommand, MatchEvent]

UNREADABLE_IN_A_ROW_MAX: Final = 16
"""A client that sends so many messages in a row that can't be read is no client of ours: closed with 1008."""
RESUME_ENTRIES_MAX: Final = 4096
"""A client that missed more than this starts afresh, with ``resumed: false``."""
RESUME_PAGE: Final = 512
"""Journal entries read at once for a resume; other sessions get their turn in between."""
MOVED_RECONNECT_MS: Final = 200

_ENCODER: Final = msgspec.json.Encoder()
_DECODER: Final = msgspec.json.Decoder[ClientMessage](ClientMessage)

Command = PlanMessage | ReadyMessage | ResignMessage


class Allowance(Protocol):
    """How much one client may still do; kept by whoever sets the limits."""

    def take_nowait(self) -> bool:
        """Use one up; False when there is none left just now."""
        ...


class Connection:
    """One socket. ``open`` first, then ``receive`` as messages come, ``close`` at the end.

    Everything for the client goes to the outbox. Messages of one connection are handled one after another.
    """

    def __init__(
        self,
        host: MatchHost,
        clock: Clock,
        game_id: GameId,
        user_id: UserId | None,
        outbox: Outbox,
        allowance: Allowance,
    ) -> None:
        self._host = host
        self._clock = clock
        self._game_id = game_id
        self._user_id = user_id
        self._outbox = outbox
        self._allowance = allowance
        self._unreadable_in_a_row = 0
        self._watch: Watch[Match, MatchEvent] | None = None
        self._feed: ViewerFeed | None = None
        self._not_yet: list[Committed[Match, MatchEvent]] | None = []
        self._closed = False

    async def open(self, after: int | None) -> None:
        """Say welcome, tell what was missed since ``after``, and go on live from there.

        Raises the host's faults. What is committed meanwhile is told afterwards, in order.
        """
        watch = await self._host.watch(self._game_id, self._committed, self._ended)
        self._watch = watch
        resumes = after is not None and 0 <= watch.seq - after <= RESUME_ENTRIES_MAX
        missed = await self._missed(after, watch.seq) if after is not None and resumes else []
        feed = ViewerFeed(watch.state, watch.seq, self._user_id)
        self._outbox.put_nowait(feed.welcome(self._clock.now(), after if resumes else None))
        self._put(feed.missed(missed))
        self._feed = feed
        waiting, self._not_yet = self._not_yet or [], None
        for committed in waiting:
            self._put(feed.follow(committed))

    async def receive(self, raw: bytes | str) -> None:
        """Handle one client message; every answer goes to the outbox. Never raises for what a client sends."""
        allowed = self._allowance.take_nowait()
        message = self._read(raw)
        if message is None:
            return
        if isinstance(message, PingMessage):
            self._answer_ping(message, allowed=allowed)
        elif not allowed:
            self._refuse(message, ErrorBody("too_often", ERRORS["too_often"].message))
        else:
            await self._post(message)

    def close(self) -> None:
        """The socket is gone: nothing more is put into the outbox. May be called twice."""
        self._closed = True
        self._not_yet = None
        if self._watch is not None:
            self._watch.close()

    # --- out ------------------------------------------------------------------------------------------------------

    async def _missed(self, after: int, until: int) -> list[Entry[MatchEvent]]:
        entries: list[Entry[MatchEvent]] = []
        while after < until:
            page = await self._host.journal(self._game_id, after, min(RESUME_PAGE, until - after))
            assert page, f"the journal of {self._game_id} ends at {after}, before {until}"
            entries += page
            after = page[-1].seq
        return entries

    def _committed(self, committed: Committed[Match, MatchEvent]) -> None:
        if self._closed:
            return
        if self._outbox.close_code is not None:
            self.close()
        elif self._not_yet is not None:
            self._not_yet.append(committed)
        elif self._feed is not None:
            self._put(self._feed.follow(committed))

    def _ended(self, why: EndOfFeed) -> None:
        if self._closed:
            return
        match why:
            case "stopping" | "moved" | "failed":
                self._send(Reconnect(MOVED_RECONNECT_MS))
                self._outbox.close_nowait(CLOSE_RESTARTING, "reconnect")
            case "quarantined":
                self._send(ErrorMessage(ErrorBody("game_unreadable", ERRORS["game_unreadable"].message)))
                self._outbox.close_nowait(CLOSE_TRY_AGAIN, "game_unreadable")
            case _:
                assert_never(why)
        self.close()

    def _put(self, text: str | None) -> None:
        if text is not None:
            self._outbox.put_nowait(text)

    def _send(self, message: Accepted | Refused | Pong | Reconnect | ErrorMessage) -> None:
        self._outbox.put_nowait(_ENCODER.encode(message).decode())

    # --- in -------------------------------------------------------------------------------------------------------

    def _read(self, raw: bytes | str) -> ClientMessage | None:
        """The message; None after telling the client that it can't be read."""
        try:
            if len(raw) > CLIENT_MESSAGE_BYTES_MAX:
                self._complain(ErrorBody("too_large", ERRORS["too_large"].message))
                return None
            message = _DECODER.decode(raw)
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
            self._send(Pong(ping.nonce, rfc3339(self._clock.now())))
        else:
            self._send(ErrorMessage(ErrorBody("too_often", ERRORS["too_often"].message)))

    async def _post(self, message: Command) -> None:
        viewer = None if self._feed is None else self._feed.viewer
        if viewer is None:
            self._refuse(message, ErrorBody("not_playing", ERRORS["not_playing"].message))
            return
        try:
            answer = await self._host.post(
                self._game_id, _command(message, viewer), player_id=SeatId(viewer), command_id=message.command_id
            )
        except Fault as fault:
            self._refuse(message, _again(error_of(fault)))
            return
        if isinstance(answer, Acknowledged):
            self._send(Accepted(message.command_id, answer.seq))
        else:
            self._refuse(message, ErrorBody(answer.code, answer.message, answer.details))

    def _refuse(self, message: Command, error: ErrorBody) -> None:
        self._send(Refused(message.command_id, error))


def _command(message: Command, player: PlayerId) -> MatchCommand:
    match message:
        case PlanMessage():
            return RegisterPlan(player, message.round, message.steps)
        case ReadyMessage():
            return Ready(player, message.round)
        case ResignMessage():
            return Resign(player)
        case _:
            assert_never(message)


def _again(error: ApiError) -> ErrorBody:
    """The error, saying when to send the same command id again where that helps."""
    if error.retry_after_s is None:
        return error.body()
    return ErrorBody(error.code, error.message, {"retry_after_ms": round(error.retry_after_s * 1000)})
