"""The error codes that are the same for every game: each one's HTTP status class and the words a person reads.

The list is closed: beside these, a player may only be told those that the game has for plans it refuses, over the
socket. Whatever is answered to a request is one of these.
"""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from clew.wire.shapes import ErrorBody


class ErrorKind(msgspec.Struct, frozen=True):
    """What a code means over HTTP, and what it says when the place that raises it has nothing better to say."""

    status: int
    message: str


_BEFORE_PLANS: Final[Mapping[str, ErrorKind]] = {
    # the request itself
    "malformed": ErrorKind(400, "The server could not read that."),
    "not_signed_in": ErrorKind(401, "Tell us your name first."),
    "wrong_credentials": ErrorKind(403, "That does not fit together: the name, and the password or code."),
    "passkey_refused": ErrorKind(403, "That passkey does not fit here, or it took too long. Try again."),
    "wrong_origin": ErrorKind(403, "That request came from another page."),
    "not_host": ErrorKind(403, "Only the host of the game can do that."),
    "sent_away": ErrorKind(403, "The host of this game has sent you away."),
    "not_found": ErrorKind(404, "There is nothing here."),
    "no_such_passkey": ErrorKind(404, "You have no such passkey."),
    "no_such_game": ErrorKind(404, "There is no game with that code. Check the code and try again."),
    "no_such_person": ErrorKind(404, "There is nobody of whom anything could be told here."),
    "no_such_player": ErrorKind(404, "Nobody sits there."),
    "method_not_allowed": ErrorKind(405, "That cannot be done here."),
    "too_large": ErrorKind(413, "That is too much at once."),
    "unsupported_media_type": ErrorKind(415, "Send it as JSON."),
    "invalid": ErrorKind(422, "Something in there is not allowed."),
    "bad_name": ErrorKind(422, "Choose another name: 1 to 24 letters, digits or signs that can be seen."),
    "too_often": ErrorKind(429, "That was very fast. Wait a moment and try again."),
    "internal": ErrorKind(500, "Something went wrong on our side. Try again in a moment."),
    "busy": ErrorKind(503, "The server is busy. Try again in a moment; nothing is lost."),
    "not_ready": ErrorKind(503, "The server is starting or stopping. Try again in a moment."),
    "game_unreadable": ErrorKind(503, "This game cannot be opened just now. It is kept safe."),
    # accounts
    "name_taken": ErrorKind(409, "Somebody has that user name. Choose another."),
    "has_account": ErrorKind(409, "You have an account already."),
    "no_account": ErrorKind(409, "Guests have no account to change. Open one first."),
    "no_passkeys": ErrorKind(409, "Passkeys need a name and a secure connection, which this server does not have."),
    "too_many_passkeys": ErrorKind(409, "You have as many passkeys as one may have. Remove one first."),
    "last_way_in": ErrorKind(409, "Without a password you need this passkey. Set a password first."),
    # the lobby
    "game_full": ErrorKind(409, "All seats are taken."),
    "game_started": ErrorKind(409, "This game has already begun."),
    "game_not_started": ErrorKind(409, "This game has not begun yet."),
    "too_few_players": ErrorKind(409, "There are empty seats. Wait for more players, or let bots play."),
    "game_canceled": ErrorKind(409, "This game was called off."),
    "game_not_over": ErrorKind(409, "The replay opens when the game is over."),
    # what is too much
    "too_many_games": ErrorKind(409, "As many games as may be are open. Finish or call off some first."),
    "too_many_bot_games": ErrorKind(409, "Bots play on alone in many games. Wait until some are over."),
    "too_many_changes": ErrorKind(409, "You changed your mind very often in this round. What was accepted last stays."),
    "too_many_lately": ErrorKind(429, "Many games were made within an hour. Try again later."),
    # what people agree on
    "not_away": ErrorKind(409, "They are here, and play for themselves."),
    "no_more_pauses": ErrorKind(409, "This game was paused as often as may be."),
    # the round
    "stale_round": ErrorKind(409, "That round is over."),
    "too_early": ErrorKind(409, "The round is not over yet."),
}
_AFTER_PLANS: Final[Mapping[str, ErrorKind]] = {
    # who plays
    "not_playing": ErrorKind(409, "You are watching this game, not playing it."),
    "game_over": ErrorKind(409, "The game is over."),
    "command_forgotten": ErrorKind(409, "That was too long ago to say what became of it."),
}
ERRORS: Final[Mapping[str, ErrorKind]] = {**_BEFORE_PLANS, **_AFTER_PLANS}


def errors_with(of_plans: Mapping[str, ErrorKind]) -> Mapping[str, ErrorKind]:
    """Every code of a game that has these of its own for plans it refuses, in the order in which they are listed."""
    assert not of_plans.keys() & ERRORS.keys(), "a code means one thing"
    return {**_BEFORE_PLANS, **of_plans, **_AFTER_PLANS}


class ApiError(Exception):
    """A request gets this error as its answer. ``code`` is one of ``ERRORS``; the status follows from it.

    ``retry_after_s`` is given where trying again is the thing to do.
    """

    def __init__(
        self,
        code: str,
        message: str | None = None,
        details: Mapping[str, Any] | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        assert code in ERRORS, f"{code} is not in the closed list of error codes"
        self.code: Final = code
        self.message: Final = message or ERRORS[code].message
        self.details: Final[Mapping[str, Any]] = details or {}
        self.status: Final = ERRORS[code].status
        self.retry_after_s: Final = retry_after_s
        super().__init__(f"{code}: {self.message}")

    def body(self) -> ErrorBody:
        """The error as the wire has it."""
        return ErrorBody(self.code, self.message, self.details)
