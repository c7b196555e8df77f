"""What one viewer is sent of a game that keeps a log: the welcome, and news, in the viewer's own numbers.

What game it is, the texts of its events and of its view say; both come here as they are written.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import msgspec

from clew.gateway.calls import Opening
from clew.gateway.ports import Comer
from clew.gateway.resuming import Past, Resumption, Told
from clew.sessions.ids import Millis
from clew.sessions.session.terms import Terms, mark_at
from clew.wire.moments import rfc3339
from clew.wire.shapes import History

_ENCODER: Final = msgspec.json.Encoder()


class _Welcome(msgspec.Struct, frozen=True, tag_field="type", tag="welcome"):
    seq: int
    mark: str
    view: msgspec.Raw
    server_time: str
    resumed: bool
    history: History
    log: list[msgspec.Raw]


class _Events(msgspec.Struct, frozen=True, tag_field="type", tag="events"):
    seq: int
    mark: str
    events: list[msgspec.Raw]
    view: msgspec.Raw


class _Asides(msgspec.Struct, frozen=True, tag_field="type", tag="events"):
    seq: int
    mark: str
    events: list[msgspec.Raw]
    view: msgspec.Raw
    asides: Sequence[msgspec.Raw]


class _Changes(msgspec.Struct, frozen=True, tag_field="type", tag="changes", omit_defaults=True):
    seq: int
    mark: str
    events: list[msgspec.Raw]
    changes: dict[str, msgspec.Raw]
    asides: Sequence[msgspec.Raw] = ()


Sight: TypeAlias = msgspec.Raw | dict[str, msgspec.Raw]
"""What goes with news: a whole view, or what has changed of the one told before, by the names of its fields."""


class Messages:
    """Knows what its viewer was told last, and writes the next message.

    ``told_seq`` is the viewer's own number: everything up to it is told; ``mark`` names the history up to it.
    """

    __slots__ = ("mark", "told_seq")

    def __init__(self) -> None:
        self.told_seq = 0
        self.mark = ""

    async def open(
        self, past: Past[Any], terms: Terms, comer: Comer, now: Millis, view: Callable[[], msgspec.Raw]
    ) -> Opening:
        """How the feed begins. Raises what reading the journal raises.

        After a resume, numbers go on from the client's own, and what it missed follows; else from the viewer's last,
        and the welcome brings what the log has.
        """
        resumption = await past.resume(terms, comer.after, comer.mark)
        welcome = self._welcome(past, resumption, now, view())
        missed, text = resumption.missed, None
        if missed:
            text = self.news(missed, mark_at(terms, missed[-1].seq), view())
        elif comer.again and resumption.after is not None:
            text = self.look_again(view())
        resumed = resumption.after is not None
        return Opening(welcome, text, resumed, self.told_seq, self.mark, resumption.history)

    def news(self, told: Sequence[Told], mark: str, view: Sight) -> str:
        """These, and the view after them. Where numbers are still those of the journal, skips come in between, as the
        first edition has them.
        """
        events: list[msgspec.Raw] = []
        for number, _, shown in told:
            assert number > self.told_seq, "a viewer's numbers rise"
            events.extend(skip_bytes(skipped) for skipped in range(self.told_seq + 1, number))
            events.append(numbered(number, shown))
            self.told_seq = number
        self.mark = mark
        return self._events(events, view)

    def look_again(self, view: Sight) -> str:
        """Nothing was told, but what the viewer may see has, or may have, changed."""
        return self._events([], view)

    def asides(self, asides: Sequence[msgspec.Raw], view: Sight) -> str:
        """What has no number. Beside the events, each of which has one: clients of before go by that."""
        if isinstance(view, dict):
            return _ENCODER.encode(_Changes(self.told_seq, self.mark, [], view, asides)).decode()
        return _ENCODER.encode(_Asides(self.told_seq, self.mark, [], view, asides)).decode()

    def _welcome(self, past: Past[Any], resumption: Resumption, now: Millis, view: msgspec.Raw) -> str:
        resumed = resumption.after is not None
        self.told_seq = past.last if resumption.after is None else resumption.after
        self.mark = resumption.mark
        log = [] if resumed else [numbered(told.number, told.shown) for told in past.kept]
        message = _Welcome(self.told_seq, self.mark, view, rfc3339(now), resumed, resumption.history, log)
        return _ENCODER.encode(message).decode()

    def _events(self, events: list[msgspec.Raw], view: Sight) -> str:
        if isinstance(view, dict):
            return _ENCODER.encode(_Changes(self.told_seq, self.mark, events, view)).decode()
        return _ENCODER.encode(_Events(self.told_seq, self.mark, events, view)).decode()


def numbered(number: int, told: msgspec.Raw) -> msgspec.Raw:
    """An event as it is told, with the viewer's own number."""
    return msgspec.Raw(b'{"seq":%d,' % number + bytes(told)[1:])


def skip_bytes(seq: int) -> msgspec.Raw:
    """A number of the first edition whose event a viewer may not know."""
    return msgspec.Raw(b'{"type":"skip","seq":%d}' % seq)
