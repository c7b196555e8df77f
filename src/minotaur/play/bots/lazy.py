"""A value of an object that is worked out when somebody asks for it, once."""

from collections.abc import Callable
from typing import Generic, TypeVar

O = TypeVar("O")  # noqa: E741 - the object
V = TypeVar("V")


class lazy(Generic[O, V]):  # noqa: N801 - used like property
    """``functools.cached_property`` without its lock: bots think in one thread, thousands of times a second."""

    def __init__(self, make: Callable[[O], V]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    def __get__(self, instance: O, _: type[O]) -> V:
        value = self._make(instance)
        instance.__dict__[self._name] = value
        return value
