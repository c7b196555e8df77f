"""The bodies of the HTTP half of the public protocol that are the same for every game."""

from typing import Annotated, Any

import msgspec

SEED_MAX = 2**53 - 1
NAME_CHARS_MAX = 24
NAME_CHARS_SENT_MAX = 256
GAMES_PAGE_MAX = 50
"""Games listed at once; more are on the next page."""


PUBLIC = "Whether whoever looks for a game finds it; else it is for those who have its link"


class CreateGuest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Come in with nothing but a name."""

    display_name: Annotated[str, msgspec.Meta(max_length=NAME_CHARS_SENT_MAX)]


class NewGuest(msgspec.Struct, frozen=True):
    """Who you are now, and the token that proves it."""

    user_id: str
    display_name: str
    token: str


class Me(msgspec.Struct, frozen=True):
    """Who you are. ``username`` is null for a guest."""

    user_id: str
    display_name: str
    username: str | None = None


class CreatedGame(msgspec.Struct, frozen=True):
    """The new game; you are its host and have a seat."""

    game_id: str
    join_code: str
    player_id: str


class Joined(msgspec.Struct, frozen=True):
    """Your seat."""

    game_id: str
    player_id: str


class Rematched(msgspec.Struct, frozen=True):
    """The next game of those who played this one, and your seat in it."""

    join_code: str
    player_id: str


class KindInfo(msgspec.Struct, frozen=True):
    """A kind of game that is played here.

    ``options`` and ``plan`` are JSON schemas, of which a page can make forms: of the body's ``options`` for a new game,
    and of a plan's message's ``plan``. Null for a game that says both in shapes of its own, and has its own page.
    ``away_after``: after how many rounds a bot plans for who is away, where nobody says otherwise.
    """

    kind: str
    title: str
    about: str
    subprotocol: str
    seats: tuple[int, int]
    round_seconds: int
    round_seconds_bounds: tuple[int, int]
    bots: bool
    away_after: int
    options: dict[str, Any] | None
    plan: dict[str, Any] | None


class Kinds(msgspec.Struct, frozen=True):
    """All kinds of games that are played here."""

    kinds: tuple[KindInfo, ...]


def page_of(info: Any) -> type[Any]:
    """The type of a page of listings."""
    return msgspec.defstruct(
        "GamesPage",
        [("games", list[info]), ("next_cursor", str | None)],
        namespace={"__doc__": _PAGE},
        frozen=True,
    )


_PAGE = """Some of your games, newest first; ``next_cursor`` asks for the next page and is null on the last one."""
