"""A finished game told in full: every event, every plan, whole states. Only ever given after the end.

``seq`` and ``at`` are those of the journal.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar, Union

import msgspec

from clew.game import AnyGame, Seat
from clew.tables.serving.wire import name_of
from clew.tables.table import CreditWhy, OverWhy

P = TypeVar("P")
E = TypeVar("E")
S = TypeVar("S")
O = TypeVar("O")  # noqa: E741 - options


class ReplayMember(msgspec.Struct, frozen=True):
    """Who sat where."""

    player_id: Seat
    display_name: str
    is_bot: bool


class ReplayInitial(msgspec.Struct, Generic[O], frozen=True):
    """The table as it was before its first round."""

    game_id: str
    kind: str
    join_code: str
    options: O
    round_seconds: int
    seed: int
    members: tuple[ReplayMember, ...]
    started_at: str


class _Numbered(msgspec.Struct, frozen=True, kw_only=True):
    seq: int
    at: str
    round: int


class ReplayGameCreated(_Numbered, frozen=True, tag_field="type", tag="game_created"):
    """Somebody made the table and sits in its first seat."""

    id: Seat
    display_name: str


class ReplayPlayerJoined(_Numbered, frozen=True, tag_field="type", tag="player_joined"):
    """A player, or at the start a bot, took a seat."""

    id: Seat
    display_name: str
    is_bot: bool


class ReplayLeft(_Numbered, frozen=True, tag_field="type", tag="left"):
    """A player gave up their seat."""

    id: Seat
    display_name: str


class ReplaySentAway(_Numbered, frozen=True, tag_field="type", tag="sent_away"):
    """The host sent a player away."""

    id: Seat
    display_name: str


class ReplayHostPassed(_Numbered, frozen=True, tag_field="type", tag="host_passed"):
    """Another player is host."""

    id: Seat


class ReplaySeatChanged(_Numbered, frozen=True, tag_field="type", tag="seat_changed"):
    """A bot of this kind took a seat; null: it is empty again."""

    seat: int
    bot: str | None


class ReplayReleased(_Numbered, frozen=True, tag_field="type", tag="released"):
    """A seat was kept no more for a player who played before."""

    id: Seat
    display_name: str


class ReplaySettingsChanged(_Numbered, frozen=True, tag_field="type", tag="settings_changed"):
    """The host changed settings; ``initial`` has what they came to."""


class ReplayGameStarted(_Numbered, frozen=True, tag_field="type", tag="game_started"):
    """The first round begins."""

    round_ends_at: str
    on_turn: tuple[Seat, ...]


class ReplayPlanAccepted(_Numbered, Generic[P], frozen=True, tag_field="type", tag="plan_accepted"):
    """``command_id``: null for a bot's, in its own seat or in that of a player on autopilot."""

    id: Seat
    plan: P
    command_id: str | None


class ReplayReadyAccepted(_Numbered, frozen=True, tag_field="type", tag="ready_accepted"):
    """A player was done."""

    id: Seat
    command_id: str | None


class ReplayResigned(_Numbered, frozen=True, tag_field="type", tag="resigned"):
    """A player gave up."""

    id: Seat
    command_id: str | None


class ReplayHappened(_Numbered, Generic[E], frozen=True, tag_field="type", tag="happened"):
    """Something happened in the game."""

    event: E


class ReplayRoundStarted(_Numbered, frozen=True, tag_field="type", tag="round_started"):
    """``autopilot``: the seats a bot plans for because nobody else does."""

    round_ends_at: str
    on_turn: tuple[Seat, ...]
    autopilot: tuple[Seat, ...]


class ReplayClockCredited(_Numbered, frozen=True, tag_field="type", tag="clock_credited"):
    """The round ends this much later than it would have by the clock."""

    ms: int
    why: CreditWhy


class ReplayAgreed(_Numbered, frozen=True, tag_field="type", tag="agreed"):
    """A player would have it so: ``pause``, ``go_on``, ``autopilot:SEAT``."""

    id: Seat
    to: str
    command_id: str | None


class ReplayPaused(_Numbered, frozen=True, tag_field="type", tag="paused"):
    """All who were there had agreed: the round's clock stood."""


class ReplayWentOn(_Numbered, frozen=True, tag_field="type", tag="went_on"):
    """The clock went on."""


class ReplayAutopilotBegan(_Numbered, frozen=True, tag_field="type", tag="autopilot_began"):
    """The others had agreed that a bot plan for this player, who was away."""

    id: Seat


class ReplayGameOver(_Numbered, frozen=True, tag_field="type", tag="game_over"):
    """Nobody among ``winner_ids``: a draw."""

    winner_ids: tuple[Seat, ...]
    why: OverWhy | None


class ReplayCommandRefused(_Numbered, frozen=True, tag_field="type", tag="command_refused"):
    """A player asked for something that changed nothing."""

    id: Seat
    command_id: str
    code: str


class ReplayState(msgspec.Struct, Generic[S], frozen=True):
    """The game's own state after entry ``seq``, as ``round`` was over; 0: as the first began."""

    seq: int
    round: int
    state: S


AnyReplayEvent = (
    ReplayGameCreated
    | ReplayPlayerJoined
    | ReplayLeft
    | ReplaySentAway
    | ReplayHostPassed
    | ReplaySeatChanged
    | ReplayReleased
    | ReplaySettingsChanged
    | ReplayGameStarted
    | ReplayPlanAccepted[Any]
    | ReplayReadyAccepted
    | ReplayResigned
    | ReplayHappened[Any]
    | ReplayRoundStarted
    | ReplayClockCredited
    | ReplayAgreed
    | ReplayPaused
    | ReplayWentOn
    | ReplayAutopilotBegan
    | ReplayGameOver
    | ReplayCommandRefused
)


class Replay(msgspec.Struct, frozen=True):
    """A whole game, as it is written: the types of its parts are those of ``replay_type``."""

    initial: ReplayInitial[Any]
    events: list[AnyReplayEvent]
    states: list[ReplayState[msgspec.Raw]]


def replay_type(game: AnyGame) -> type[Any]:
    """The type of a replay of this game."""
    types = game.types
    event = Union[  # noqa: UP007 - made when a game is known
        ReplayGameCreated,
        ReplayPlayerJoined,
        ReplayLeft,
        ReplaySentAway,
        ReplayHostPassed,
        ReplaySeatChanged,
        ReplayReleased,
        ReplaySettingsChanged,
        ReplayGameStarted,
        ReplayPlanAccepted[types.plan],
        ReplayReadyAccepted,
        ReplayResigned,
        ReplayHappened[types.event],
        ReplayRoundStarted,
        ReplayClockCredited,
        ReplayAgreed,
        ReplayPaused,
        ReplayWentOn,
        ReplayAutopilotBegan,
        ReplayGameOver,
        ReplayCommandRefused,
    ]
    return msgspec.defstruct(
        f"{name_of(game)}Replay",
        [
            ("initial", ReplayInitial[game.options]),
            ("events", list[event]),
            ("states", list[ReplayState[types.state]]),
        ],
        namespace={"__doc__": "A whole game, and its state as it began and after each round."},
        frozen=True,
    )
