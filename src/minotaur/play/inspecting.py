"""A stored session as an operator may see it: who sits in it, and its journal as lines of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from clew.sessions.faults import Unreadable, in_short
from clew.sessions.ids import Millis, PlayerId, UserId
from clew.sessions.records import Entry, Stored, StoredEntry
from clew.sessions.session.bodies import read_entry, read_session
from minotaur.play.codec import MatchCodec
from minotaur.play.machine import MatchMachine
from minotaur.play.match import GameCanceled, GameStarted, MatchCreated, MatchEvent, PlayerJoined
from minotaur.rules.notation import NOTHING
from minotaur.rules.notation_event import format_event

LINE_CHARS_MAX: Final = 4_000
"""Of one entry no more is shown. Those of a game have a few hundred."""

_MACHINE: Final = MatchMachine()
_CODEC: Final = MatchCodec()


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


def read_seats(stored: Stored) -> tuple[Seat, ...]:
    """Who sits in it, by seat. Raises ``Unreadable``."""
    at = read_session(_MACHINE, _CODEC, stored)
    return tuple(
        Seat(player.player_id, player.user_id, member.display_name, player.player_status)
        for player, member in zip(at.summary.players, at.state.members, strict=True)
    )


def read_lines(entries: Sequence[StoredEntry]) -> tuple[Line, ...]:
    """One line for each entry, whatever is wrong with it."""
    return tuple(Line(entry.seq, entry.recorded_at, _text_of(entry)) for entry in entries)


def _text_of(stored: StoredEntry) -> str:
    try:
        entry: Entry[MatchEvent] = read_entry(_CODEC, stored)
    except Unreadable as unreadable:
        return f"unreadable: {unreadable}"
    if entry.refusal is not None:
        return f"refused {entry.refusal.code[:LINE_CHARS_MAX]}"
    if entry.event is None:
        return "accepted without an event"
    try:
        return _text_of_event(entry.event)[:LINE_CHARS_MAX]
    except Exception as wrong:  # noqa: BLE001 - what is in a spoiled event is anybody's guess, and has to be shown
        return f"untellable: {in_short(wrong)}"


def _text_of_event(event: MatchEvent) -> str:
    match event:
        case MatchCreated():
            settings = event.settings
            return f"match_created preset={settings.preset} seats={settings.seats} bots={event.bots} seed={event.seed}"
        case PlayerJoined(member):
            return f"player_joined id={member.player_id} user={member.user_id or NOTHING}"
        case GameStarted(game):
            return f"game_started heroes={','.join(game.heroes)}"
        case GameCanceled():
            return "game_canceled"
        case _:
            return format_event(event)
