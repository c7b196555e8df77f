"""The one-line notation of events, as they happened and as they are told.

    3.1 pc_entered_hex id=p1 from_hex=1,2 to_hex=0,2 witnesses=p1,p2
    3.1 pc_entered_hex id=p1 from_vector=E

Round and step, the event's name on the wire, then all its fields in their order; those that came later only where they
say something.
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple, get_args

from msgspec.structs import fields

from minotaur.hexgrid.coord import Coord, Vector
from minotaur.rules.commands import WIRE_DIRECTIONS, CreditCause, Steps, WireVector
from minotaur.rules.events import EndCause, Event, MissCause
from minotaur.rules.names import PlayerId
from minotaur.rules.notation import (
    NOTHING,
    NotationError,
    format_coord,
    format_direction,
    format_plan,
    parse_coord,
    parse_direction,
    parse_plan,
)
from minotaur.rules.told import DirectionName, ToldEvent


class _Word(NamedTuple):
    """How the values of one type are written and read."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


def format_event(event: Event | ToldEvent) -> str:
    """The line of an event, in full or as told."""
    cls = type(event)
    words = [f"{event.round}.{event.step}", str(cls.__struct_config__.tag)]
    values = {name: getattr(event, name) for name in _words_of(cls)}
    said = {name: value for name, value in values.items() if name not in _LATER or value is not None}
    words += (f"{name}={_words_of(cls)[name].write(value)}" for name, value in said.items())
    return " ".join(words)


def parse_event(line: str) -> Event:
    """The event that ``format_event`` wrote in full; ``NotationError`` for anything else."""
    when, _, rest = line.partition(" ")
    tag, *words = rest.split(" ")
    number, _, step = when.partition(".")
    cls = _EVENTS.get(tag)
    if cls is None:
        raise NotationError(f"not an event: {line!r}")
    kinds = _words_of(cls)
    values = dict(word.split("=", 1) for word in words if "=" in word)
    given = [name for name in kinds if name in values or name not in _LATER]
    if list(values) != given or len(words) != len(given):
        raise NotationError(f"{tag} has the fields {', '.join(kinds)}: {line!r}")
    read = {name: kinds[name].read(values[name]) for name in given}
    return cls(round=_read_int(number), step=_read_int(step), **read)


def _write_flag(value: bool) -> str:
    return "yes" if value else "no"


def _read_flag(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise NotationError(f"neither yes nor no: {text!r}")
    return text == "yes"


def _read_int(text: str) -> int:
    if not text.removeprefix("-").isdecimal():
        raise NotationError(f"not a number: {text!r}")
    return int(text)


def _write_number(number: int | None) -> str:
    return NOTHING if number is None else str(number)


def _read_number(text: str) -> int | None:
    return None if text == NOTHING else _read_int(text)


def _write_name(name: str | None) -> str:
    return name or NOTHING


def _read_name(text: str) -> str | None:
    return None if text == NOTHING else text


def _write_names(names: tuple[str, ...]) -> str:
    return ",".join(names) or NOTHING


def _read_names(text: str) -> tuple[str, ...]:
    return () if text == NOTHING else tuple(text.split(","))


def _write_heard(heard: dict[PlayerId, Vector]) -> str:
    return ",".join(f"{player}:{format_direction(vector)}" for player, vector in heard.items()) or NOTHING


def _read_heard(text: str) -> dict[PlayerId, Vector]:
    pairs = (pair.partition(":") for pair in _read_names(text))
    return {PlayerId(player): parse_direction(direction) for player, _, direction in pairs}


def _write_wire(wire: WireVector) -> str:
    return format_direction(wire.vector)


def _read_wire(text: str) -> WireVector:
    return WIRE_DIRECTIONS[parse_direction(text)]


_WhyItEnded = EndCause | None
_WhyItMissed = MissCause | None
_LATER: Final = frozenset({"missed"})
"""Left out where they are None, so that what was written before they were is written so still."""
_NAME: Final = _Word(str, str)
_NAMES: Final = _Word(_write_names, _read_names)
_WORDS: Final[dict[Any, _Word]] = {
    int: _Word(str, _read_int),
    int | None: _Word(_write_number, _read_number),
    bool: _Word(_write_flag, _read_flag),
    str: _NAME,
    PlayerId: _NAME,
    DirectionName: _NAME,
    CreditCause: _NAME,
    _WhyItEnded: _Word(_write_name, _read_name),
    _WhyItMissed: _Word(_write_name, _read_name),
    PlayerId | None: _Word(_write_name, _read_name),
    str | None: _Word(_write_name, _read_name),
    tuple[str, ...]: _NAMES,
    tuple[PlayerId, ...]: _NAMES,
    Coord: _Word(format_coord, parse_coord),
    Vector: _Word(format_direction, parse_direction),
    WireVector: _Word(_write_wire, _read_wire),
    Steps: _Word(format_plan, parse_plan),
    dict[PlayerId, Vector]: _Word(_write_heard, _read_heard),
}
_EVENTS: Final[dict[str, type[Event]]] = {str(cls.__struct_config__.tag): cls for cls in get_args(Event)}


def _words_of(cls: type[Event] | type[ToldEvent]) -> dict[str, _Word]:
    """The fields that follow round and step."""
    return {field.name: _WORDS[field.type] for field in fields(cls) if field.name not in {"round", "step"}}
