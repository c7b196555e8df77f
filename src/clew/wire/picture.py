"""A view as text that is written once and sent many times, though parts of it change with every plan."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import replace

_ENCODER: Final = msgspec.json.Encoder()
_HERE: Final = b"\0"
"""Stands for a live part while the rest is written: no text of JSON has such a byte."""


class EncodedView:
    """What stands around the live parts in the encoding of a view."""

    __slots__ = ("_parts",)

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = parts

    def of(self, live: Sequence[bytes]) -> msgspec.Raw:
        """The view, with its live parts as they are now, each encoded, in the order of the view's fields."""
        first, *others = self._parts
        return msgspec.Raw(b"".join((first, *(part for pair in zip(live, others, strict=True) for part in pair))))


def picture(view: msgspec.Struct, live: Sequence[str]) -> EncodedView:
    """All of this view but for these fields, encoded."""
    here = msgspec.Raw(_HERE)
    return EncodedView(_ENCODER.encode(replace(view, **dict.fromkeys(live, here))).split(_HERE))


def as_written(text: msgspec.Raw | list[msgspec.Raw]) -> Any:
    """Text in the place of the value it says, in a struct about to be encoded: it goes out as it stands."""
    return text
