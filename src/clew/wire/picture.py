"""A view as text that is written once and sent many times, though parts of it change with every plan."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import replace

_ENCODER: Final = msgspec.json.Encoder()
_FIELDS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_HERE: Final = b"\0"
"""Stands for a live part while the rest is written: no text of JSON has such a byte."""


class EncodedView:
    """What stands around the live parts in the encoding of a view."""

    __slots__ = ("_live", "_parts")

    def __init__(self, parts: Sequence[bytes], live: Sequence[str]) -> None:
        self._parts = parts
        self._live = live

    def of(self, live: Sequence[bytes]) -> msgspec.Raw:
        """The view, with its live parts as they are now, each encoded, in the order of the view's fields."""
        first, *others = self._parts
        return msgspec.Raw(b"".join((first, *(part for pair in zip(live, others, strict=True) for part in pair))))

    def changed(self, before: Sequence[bytes], live: Sequence[bytes]) -> dict[str, msgspec.Raw]:
        """Those live parts that are other than before, by the names of their fields."""
        parts = zip(self._live, before, live, strict=True)
        return {name: msgspec.Raw(now) for name, was, now in parts if now is not was and now != was}


def changed_fields(before: bytes, after: bytes) -> dict[str, msgspec.Raw] | None:
    """Those fields of a view that are other than before, as they are written; None where it has not the same fields in
    the same order.
    """
    was, now = _FIELDS.decode(before), _FIELDS.decode(after)
    if list(was) != list(now):
        return None
    return {name: text for name, text in now.items() if text != was[name]}


def picture(view: msgspec.Struct, live: Sequence[str]) -> EncodedView:
    """All of this view but for these fields, encoded."""
    here = msgspec.Raw(_HERE)
    return EncodedView(_ENCODER.encode(replace(view, **dict.fromkeys(live, here))).split(_HERE), live)


def as_written(text: msgspec.Raw | list[msgspec.Raw]) -> Any:
    """Text in the place of the value it says, in a struct about to be encoded: it goes out as it stands."""
    return text
