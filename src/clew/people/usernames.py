"""What an account may be called, and which two names are one."""

import unicodedata
from typing import Final

from clew.people.names import can_be_seen
from clew.wire.accounts import USERNAME_CHARS_MAX, USERNAME_CHARS_MIN
from clew.wire.errors import ApiError

_SIGNS: Final = frozenset("_-.")
_WRITTEN_TOGETHER: Final = (
    frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}),
    frozenset({"CJK", "HANGUL"}),
    frozenset({"CJK", "BOPOMOFO"}),
)
"""Japanese, Korean and Chinese are written in several scripts; whoever mixes others imitates a name."""


def clean_username(raw: str) -> str:
    """The name as it is kept and shown: NFKC. Raises ``bad_name``.

    3 to 32 letters and digits of one script, with ``_``, ``-`` and ``.`` between. Not promised: that no two names look
    alike. A whole name in one script may look like one in another.
    """
    name = unicodedata.normalize("NFKC", raw).strip()
    if not USERNAME_CHARS_MIN <= len(name) <= USERNAME_CHARS_MAX:
        raise _bad(f"A user name has {USERNAME_CHARS_MIN} to {USERNAME_CHARS_MAX} characters.")
    if not can_be_seen(name) or not all(char in _SIGNS or unicodedata.category(char)[0] in "LNM" for char in name):
        raise _bad("A user name has letters, digits, and _ - . between them.")
    if name[0] in _SIGNS or name[-1] in _SIGNS:
        raise _bad("A user name begins and ends with a letter or digit.")
    scripts = {_script(char) for char in name if unicodedata.category(char)[0] == "L"}
    if len(scripts) > 1 and not any(scripts <= together for together in _WRITTEN_TOGETHER):
        raise _bad("Write a user name in the letters of one script.")
    return name


def _script(letter: str) -> str:
    """A letter's script, as its name in Unicode begins with it."""
    return unicodedata.name(letter, "?").split(" ")[0]


def _bad(message: str) -> ApiError:
    return ApiError("bad_name", message, {"path": "username"})
