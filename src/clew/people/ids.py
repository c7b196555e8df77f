"""Ids, codes, tokens and seeds, all from one source of chance."""

from collections.abc import Callable
from typing import Final

from clew.people.pushes.bounds import SALT_BYTES, WEBHOOK_SECRET_BYTES
from clew.people.recovery import GROUP_CHARS, GROUPS, RECOVERY_ALPHABET
from clew.sessions.ids import GameId, UserId
from clew.wire.http import SEED_MAX

JOIN_CODE_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0, O, 1, I, L or U: a code survives being read aloud, and spells little."""
JOIN_CODE_CHARS: Final = 6
TOKEN_CHARS_MAX: Final = 128

_ID_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_CHARS: Final = 26
_TOKEN_CHARS: Final = 52
"""260 bits."""
_MARK_BITS: Final = 96


class IdSource:
    """Makes what must not be guessed or met twice. ``below(n)`` gives a number from 0 to n - 1.

    The wiring gives a secret source, tests a seeded one. Ids, tokens and marks of a secret source are never met twice;
    join codes can be: whoever creates a game with one that is taken asks again.
    """

    def __init__(self, below: Callable[[int], int]) -> None:
        self._below = below

    def game_id(self) -> GameId:
        return GameId(self._text(_ID_ALPHABET, _ID_CHARS))

    def user_id(self) -> UserId:
        return UserId(self._text(_ID_ALPHABET, _ID_CHARS))

    def join_code(self) -> str:
        return self._text(JOIN_CODE_ALPHABET, JOIN_CODE_CHARS)

    def token(self) -> str:
        return self._text(_ID_ALPHABET, _TOKEN_CHARS)

    def recovery_code(self) -> str:
        return self._text(RECOVERY_ALPHABET, GROUPS * GROUP_CHARS)

    def command_id(self) -> str:
        return self._text(_ID_ALPHABET, _ID_CHARS)

    def mark(self) -> str:
        """For a term of a session's journal: 96 bits, and nothing in it but chance."""
        most = (1 << _MARK_BITS) - 1  # one fewer than there are: below 2 ** 96 every second draw would be thrown away
        return f"{self._below(most):0{_MARK_BITS // 4}x}"

    def salt(self) -> bytes:
        """For one message to somebody's browser."""
        return bytes(self._below(256) for _ in range(SALT_BYTES))

    def webhook_secret(self) -> bytes:
        """What messages to somebody's own address are signed with."""
        return bytes(self._below(256) for _ in range(WEBHOOK_SECRET_BYTES))

    def seed(self) -> int:
        return self._below(SEED_MAX + 1)

    def _text(self, alphabet: str, length: int) -> str:
        return "".join(alphabet[self._below(len(alphabet))] for _ in range(length))


def plain_join_code(raw: str) -> str | None:
    """The code somebody typed or spoke, as it is kept; None for what can't be one."""
    code = raw.strip().upper().replace("-", "").replace(" ", "")
    if len(code) != JOIN_CODE_CHARS or not set(code) <= set(JOIN_CODE_ALPHABET):
        return None
    return code
