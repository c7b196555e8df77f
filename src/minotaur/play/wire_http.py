"""The bodies of the HTTP half of the public protocol that are Minotaur's own."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec

from clew.tables.lobby.listing import KeptSeat, PlayerInfo
from clew.wire.http import PUBLIC, SEED_MAX, KindInfo
from clew.wire.shapes import GameStatus
from minotaur.play.kind import KIND
from minotaur.play.wire_shapes import BotKind, PresetName
from minotaur.rules.events import EndCause
from minotaur.rules.settings import BOUNDS, SEATS, SEATS_USUAL, labyrinth

USUAL: Final = labyrinth(SEATS_USUAL)
_ROUND_SECONDS: Final = BOUNDS["round_seconds"]


class CreateGame(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag=KIND):
    """What kind of game to make. ``settings`` overrides single numbers of the preset's rules."""

    seats: Annotated[int, msgspec.Meta(ge=SEATS.least, le=SEATS.greatest)] = SEATS_USUAL
    bots: Annotated[int, msgspec.Meta(ge=0, le=SEATS.greatest - 1)] = 0
    bot: BotKind = "hunter"
    round_seconds: Annotated[int, msgspec.Meta(ge=_ROUND_SECONDS.least, le=_ROUND_SECONDS.greatest)] = (
        USUAL.round_seconds
    )
    preset: PresetName = USUAL.preset
    settings: Mapping[str, Any] = {}
    seed: Annotated[int, msgspec.Meta(ge=0, le=SEED_MAX)] | None = None
    public: Annotated[bool, msgspec.Meta(description=PUBLIC)] = False


class GameInfo(msgspec.Struct, frozen=True, tag_field="kind", tag=KIND):
    """What everyone may know about a game. ``you`` is the asker's player id, null if they have no seat.

    ``seed_chosen``: the host chose the seed, and may know the board. Which it is nobody is told before the end.
    ``over_why``: why the game ended that nobody won, if not by what happened in it. ``bot``: of which kind bots
    are that take empty seats. ``kept``: seats of a rematch that are kept for who played before, ``invited`` the one
    that is for the asker. ``rematch``: the join code of the game that those who played this one play next.
    ``public``: whoever looks for a game finds it, as long as it is not over. ``made_at`` and ``ended_at`` are told in
    lists only, and so is ``place``, the asker's at the end. ``waiting_for``: whom the round waits for, if it does not
    end by its time.
    """

    game_id: str
    join_code: str
    game_status: GameStatus
    latest_round: int
    round_ends_at: str | None
    players: tuple[PlayerInfo, ...]
    winner_id: str | None
    settings: Mapping[str, Any]
    preset: PresetName
    seats: int
    bots: int
    host_id: str
    you: str | None
    seed_chosen: bool = False
    over_why: EndCause | None = None
    bot: BotKind = "hunter"
    kept: tuple[KeptSeat, ...] = ()
    invited: str | None = None
    rematch: str | None = None
    public: bool = False
    made_at: str | None = None
    ended_at: str | None = None
    place: int | None = None
    waiting_for: tuple[str, ...] = ()


ABOUT: Final = KindInfo(
    kind=KIND,
    title="Minotaur",
    about="A labyrinth that falls in, and whoever gets out of it last. Steps are planned in secret and taken at once.",
    subprotocol="minotaur.v1",
    seats=(SEATS.least, SEATS.greatest),
    round_seconds=USUAL.round_seconds,
    round_seconds_bounds=(_ROUND_SECONDS.least, _ROUND_SECONDS.greatest),
    bots=True,
    away_after=USUAL.away_after,
    options=None,
    plan=None,
)
"""How it is listed. Its settings and plans have shapes of their own, and its own page."""
