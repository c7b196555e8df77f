"""What the server told of a game, and what of it was not read yet."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final, Literal

from clew.client.bounds import EVENTS_UNREAD_MAX

Message = dict[str, Any]
Kind = Literal["live", "resumed", "fresh", "changed"]

_WEIGHT: Final[tuple[Kind, ...]] = ("live", "resumed", "fresh", "changed")


@dataclass(frozen=True)
class News:
    """Events, and all that may be known after them.

    ``live``: something happened. ``resumed``: welcome back; the view is the present one, what was missed follows.
    ``fresh``: welcome, or welcome back after too long a gap: the view replaces what was known, the events are the
    latest there were. ``changed``: an older game was put back; nothing that was told before holds any more.
    """

    kind: Kind
    seq: int
    events: tuple[Message, ...]
    view: Message
    asides: tuple[Message, ...] = ()
    """What was told that has no number, and that who missed it finds in the view."""


class Unread:
    """At most one piece of news, into which those that nobody has read yet are joined: all events, the newest view."""

    def __init__(self) -> None:
        self._news: News | None = None
        self._is_over = False
        self._changed = asyncio.Event()

    def put(self, news: News) -> None:
        self._news = joined(self._news, news)
        self._changed.set()

    def begin(self) -> None:
        """More may come."""
        self._is_over = False

    def end(self) -> None:
        """Nothing will come any more. What is unread can still be read."""
        self._is_over = True
        self._changed.set()

    async def next(self) -> News | None:
        """The next piece; None when there will be none."""
        while self._news is None and not self._is_over:
            self._changed.clear()
            await self._changed.wait()
        news, self._news = self._news, None
        return news


def joined(older: News | None, newer: News) -> News:
    """Both as one. Pure."""
    if older is None or newer.kind == "changed":
        return newer
    events = (*older.events, *newer.events)
    has_gap = len(events) > EVENTS_UNREAD_MAX
    weight = max(_WEIGHT.index(kind) for kind in (older.kind, newer.kind, "fresh" if has_gap else "live"))
    asides = (*older.asides, *newer.asides)[-EVENTS_UNREAD_MAX:]
    return News(_WEIGHT[weight], newer.seq, events[-EVENTS_UNREAD_MAX:], newer.view, asides)


def with_view(message: Message, before: Message) -> Message:
    """The message with the view as it is after it, where it says what has changed of the one ``before``. Pure."""
    if message["type"] != "changes":
        return message
    news = {name: said for name, said in message.items() if name != "changes"}
    return {**news, "type": "events", "view": {**before, **message["changes"]}}
