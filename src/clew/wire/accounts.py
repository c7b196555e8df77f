"""The bodies about accounts of the HTTP half of the public protocol."""

from typing import Annotated

import msgspec

from clew.wire.credentials import KnownPasskey, MyPasskey
from clew.wire.http import NAME_CHARS_SENT_MAX
from clew.wire.people import PersonResult

USERNAME_CHARS_MIN = 3
USERNAME_CHARS_MAX = 32
PASSWORD_CHARS_MIN = 8
PASSWORD_CHARS_MAX = 256
EMAIL_CHARS_MAX = 254
RECOVERY_CHARS_SENT_MAX = 64

_Username = Annotated[str, msgspec.Meta(max_length=NAME_CHARS_SENT_MAX)]
_NewPassword = Annotated[str, msgspec.Meta(min_length=PASSWORD_CHARS_MIN, max_length=PASSWORD_CHARS_MAX)]
_Password = Annotated[str, msgspec.Meta(max_length=PASSWORD_CHARS_MAX)]
_Email = Annotated[str, msgspec.Meta(max_length=EMAIL_CHARS_MAX)]
_Name = Annotated[str, msgspec.Meta(max_length=NAME_CHARS_SENT_MAX)]


class OpenAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account: 3 to 32 letters and digits, any 8 to 256 characters. ``email`` is kept and never written to.

    ``display_name`` is how you are called at tables: left out, a guest's stays, and else it is the user name.
    """

    username: _Username
    password: _NewPassword
    display_name: _Name | None = None
    email: _Email | None = None


class NewAccount(msgspec.Struct, frozen=True):
    """Who you are now, and the token that proves it.

    ``recovery_code`` sets a new password, once. It is shown here and never again: write it down.
    """

    user_id: str
    display_name: str
    token: str
    username: str
    recovery_code: str


class LogIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Come in with an account."""

    username: _Username
    password: _Password


class Recover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Come in with the code that was shown when the account was opened, or recovered last, and choose a password."""

    username: _Username
    recovery_code: Annotated[str, msgspec.Meta(max_length=RECOVERY_CHARS_SENT_MAX)]
    password: _NewPassword


class ChangeMe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be another from now on; what is left out stays. An empty ``email`` takes it away.

    Anything but ``display_name`` needs the ``current_password``, or a ``passkey`` (`POST /passkeys/options`).
    """

    display_name: _Name | None = None
    username: _Username | None = None
    password: _NewPassword | None = None
    email: _Email | None = None
    current_password: _Password | None = None
    passkey: KnownPasskey | None = None
    new_recovery_code: bool = False
    """For who lost it, or never got the answer that it was in. The old one is worth nothing then."""


class Changed(msgspec.Struct, frozen=True):
    """Who you are now, and the new recovery code where one was asked for: shown this once."""

    user_id: str
    display_name: str
    username: str | None
    recovery_code: str | None


class DeleteMe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Go for good. ``password`` is an account's, or a ``passkey`` (`POST /passkeys/options`); a guest has none."""

    password: _Password | None = None
    passkey: KnownPasskey | None = None


class ExportedGame(msgspec.Struct, frozen=True):
    """A game you have a seat in. ``result`` is null while there is none."""

    game_id: str
    join_code: str
    kind: str
    game_status: str
    player_id: str | None
    player_status: str | None
    made_at: str
    changed_at: str
    result: PersonResult | None


class ExportedRating(msgspec.Struct, frozen=True):
    """What you did at one kind of game, and what you are rated: how strong you are believed to be (``mu``), how
    surely (``sigma``), and the ``rating`` that is shown.
    """

    kind: str
    played: int
    won: int
    drawn: int
    rated: int
    mu: float
    sigma: float
    rating: int


class ExportedPush(msgspec.Struct, frozen=True):
    """A place where you are told that it is your turn."""

    endpoint: str
    since: str


class Exported(msgspec.Struct, frozen=True):
    """What is kept of you: all but the hashes of your password, recovery code and tokens, and the
    keys of your browsers.

    A page of your games, newest first; ``next_cursor`` asks for the next one and is null on the last.
    """

    user_id: str
    display_name: str
    since: str
    username: str | None
    email: str | None
    account_since: str | None
    games: tuple[ExportedGame, ...]
    next_cursor: str | None
    ratings: tuple[ExportedRating, ...]
    pushes: tuple[ExportedPush, ...]
    passkeys: tuple[MyPasskey, ...] = ()
