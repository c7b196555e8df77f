"""Moments as the wire writes them."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from clew.sessions.ids import Millis

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_KEPT_MAX: Final = 1024


@lru_cache(maxsize=_KEPT_MAX)
def rfc3339(moment: Millis) -> str:
    """A moment in UTC with milliseconds: ``2026-01-31T12:00:00.000Z``."""
    return (_EPOCH + timedelta(milliseconds=moment)).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"
