"""A finished game told in full: absolute coordinates, every plan, every number. Only ever given after the end.

Places are ``{"q", "r"}`` objects, the lair is where ``initial`` says. ``seq`` and ``at`` are those of the journal.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from minotaur.play.wire_shapes import BotKind, PlanStep, PresetName, Terrain
from minotaur.rules.commands import CreditCause, WireVector
from minotaur.rules.events import EndCause, MissCause


class ReplayMember(msgspec.Struct, frozen=True):
    """Who sat where."""

    player_id: str
    display_name: str
    is_bot: bool


class ReplayHex(msgspec.Struct, frozen=True):
    """One hex of the board at the start. ``ring`` is its distance from the lair."""

    q: int
    r: int
    terrain: Terrain
    ring: int


class ReplayHero(msgspec.Struct, frozen=True):
    """A hero at the start."""

    id: str
    q: int
    r: int
    health: int
    ap: int


class ReplayMinotaur(msgspec.Struct, frozen=True):
    """The Minotaur at the start."""

    q: int
    r: int
    health: int


class ReplayInitial(msgspec.Struct, frozen=True):
    """The game as it was before its first round; with the events it is the whole game."""

    game_id: str
    join_code: str
    preset: PresetName
    settings: Mapping[str, Any]
    seed: int
    bot: BotKind
    members: list[ReplayMember]
    lair: WireVector
    hexes: list[ReplayHex]
    heroes: list[ReplayHero]
    minotaur: ReplayMinotaur | None
    started_at: str
    notation: str


class _Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="type"):
    seq: int
    at: str
    round: int
    step: int = 0
    notation: str = ""
    """An event of the rules in their one-line notation; empty for the lobby and for refusals."""


class ReplayGameCreated(_Event, frozen=True, tag="game_created"):
    """Somebody, the host, made the game."""

    id: str
    display_name: str


class ReplayPlayerJoined(_Event, frozen=True, tag="player_joined"):
    """Somebody took a seat in the lobby."""

    id: str
    display_name: str


class ReplayLeft(_Event, frozen=True, tag="left"):
    """Somebody gave up their seat in the lobby."""

    id: str
    display_name: str


class ReplaySentAway(_Event, frozen=True, tag="sent_away"):
    """The host sent somebody away from the lobby."""

    id: str
    display_name: str


class ReplayHostPassed(_Event, frozen=True, tag="host_passed"):
    """Somebody else was host from here on."""

    id: str


class ReplaySeatChanged(_Event, frozen=True, tag="seat_changed"):
    """A bot of this kind took a seat in the lobby; null: it was empty again."""

    seat: int
    bot: str | None


class ReplayReleased(_Event, frozen=True, tag="released"):
    """A seat was kept no more for somebody who played before."""

    id: str
    display_name: str


class ReplaySettingsChanged(_Event, frozen=True, tag="settings_changed"):
    """The host changed the rules; ``initial`` has what they came to."""


class ReplayGameStarted(_Event, frozen=True, tag="game_started"):
    """The lobby is closed; ``initial`` is the board of this moment, and round 1 begins."""

    round_ends_at: str


class ReplayCommandRefused(_Event, frozen=True, tag="command_refused"):
    """A player's command changed nothing; ``code`` says why."""

    id: str
    command_id: str
    code: str


class ReplayRoundStarted(_Event, frozen=True, tag="round_started"):
    """A round began; ``autopilot`` lists the seats a bot plans for."""

    round_ends_at: str
    autopilot: list[str]


class ReplayPlanAccepted(_Event, frozen=True, tag="plan_accepted"):
    """A plan was taken. ``command_id`` is null for plans made by a bot or an autopilot."""

    id: str
    steps: tuple[PlanStep, ...]
    command_id: str | None


class ReplayReadyAccepted(_Event, frozen=True, tag="ready_accepted"):
    """A player was done with the round."""

    id: str
    command_id: str | None


class ReplayPcLeftHex(_Event, frozen=True, tag="pc_left_hex"):
    """Somebody went out of a hex; ``hex`` is the one left."""

    id: str
    hex: WireVector
    to_vector: WireVector


