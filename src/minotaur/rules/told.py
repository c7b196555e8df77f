"""What one viewer is told of an event: no absolute hex, no seed, nothing from beyond their sight.

A viewer is a player, or None: a spectator. The structs are the wire's: names and fields are the protocol's, a number
(``seq``) is added by whoever sends them.
"""

from collections.abc import Collection
from typing import Final, Literal, NamedTuple, assert_never

import msgspec

from minotaur.hexgrid.coord import DIRECTIONS, Vector
from minotaur.rules.commands import WIRE_DIRECTIONS, CreditCause, Steps, WireVector
from minotaur.rules.events import (
    ClockCredited,
    Collapsed,
    Drained,
    EndCause,
    Event,
    GameOver,
    Killed,
    MinotaurSlain,
    MissCause,
    Noise,
    PcAttacked,
    PcBumped,
    PcEnteredHex,
    PcLeftHex,
    PlanAccepted,
    ReadyAccepted,
    Resigned,
    RoundStarted,
    Tremor,
)
from minotaur.rules.names import PlayerId

DirectionName = Literal["E", "SE", "SW", "W", "NW", "NE"]

_NAMES: Final[tuple[DirectionName, ...]] = ("E", "SE", "SW", "W", "NW", "NE")
DIRECTION_NAMES: Final[dict[Vector, DirectionName]] = dict(zip(DIRECTIONS, _NAMES, strict=True))


class Telling(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="type", kw_only=True):
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
    """Told to those who stood where the blow fell; a miss has no damage.

    ``missed``: why it did; None after a hit, and where nobody wrote it down.
    """

    id: str
    target_id: str
    hit: bool
    damage: int
    missed: MissCause | None = None


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
    why: CreditCause


class GameOverTold(Telling, frozen=True, tag="game_over", kw_only=True):
    """``winner_id``: None after a draw. ``why``: None where the game came to its end by what happened in it."""

    winner_id: str | None
    why: EndCause | None = None


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


class Share(NamedTuple):
    """One thing that is told, and the players who are; None: everyone is, spectators too."""

    to: Collection[PlayerId] | None
    told: ToldEvent

    def is_for(self, viewer: PlayerId | None) -> bool:
        """Whether this viewer is told it."""
        return self.to is None or (viewer is not None and viewer in self.to)


def tellings(event: Event) -> tuple[Share, ...]:
    """Each thing that is told of it, once, and who is told that. No player is told two."""
    number, step = event.round, event.step
    match event:
        case PcEnteredHex():
            back = WIRE_DIRECTIONS[event.from_hex - event.to_hex]
            told = PcEnteredHexTold(round=number, step=step, id=event.id, from_vector=back)
            return (Share(event.witnesses, told),)
        case PcLeftHex():
            away = WIRE_DIRECTIONS[event.to_hex - event.from_hex]
            told = PcLeftHexTold(round=number, step=step, id=event.id, to_vector=away)
            return (Share(event.witnesses, told),)
        case PcAttacked():
            told = PcAttackedTold(
                round=number,
                step=step,
                id=event.id,
                target_id=event.target_id,
                hit=event.hit,
                damage=event.damage,
                missed=event.missed,
            )
            return (Share(event.witnesses, told),)
        case Noise():
            return tuple(
                Share(players, NoiseTold(round=number, step=step, direction=DIRECTION_NAMES[vector]))
                for vector, players in _by_direction(event).items()
            )
        case PlanAccepted():
            return (Share((event.player_id,), PlanAcceptedTold(round=number, step=step, steps=event.steps)),)
        case ReadyAccepted():
            return (Share((event.player_id,), ReadyAcceptedTold(round=number, step=step)),)
        case PcBumped():
            told = PcBumpedTold(round=number, step=step, id=event.id, vector=WIRE_DIRECTIONS[event.vector])
            return (Share((event.id,), told),)
        case RoundStarted():
            return (Share(None, RoundStartedTold(round=number, step=step)),)
        case Killed():
            return (Share(None, KilledTold(round=number, step=step, id=event.id, by=event.by)),)
        case MinotaurSlain():
            return (Share(None, MinotaurSlainTold(round=number, step=step, by=event.by)),)
        case Collapsed():
            return (Share(None, CollapsedTold(round=number, step=step)),)
        case Drained():
            return (Share(None, DrainedTold(round=number, step=step, damage=event.damage)),)
        case Tremor():
            return (Share(None, TremorTold(round=number, step=step)),)
        case Resigned():
            return (Share(None, ResignedTold(round=number, step=step, id=event.id)),)
        case ClockCredited():
            return (Share(None, ClockCreditedTold(round=number, step=step, ms=event.ms, why=event.why)),)
        case GameOver():
            return (Share(None, GameOverTold(round=number, step=step, winner_id=event.winner_id, why=event.why)),)
        case _:
            assert_never(event)


def tell(event: Event, viewer: PlayerId | None) -> ToldEvent | None:
    """What this viewer is told of the event; None: nothing."""
    return next((share.told for share in tellings(event) if share.is_for(viewer)), None)


def _by_direction(noise: Noise) -> dict[Vector, list[PlayerId]]:
    players: dict[Vector, list[PlayerId]] = {}
    for player, vector in noise.heard.items():
        players.setdefault(vector, []).append(player)
    return players
