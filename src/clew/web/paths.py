"""Which spelling of a path counts: one for each thing. Checks hang on what was asked for, so there must be no other."""

import re
from enum import Enum
from typing import Final

from clew.web.bounds import PATH_BYTES_MAX
from clew.web.requests import Scope


class PathKind(Enum):
    """Who asks for such paths, which decides what is checked."""

    CALL = "call"
    """The protocol under ``/api``."""
    HEALTH = "health"
    METRICS = "metrics"
    """What an operator's machines ask."""
    PAGE = "page"
    """Everything else: the browser's pages, what they load, the protocol as a document, and what is not there."""


_CANONICAL: Final = re.compile(rb"(?:/(?!\.{1,2}(?:/|\Z))(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)*/?", re.ASCII)
_ENCODED: Final = re.compile(rb"%(..)")
_NEVER_ENCODED: Final = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/\\%\x7f" + bytes(range(0x20))
)
"""What has a plainer spelling, what another program may take for a separator or an encoding, and what no name holds."""


def canonical_path(scope: Scope) -> str | None:
    """The path that was asked for, decoded; None for any spelling but the one that we would write ourselves.

    No proxy before us, no router behind us and no check between them may differ on what a path means: so no empty
    segments, none of dots, nothing encoded that need not be, no encoded slash or NUL, valid UTF-8, and no more than
    ``PATH_BYTES_MAX``.
    """
    raw: bytes = scope["raw_path"]
    if not raw or len(raw) > PATH_BYTES_MAX or _CANONICAL.fullmatch(raw) is None:
        return None
    if b"%" in raw and (any(int(code, 16) in _NEVER_ENCODED for code in _ENCODED.findall(raw)) or not _is_utf8(raw)):
        return None
    return str(scope["path"])


def kind_of(path: str) -> PathKind:
    """Of a canonical path."""
    if path == "/api" or path.startswith("/api/"):
        return PathKind.CALL
    if path.startswith("/health/"):
        return PathKind.HEALTH
    if path == "/metrics" or path.startswith("/metrics/"):
        return PathKind.METRICS
    return PathKind.PAGE


def _is_utf8(raw: bytes) -> bool:
    try:
        _ENCODED.sub(lambda match: bytes((int(match[1], 16),)), raw).decode()
    except UnicodeDecodeError:
        return False
    return True
