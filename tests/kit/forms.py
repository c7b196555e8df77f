"""Forms of one test: which of them `make test` has time for, and which wait for `make long`."""

from collections.abc import Sequence
from typing import TypeVar

import pytest
from _pytest.mark import ParameterSet

T = TypeVar("T")


def first_of(*forms: T) -> Sequence[T | ParameterSet]:
    """The first of them, in which a fault shows best, in `make test` too; the others in `make long` alone."""
    return [forms[0], *(pytest.param(each, marks=pytest.mark.long) for each in forms[1:])]
