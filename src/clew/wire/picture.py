"""A view as text that is written once and sent many times, though the viewer's own part changes with every plan.

Of any view that is a struct and has that part in a field called ``you``.
"""

from typing import Any, Final, NamedTuple

import msgspec
from msgspec.structs import replace

_ENCODER: Final = msgspec.json.Encoder()
_HERE: Final = b"\0"
"""Stands for ``you`` while the rest is written: no text of JSON has such a byte."""


class EncodedView(NamedTuple):
    """What stands around ``you`` in the encoding of a view."""

    before: bytes
    after: bytes

    def of(self, you: msgspec.Struct | None) -> msgspec.Raw:
        """The view, with what its viewer knows about themself now."""
        return msgspec.Raw(b"".join((self.before, _ENCODER.encode(you), self.after)))


def picture(view: msgspec.Struct) -> EncodedView:
    """All of this view but its ``you``, encoded."""
    before, _, after = _ENCODER.encode(replace(view, you=msgspec.Raw(_HERE))).partition(_HERE)
    return EncodedView(before, after)


def as_written(text: msgspec.Raw | list[msgspec.Raw]) -> Any:
    """Text in the place of the value it says, in a struct about to be encoded: it goes out as it stands."""
    return text
