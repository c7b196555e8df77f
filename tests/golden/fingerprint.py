"""What stored bytes look like, as a short text that changes whenever the types they are made from do.

    python -m tests.golden.fingerprint

writes down those of the present versions.
"""

import hashlib
from pathlib import Path
from typing import Any, Final, cast

import msgspec
from msgspec import inspect

from clew.sessions.ids import PlayerId
from clew.sessions.records import Receipt, Refused
from clew.sessions.session.answers import Kept
from clew.sessions.session.terms import Terms
from minotaur.play.codec import EVENT_VERSION, STATE_VERSION
from minotaur.play.match import Match, MatchEvent
from minotaur.rules.coding import enc_hook

PATH: Final = Path(__file__).parent / "stored" / "fingerprints.json"


def of_states() -> str:
    """Of a snapshot: the match, and the answers and terms that are kept beside it."""
    return _fingerprint(Match, dict[PlayerId, Kept], Terms)


def of_events() -> str:
    """Of an entry: the event, whose command it answers, and how it was refused."""
    return _fingerprint(MatchEvent, Receipt, Refused)


def known() -> dict[str, dict[str, str]]:
    """What was written down, by ``state`` or ``event`` and version."""
    return msgspec.json.decode(PATH.read_bytes(), type=dict[str, dict[str, str]]) if PATH.exists() else {}


def _fingerprint(*types: Any) -> str:
    """What classes are called, and what is said of them, does not count: only what the bytes can tell."""
    order: dict[type, int] = {}
    told = [_shape(each, order) for each in inspect.multi_type_info(types)]
    return hashlib.sha256(msgspec.json.encode(told, enc_hook=enc_hook, order="sorted")).hexdigest()[:16]


def _shape(value: Any, order: dict[type, int]) -> Any:
    """A type's description as plain values; a class met before is its number."""
    if isinstance(value, list | tuple):
        return [_shape(each, order) for each in cast("list[Any]", value)]
    if isinstance(value, inspect.StructType | inspect.NamedTupleType | inspect.CustomType):
        seen = value.cls in order
        number = order.setdefault(value.cls, len(order))
        if seen:
            return number
    if isinstance(value, msgspec.Struct) and type(value).__module__ == inspect.__name__:
        fields = [name for name in value.__struct_fields__ if name not in {"name", "cls", "default_factory"}]
        return {type(value).__name__: {name: _shape(getattr(value, name), order) for name in fields}}
    return "none" if value is msgspec.NODEFAULT else value


def main() -> None:
    found = known()
    for what, version, now in (("state", STATE_VERSION, of_states()), ("event", EVENT_VERSION, of_events())):
        found.setdefault(what, {})[str(version)] = now
    PATH.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")


if __name__ == "__main__":
    main()
