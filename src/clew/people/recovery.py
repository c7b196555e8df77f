"""Recovery codes: shown once, kept as a keyed hash, typed by hand perhaps years later."""

from typing import Final

RECOVERY_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""As of join codes: none of them is taken for another."""
GROUPS: Final = 5
GROUP_CHARS: Final = 5
"""25 of 30 letters: 122 bits."""


def written(code: str) -> str:
    """In groups, as it is shown."""
    return "-".join(code[at : at + GROUP_CHARS] for at in range(0, len(code), GROUP_CHARS))


def plain(raw: str) -> str:
    """What was meant by what was typed: case, blanks and hyphens do not matter. Perhaps no code at all."""
    return "".join(raw.upper().split()).replace("-", "")
