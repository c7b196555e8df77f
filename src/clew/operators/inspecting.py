"""A stored session as an operator may see it: who sits in it, and its journal as lines of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from clew.operators.ports import AnyOperatedGame, OperatedGames
from clew.sessions.faults import Unreadable, in_short
from clew.sessions.flaws import Flaw
from clew.sessions.ids import Millis, PlayerId, UserId
from clew.sessions.ports.users import Users
from clew.sessions.records import Stored, StoredEntry
from clew.sessions.session.bodies import read_entry, read_session

LINE_CHARS_MAX: Final = 4_000
"""Of one entry no more is shown. Those of a game have a few hundred."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One player; ``user_id`` is None for a bot's."""

    player_id: PlayerId
    user_id: UserId | None
    display_name: str
    player_status: str


@dataclass(frozen=True, slots=True)
class Line:
    """One number of the journal in the one-line notation, or why it can't be told so."""

    seq: int
    recorded_at: Millis
    text: str


async def read_seats(games: OperatedGames, stored: Stored, users: Users) -> tuple[Seat, ...]:
    """Who sits in it, by seat, those not named who have gone for good.

    Raises ``Unreadable``, for a session of another game too, and the store's faults.
    """
    game = games.get(stored.kind)
    if game is None:
        raise Unreadable(Flaw.VERSION, f"it is of the game {stored.kind}, which this release does not have")
    at = read_session(game.machine, game.codec, stored)
    players = at.summary.players
    people = frozenset([each.user_id for each in players if each.user_id is not None])
    gone = people - await users.remembered(people)
    return tuple(
        Seat(player.player_id, player.user_id, name, player.player_status)
        for player, name in zip(players, game.names(at.state, gone), strict=True)
    )


def read_lines(game: AnyOperatedGame, entries: Sequence[StoredEntry]) -> tuple[Line, ...]:
    """One line for each entry, whatever is wrong with it."""
    return tuple(Line(entry.seq, entry.recorded_at, _text_of(game, entry)) for entry in entries)


def _text_of(game: AnyOperatedGame, stored: StoredEntry) -> str:
    try:
        entry = read_entry(game.codec, stored)
    except Unreadable as unreadable:
        return f"unreadable: {unreadable}"
    if entry.refusal is not None:
        return f"refused {entry.refusal.code[:LINE_CHARS_MAX]}"
    if entry.event is None:
        return "accepted without an event"
    try:
        return game.line(entry.event)[:LINE_CHARS_MAX]
    except Exception as wrong:  # noqa: BLE001 - what is in a spoiled event is anybody's guess, and has to be shown
        return f"untellable: {in_short(wrong)}"
