"""The place in a listing that a cursor names: newest first, by time of making and row."""

from __future__ import annotations

from clew.sessions.ids import Millis


def write_cursor(inserted_at: Millis, row_id: int) -> str:
    """``inserted_at.row``: opaque to whoever carries it."""
    return f"{inserted_at}.{row_id}"


def read_cursor(cursor: str | None) -> tuple[Millis, int] | None:
    """What ``write_cursor`` wrote; None for anything else, because cursors come from outside."""
    inserted_at, _, row_id = (cursor or "").partition(".")
    if not (inserted_at.isascii() and inserted_at.isdigit() and row_id.isascii() and row_id.isdigit()):
        return None
    if len(inserted_at) > 18 or len(row_id) > 18:
        return None
    return int(inserted_at), int(row_id)