class ReplayPcEnteredHex(_Event, frozen=True, tag="pc_entered_hex"):
    """Somebody came into a hex; ``hex`` is the one entered."""

    id: str
    hex: WireVector
    from_vector: WireVector


class ReplayPcAttacked(_Event, frozen=True, tag="pc_attacked"):
    """An attack. ``damage`` is 0 for a miss, and ``missed`` says why, where that was written down."""

    id: str
    target_id: str
    hex: WireVector
    hit: bool
    damage: int
    missed: MissCause | None = None


class ReplayPcBumped(_Event, frozen=True, tag="pc_bumped"):
    """A hero walked against something."""

    id: str
    hex: WireVector
    vector: WireVector


class ReplayNoise(_Event, frozen=True, tag="noise"):
    """Fighting in a hex, for those who could hear it."""

    hex: WireVector
    heard_by: list[str]


class ReplayKilled(_Event, frozen=True, tag="killed"):
    """A hero died."""

    id: str
    by: tuple[str, ...]


class ReplayResigned(_Event, frozen=True, tag="resigned"):
    """A hero gave up."""

    id: str
    command_id: str | None


class ReplayMinotaurSlain(_Event, frozen=True, tag="minotaur_slain"):
    """The Minotaur died; those in ``healed`` have full health again."""

    by: tuple[str, ...]
    healed: tuple[str, ...]


class ReplayTremor(_Event, frozen=True, tag="tremor"):
    """A ring cracks."""

    ring: int


class ReplayCollapsed(_Event, frozen=True, tag="collapsed"):
    """A ring fell. ``minotaur_leaps``: the Minotaur stood on it, and is in its lair now."""

    ring: int
    minotaur_leaps: bool


class ReplayDrained(_Event, frozen=True, tag="drained"):
    """Every living hero lost health at the round's end."""

    damage: int


class ReplayClockCredited(_Event, frozen=True, tag="clock_credited"):
    """Nobody could be heard for a while; negative where a clock was set back."""

    ms: int
    why: CreditCause


class ReplayAgreed(_Event, frozen=True, tag="agreed"):
    """A player would have it so: ``pause``, ``go_on``, ``autopilot:SEAT``."""

    id: str
    to: str
    command_id: str | None


class ReplayPaused(_Event, frozen=True, tag="paused"):
    """All who were there had agreed: the round's clock stood."""


class ReplayWentOn(_Event, frozen=True, tag="went_on"):
    """The clock went on."""


class ReplayAutopilotBegan(_Event, frozen=True, tag="autopilot_began"):
    """The others had agreed that a bot plan for this player, who was away."""

    id: str


class ReplayGameOver(_Event, frozen=True, tag="game_over"):
    """The end; null for a draw. ``why`` is ``untouched`` where no person had played for long."""

    winner_id: str | None
    why: EndCause | None = None


ReplayEvent = (
    ReplayGameCreated
    | ReplayPlayerJoined
    | ReplayLeft
    | ReplaySentAway
    | ReplayHostPassed
    | ReplaySeatChanged
    | ReplayReleased
    | ReplaySettingsChanged
    | ReplayGameStarted
    | ReplayCommandRefused
    | ReplayRoundStarted
    | ReplayPlanAccepted
    | ReplayReadyAccepted
    | ReplayPcLeftHex
    | ReplayPcEnteredHex
    | ReplayPcAttacked
    | ReplayPcBumped
    | ReplayNoise
    | ReplayKilled
    | ReplayResigned
    | ReplayMinotaurSlain
    | ReplayTremor
    | ReplayCollapsed
    | ReplayDrained
    | ReplayClockCredited
    | ReplayAgreed
    | ReplayPaused
    | ReplayWentOn
    | ReplayAutopilotBegan
    | ReplayGameOver
)


class Replay(msgspec.Struct, frozen=True):
    """The whole game, from its lobby to its end: each number once, in order; none of what changed nothing."""

    initial: ReplayInitial
    events: list[ReplayEvent]
