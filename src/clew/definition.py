"""Whether a class is a game at all: what its author got wrong is said in one sentence, before anything is played."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import NoneType, UnionType
from typing import Any, Final, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import msgspec
from msgspec import inspect

from clew.sessions.kinds import FIRST_KIND

KIND: Final = re.compile(r"[a-z][a-z0-9-]{0,31}")
"""What a kind may be: it stands in rows, addresses and labels of metrics."""
SEATS_MAX: Final = 16
"""No table has more seats."""
ROUND_SECONDS_MIN: Final = 5
ROUND_SECONDS_MAX: Final = 86_400
"""Rounds are of five seconds to a day; for a table, whoever makes it chooses within that."""


class InvalidGame(TypeError):
    """Mend the game: its text says in one sentence what is wrong."""


class Types(NamedTuple):
    """What a game is made of; ``told`` is what its ``tell`` gives. Events and tellings may be unions."""

    state: Any
    plan: Any
    event: Any
    view: Any
    told: Any


def types_of(cls: type, base: type) -> Types:
    """From ``Game[State, Plan, Event, View]`` among the bases of the class, and from what its ``tell`` says it gives.

    Raises ``InvalidGame``.
    """
    args = next(
        (get_args(each) for one in cls.__mro__ for each in _bases(one) if get_origin(each) is base),
        (),
    )
    if len(args) != 4 or any(isinstance(each, TypeVar | str) for each in args):
        raise InvalidGame(f"{cls.__name__}: say what it is made of, as in Game[State, Plan, Event, View].")
    return Types(*args, _told_of(cls))


def check_types(name: str, types: Types, options: Any) -> None:
    """Every type can be written as JSON, and nothing in it can be changed once it is made. Raises ``InvalidGame``."""
    for what, each in (*types._asdict().items(), ("options", options)):
        members = get_args(each) if get_origin(each) in {Union, UnionType} else (each,)
        if not all(isinstance(one, type) and issubclass(one, msgspec.Struct) for one in members):
            raise InvalidGame(f"{name}: {what} must be a frozen msgspec.Struct, and is {_called(each)}.")
        try:
            msgspec.json.Decoder(each)
            shape = inspect.type_info(each)
        except TypeError as error:
            raise InvalidGame(f"{name}: {what} can't be written as JSON: {error}") from error
        for part in parts_of(shape):
            _check_part(name, what, part)


def check_numbers(name: str, kind: object, seats: object, round_seconds: object) -> None:
    """Raises ``InvalidGame`` for a kind, seats or a round that can't be."""
    if not isinstance(kind, str) or KIND.fullmatch(kind) is None:
        raise InvalidGame(f"{name}: kind must be 1 to 32 of a-z, 0-9 and -, a letter first, and is {kind!r}.")
    if kind == FIRST_KIND:
        raise InvalidGame(f"{name}: the kind {kind} is that of stored games that don't say theirs. Choose another.")
    match seats:
        case (int(least), int(greatest)) if 1 <= least <= greatest <= SEATS_MAX:
            pass
        case _:
            raise InvalidGame(f"{name}: seats must be (least, greatest) within 1 to {SEATS_MAX}, and is {seats!r}.")
    if not isinstance(round_seconds, int) or not ROUND_SECONDS_MIN <= round_seconds <= ROUND_SECONDS_MAX:
        bounds = f"{ROUND_SECONDS_MIN} to {ROUND_SECONDS_MAX}"
        raise InvalidGame(f"{name}: round_seconds must be {bounds}, and is {round_seconds!r}.")


def check_options(name: str, options: type[msgspec.Struct]) -> None:
    """Every option has a default, and it lies within its own bounds. Raises ``InvalidGame``."""
    for field in msgspec.structs.fields(options):
        if field.required:
            raise InvalidGame(f"{name}: the option {field.name} needs a default.")
    try:
        msgspec.convert(msgspec.to_builtins(options()), options)
    except msgspec.ValidationError as error:
        raise InvalidGame(f"{name}: a default among the options is out of its own bounds: {error}") from error


