"""What one viewer is told of an event: no absolute hex, no seed, nothing from beyond their sight.

    tell(event, viewer) -> ToldEvent | None     viewer: a PlayerId, or None for a spectator; None back: a skip

The structs are the wire's: names and fields are the protocol's, a number (``seq``) is added by whoever sends them.
"""

from typing import Literal

import msgspec

from minotaur.rules.commands import Steps, WireVector

DirectionName = Literal["E", "SE", "SW", "W", "NW", "NE"]


class Telling(msgspec.Struct, frozen=True, tag_field="type", kw_only=True):
    """What all told events have in common. ``step`` is 1 to 4, or 0 outside a round's steps."""

    round: int
    step: int


class RoundStartedTold(Telling, frozen=True, tag="round_started", kw_only=True):
    """Told to everyone."""


class PlanAcceptedTold(Telling, frozen=True, tag="plan_accepted", kw_only=True):
    """Told to its player only."""

    steps: Steps


class ReadyAcceptedTold(Telling, frozen=True, tag="ready_accepted", kw_only=True):
    """Told to its player only."""


class PcAttackedTold(Telling, frozen=True, tag="pc_attacked", kw_only=True):
    """Told to those who stood where the blow fell; a miss has no damage."""

    id: str
    target_id: str
    hit: bool
    damage: int


class NoiseTold(Telling, frozen=True, tag="noise", kw_only=True):
    """Told to those who heard it, each in their own direction."""

    direction: DirectionName


class KilledTold(Telling, frozen=True, tag="killed", kw_only=True):
    """``by``: hero ids and ``minotaur``; or ``["collapse"]``, or ``["lair"]``."""

    id: str
    by: tuple[str, ...]


class MinotaurSlainTold(Telling, frozen=True, tag="minotaur_slain", kw_only=True):
    """``by``: the heroes whose blows it fell to."""

    by: tuple[str, ...]


class PcBumpedTold(Telling, frozen=True, tag="pc_bumped", kw_only=True):
    """``vector``: where the hero wanted to go."""

    id: str
    vector: WireVector


class PcLeftHexTold(Telling, frozen=True, tag="pc_left_hex", kw_only=True):
    """``to_vector``: from the hex left to the hex entered. (1, 0): it left to the east."""

    id: str
    to_vector: WireVector


class PcEnteredHexTold(Telling, frozen=True, tag="pc_entered_hex", kw_only=True):
    """``from_vector``: from the hex entered back to the hex left. (1, 0): it arrived from the east."""

    id: str
    from_vector: WireVector


class CollapsedTold(Telling, frozen=True, tag="collapsed", kw_only=True):
    """Told to everyone: the outermost ring fell."""


class DrainedTold(Telling, frozen=True, tag="drained", kw_only=True):
    """Told to everyone: each living hero lost this much health."""

    damage: int


class TremorTold(Telling, frozen=True, tag="tremor", kw_only=True):
    """Told to everyone: a ring is cracked now."""


class ResignedTold(Telling, frozen=True, tag="resigned", kw_only=True):
    """Told to everyone."""

    id: str


class ClockCreditedTold(Telling, frozen=True, tag="clock_credited", kw_only=True):
    """Told to everyone: the round ends this much later."""

    ms: int


class GameOverTold(Telling, frozen=True, tag="game_over", kw_only=True):
    """``winner_id``: None after a draw."""

    winner_id: str | None


ToldEvent = (
    PcEnteredHexTold
    | PcLeftHexTold
    | PcAttackedTold
    | NoiseTold
    | PlanAcceptedTold
    | RoundStartedTold
    | PcBumpedTold
    | KilledTold
    | ReadyAcceptedTold
    | CollapsedTold
    | DrainedTold
    | TremorTold
    | MinotaurSlainTold
    | ResignedTold
    | ClockCreditedTold
    | GameOverTold
)
