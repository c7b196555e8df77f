"""The bodies of the HTTP half of the public protocol that are the same for every game."""

from typing import Annotated

import msgspec

SEED_MAX = 2**53 - 1
NAME_CHARS_MAX = 24
NAME_CHARS_SENT_MAX = 256
GAMES_PAGE_MAX = 50
"""Games listed at once; more are on the next page."""


class CreateGuest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Come in with nothing but a name."""

    display_name: Annotated[str, msgspec.Meta(max_length=NAME_CHARS_SENT_MAX)]


class NewGuest(msgspec.Struct, frozen=True):
    """Who you are now, and the token that proves it."""

    user_id: str
    display_name: str
    token: str


class Me(msgspec.Struct, frozen=True):
    """Who you are."""

    user_id: str
    display_name: str


class CreatedGame(msgspec.Struct, frozen=True):
    """The new game; you are its host and have a seat."""

    game_id: str
    join_code: str
    player_id: str


class Joined(msgspec.Struct, frozen=True):
    """Your seat."""

    game_id: str
    player_id: str
