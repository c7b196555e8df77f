"""How a client wants to be told, and where it was if it comes back: the query of a socket's address, read strictly."""

import re
from typing import Final, NamedTuple
from urllib.parse import parse_qs

from clew.web.requests import Scope
from clew.wire.errors import ApiError
from clew.wire.shapes import MARK_CHARS_MAX

SEQ_MAX: Final = 2**53 - 1
"""The largest number that every client can tell exactly."""

_DIGITS_MAX: Final = len(str(SEQ_MAX))
_FIELDS_MAX: Final = 16
_MARK: Final = re.compile(rf"[A-Za-z0-9_-]{{1,{MARK_CHARS_MAX}}}")


class ResumePoint(NamedTuple):
    """The last event that a client has, None for a newcomer; and the mark that came with it, None if it has none.

    ``changes``: it takes what has changed of its view where other clients take all of it.
    """

    after: int | None
    mark: str | None
    changes: bool


def resume_point_of(scope: Scope) -> ResumePoint:
    """Raises ``invalid`` for what no server has ever given."""
    fields = _fields(scope)
    return ResumePoint(_after(fields.get("after")), _mark(fields.get("mark")), _changes(fields.get("changes")))


def _after(given: list[str] | None) -> int | None:
    if given is None:
        return None
    number = given[0]
    # Looked at before it is made a number: Python itself refuses to make one of some thousand digits.
    if len(given) != 1 or len(number) > _DIGITS_MAX or not (number.isascii() and number.isdigit()):
        raise _invalid_after()
    if int(number) > SEQ_MAX:
        raise _invalid_after()
    return int(number)


def _mark(given: list[str] | None) -> str | None:
    if given is None:
        return None
    if len(given) != 1 or _MARK.fullmatch(given[0]) is None:
        raise ApiError("invalid", "`mark` is what came with the number of the last event you have.", {"path": "mark"})
    return given[0]


def _changes(given: list[str] | None) -> bool:
    if given not in (None, ["1"]):
        raise ApiError("invalid", "`changes` is 1, or not there.", {"path": "changes"})
    return given is not None


def _fields(scope: Scope) -> dict[str, list[str]]:
    query = bytes(scope["query_string"]).decode("latin-1")
    try:
        return parse_qs(query, keep_blank_values=True, max_num_fields=_FIELDS_MAX)
    except ValueError as error:
        raise ApiError("invalid", "Those are too many parameters.", {"path": ""}) from error


def _invalid_after() -> ApiError:
    return ApiError("invalid", "`after` is the number of the last event you have.", {"path": "after"})
