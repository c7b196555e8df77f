"""Where a client that comes back says it was: the query of a socket's address, read strictly."""

from typing import Final
from urllib.parse import parse_qs

from minotaur.play.errors import ApiError
from minotaur.web.requests import Scope

SEQ_MAX: Final = 2**53 - 1
"""The largest number that every client can tell exactly."""

_DIGITS_MAX: Final = len(str(SEQ_MAX))
_FIELDS_MAX: Final = 16


def after_of(scope: Scope) -> int | None:
    """The last event that the client has; None for a newcomer. Raises ``invalid``."""
    given = _fields(scope).get("after")
    if given is None:
        return None
    number = given[0]
    # Looked at before it is made a number: Python itself refuses to make one of some thousand digits.
    if len(given) != 1 or len(number) > _DIGITS_MAX or not (number.isascii() and number.isdigit()):
        raise _invalid_after()
    if int(number) > SEQ_MAX:
        raise _invalid_after()
    return int(number)


def _fields(scope: Scope) -> dict[str, list[str]]:
    query = bytes(scope["query_string"]).decode("latin-1")
    try:
        return parse_qs(query, keep_blank_values=True, max_num_fields=_FIELDS_MAX)
    except ValueError as error:
        raise ApiError("invalid", "Those are too many parameters.", {"path": ""}) from error


def _invalid_after() -> ApiError:
    return ApiError("invalid", "`after` is the number of the last event you have.", {"path": "after"})