def check_methods(cls: type, base: type, needed: Iterable[str]) -> None:
    """Raises ``InvalidGame`` for a method that the class had to write and did not."""
    missing = [method for method in needed if getattr(cls, method) is getattr(base, method)]
    if missing:
        raise InvalidGame(f"{cls.__name__}: it lacks {', '.join(missing)}.")


def check_idle(cls: type, base: type, plan: Any) -> None:
    """Where a plan can't be made of nothing, the game says what the idle plan. Raises ``InvalidGame``."""
    written = cast("Any", cls).idle is not cast("Any", base).idle
    if not written and (get_args(plan) or any(field.required for field in msgspec.structs.fields(plan))):
        raise InvalidGame(f"{cls.__name__}: a plan can't be made of defaults alone, so idle must be written.")


def check_steps(name: str, what: str, version: object, steps: Mapping[int, object]) -> None:
    """There is a step from every version before the newest, and none else. Raises ``InvalidGame``."""
    if not isinstance(version, int) or version < 1:
        raise InvalidGame(f"{name}: {what}_version counts from 1, and is {version!r}.")
    wanted = set(range(1, version))
    if set(steps) != wanted:
        wrong = min(wanted ^ set(steps))
        has = "needs a step" if wrong in wanted else "has a step that leads nowhere"
        raise InvalidGame(f"{name}: {what}_version is {version}, and upcast_{what} {has} from version {wrong}.")


def parts_of(shape: inspect.Type) -> Iterator[inspect.Type]:
    """A type and all it is made of, each class once."""
    seen: set[type] = set()
    waiting = [shape]
    while waiting:
        part = waiting.pop()
        if isinstance(part, inspect.StructType):
            if part.cls in seen:
                continue
            seen.add(part.cls)
            waiting += [field.type for field in part.fields]
        elif isinstance(part, inspect.UnionType):
            waiting += part.types
        elif isinstance(part, inspect.TupleType):
            waiting += part.item_types
        elif isinstance(part, inspect.CollectionType):
            waiting.append(part.item_type)
        elif isinstance(part, inspect.DictType):
            waiting += [part.key_type, part.value_type]
        elif isinstance(part, inspect.Metadata):
            waiting.append(part.type)
        yield part


def _check_part(name: str, what: str, part: inspect.Type) -> None:
    if isinstance(part, inspect.StructType) and not part.cls.__struct_config__.frozen:
        raise InvalidGame(f"{name}: {what} holds {part.cls.__name__}, which is not frozen.")
    if isinstance(part, inspect.IntType | inspect.FloatType):
        least = max((bound for bound in (part.ge, part.gt) if bound is not None), default=None)
        greatest = min((bound for bound in (part.le, part.lt) if bound is not None), default=None)
    elif isinstance(part, inspect.StrType | inspect.BytesType | inspect.CollectionType | inspect.DictType):
        least, greatest = part.min_length, part.max_length
    else:
        return
    if least is not None and greatest is not None and least > greatest:
        raise InvalidGame(f"{name}: {what} has bounds that nothing keeps, {least} to {greatest}.")


def _told_of(cls: type) -> Any:
    try:
        gives = get_type_hints(cast("Any", cls).tell).get("return", Any)
    except NameError as error:
        raise InvalidGame(f"{cls.__name__}: what tell gives can't be found out: {error}.") from error
    members = get_args(gives) if get_origin(gives) in {Union, UnionType} else (gives,)
    told = tuple(each for each in members if each is not NoneType)
    if not told or told == (Any,):
        raise InvalidGame(f"{cls.__name__}: say what tell gives, as in -> Sold | None.")
    return Union[told]  # noqa: UP007 - of as many as there are


def _bases(cls: type) -> tuple[Any, ...]:
    return cls.__dict__.get("__orig_bases__", ())


def _called(each: Any) -> str:
    return getattr(each, "__name__", repr(each))
