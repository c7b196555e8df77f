"""The errors a call may be answered with, as the OpenAPI tells them."""

from collections.abc import Mapping
from typing import Final

from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import SecurityRequirement

from clew.wire.errors import ERRORS
from clew.wire.shapes import ErrorAnswer

ANYWHERE: Final = ("too_often", "internal", "busy", "not_ready")
"""What any call may be answered."""

SIGNED_IN: Final = ("not_signed_in", "wrong_origin")
"""What a call for somebody with a name may be answered besides."""

SIGNED_IN_ONLY: Final = {"signed_in": True}
"""Marks a route that strangers are refused."""

BEARER: Final[list[SecurityRequirement]] = [{"bearer": []}]
"""How the OpenAPI says the same."""

GAME: Final = ("malformed", "no_such_game", "game_unreadable")
"""What a call about one game may be answered besides."""

TOO_MANY: Final = ("too_many_games", "too_many_bot_games", "too_many_lately")
"""What who makes a game may be answered besides, where there are many of theirs."""


def answers(*codes: str) -> Mapping[int, ResponseSpec]:
    """The documented answers for these error codes, and those any call may get: one for each HTTP status."""
    by_status: dict[int, list[str]] = {}
    for code in (*codes, *ANYWHERE):
        by_status.setdefault(ERRORS[code].status, []).append(code)
    return {
        status: ResponseSpec(
            ErrorAnswer,
            generate_examples=False,
            description="; ".join(f"`{code}`: {ERRORS[code].message}" for code in codes_of_status),
        )
        for status, codes_of_status in sorted(by_status.items())
    }
