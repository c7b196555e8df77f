"""Values of a game's types, made up from their shape: plans and options that can come over the wire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from clew.definition import InvalidGame

Strategy = st.SearchStrategy[Any]

_SMALL: Final = 8
"""Small numbers and short collections come as often as all others: most rules are about them."""
_FAR: Final = 1_000
_ITEMS_MAX: Final = 5


def values_of(made: Any, names: Sequence[str]) -> Strategy:
    """Values of this type; where any text may stand, one of these names often does: those of the seats."""
    plain = _Maker(names).of(inspect.type_info(made))
    return plain.map(lambda value: _converted(value, made)).filter(lambda value: value is not _NONE)


_NONE: Final = object()


def _converted(value: Any, made: Any) -> Any:
    """None that fits, where a pattern or a constraint is narrower than what was made up."""
    try:
        return msgspec.convert(value, made, str_keys=True)
    except msgspec.ValidationError:
        return _NONE


class _Maker:
    """Strategies for plain values, by the shape they are to have; a class that holds itself is met once."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._known: dict[type, Strategy] = {}

    def of(self, shape: inspect.Type) -> Strategy:
        match shape:
            case inspect.Metadata():
                return self.of(shape.type)
            case inspect.NoneType():
                return st.none()
            case inspect.BoolType():
                return st.booleans()
            case inspect.IntType():
                return _integers(shape)
            case inspect.FloatType():
                return _floats(shape)
            case inspect.StrType():
                return self._texts(shape)
            case inspect.LiteralType():
                return st.sampled_from(shape.values)
            case inspect.EnumType():
                return st.sampled_from([member.value for member in shape.cls])
            case inspect.UnionType():
                return st.one_of([self.of(each) for each in shape.types])
            case inspect.TupleType():
                return st.tuples(*(self.of(each) for each in shape.item_types))
            case inspect.CollectionType():
                return self._collections(shape)
            case inspect.DictType():
                return self._mappings(shape)
            case inspect.StructType():
                return self._structs(shape)
            case _:
                name = type(shape).__name__.removesuffix("Type")
                raise InvalidGame(f"the exam can't make up a {name}: use a number, a text, or a struct of them.")

    def _texts(self, shape: inspect.StrType) -> Strategy:
        if shape.pattern is not None:
            return st.from_regex(shape.pattern)
        texts = st.text(min_size=shape.min_length or 0, max_size=shape.max_length or _SMALL)
        fitting = [name for name in self._names if len(name) >= (shape.min_length or 0)]
        return st.one_of(st.sampled_from(fitting), texts) if fitting else texts

    def _collections(self, shape: inspect.CollectionType) -> Strategy:
        least = shape.min_length or 0
        most = least + _ITEMS_MAX if shape.max_length is None else min(shape.max_length, least + _ITEMS_MAX)
        return st.lists(self.of(shape.item_type), min_size=least, max_size=most)

    def _mappings(self, shape: inspect.DictType) -> Strategy:
        least = shape.min_length or 0
        most = least + _ITEMS_MAX if shape.max_length is None else min(shape.max_length, least + _ITEMS_MAX)
        return st.dictionaries(self.of(shape.key_type), self.of(shape.value_type), min_size=least, max_size=most)

    def _structs(self, shape: inspect.StructType) -> Strategy:
        if shape.cls not in self._known:
            self._known[shape.cls] = st.deferred(lambda: self._fields(shape))
        return self._known[shape.cls]

    def _fields(self, shape: inspect.StructType) -> Strategy:
        needed = {field.encode_name: self.of(field.type) for field in shape.fields if field.required}
        others = {field.encode_name: self.of(field.type) for field in shape.fields if not field.required}
        tag = {} if shape.tag_field is None else {shape.tag_field: st.just(shape.tag)}
        if shape.array_like:
            every = [*tag.values(), *(self.of(field.type) for field in shape.fields)]
            return st.tuples(*every)
        return st.fixed_dictionaries({**tag, **needed}, optional=others)


def _integers(shape: inspect.IntType) -> Strategy:
    """Whole numbers within the bounds; within some thousand where there are none."""
    least = shape.gt + 1 if shape.ge is None and shape.gt is not None else shape.ge
    most = shape.lt - 1 if shape.le is None and shape.lt is not None else shape.le
    low = least if least is not None else -_FAR if most is None else min(-_FAR, most - _FAR)
    high = most if most is not None else max(_FAR, low + _FAR)
    small = max(low, min(0, high))
    numbers = st.one_of(st.integers(small, min(high, small + _SMALL)), st.integers(low, high))
    step = shape.multiple_of
    return numbers if step is None else numbers.map(lambda number: number - number % step)


def _floats(shape: inspect.FloatType) -> Strategy:
    least, most = shape.gt if shape.ge is None else shape.ge, shape.lt if shape.le is None else shape.le
    open_below, open_above = shape.gt is not None, shape.lt is not None
    return st.floats(least, most, exclude_min=open_below, exclude_max=open_above, allow_nan=False, allow_infinity=False)
