"""The events as a viewer is shown them on the socket: numbered, relative, and nothing they may not know.

``step`` is 1 to 4 for what happens in a step of the round and 0 for everything else. Vectors are displacements:
``from_vector`` points from the hex entered back to the one left, ``to_vector`` the other way round.
"""

import msgspec

from minotaur.play.wire_shapes import Direction, PlanStep
from minotaur.rules.commands import WireVector


class _Event(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="type",
):
    seq: int
    round: int
    step: int = 0


class Skip(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="type",
    tag="skip",
):
    """An event this viewer may not know, so that a gap in the numbers always means loss."""

    seq: int


class PlayerJoinedShown(_Event, frozen=True, tag="player_joined"):
    """Someone took a seat in the lobby."""

    id: str
    display_name: str


class GameStartedShown(_Event, frozen=True, tag="game_started"):
    """The lobby is closed; round 1 is next."""


class GameCanceledShown(_Event, frozen=True, tag="game_canceled"):
    """The host called the game off before it began."""


class RoundStartedShown(_Event, frozen=True, tag="round_started"):
    """A round began; ``round_ends_at`` of the view says until when plans are taken."""


class PlanAcceptedShown(_Event, frozen=True, tag="plan_accepted"):
    """Your plan was taken; nobody else is told."""

    steps: tuple[PlanStep, ...]


class ReadyAcceptedShown(_Event, frozen=True, tag="ready_accepted"):
    """You are done with this round; nobody else is told."""


class PcLeftHexShown(_Event, frozen=True, tag="pc_left_hex"):
    """Somebody who was with you in your hex went away."""

    id: str
    to_vector: WireVector


class PcEnteredHexShown(_Event, frozen=True, tag="pc_entered_hex"):
    """Somebody, perhaps you, came into the hex where you now are."""

    id: str
    from_vector: WireVector


class PcAttackedShown(_Event, frozen=True, tag="pc_attacked"):
    """An attack by someone in your hex. ``damage`` is 0 for a miss."""

    id: str
    target_id: str
    hit: bool
    damage: int


class PcBumpedShown(_Event, frozen=True, tag="pc_bumped"):
    """You walked against rock, a chasm or the outside."""

    id: str
    vector: WireVector


class NoiseShown(_Event, frozen=True, tag="noise"):
    """Fighting, somewhere in this direction."""

    direction: Direction


class KilledShown(_Event, frozen=True, tag="killed"):
    """A hero died; ``by`` lists the killers' ids, or is ``["collapse"]`` or ``["lair"]``."""

    id: str
    by: tuple[str, ...]


class ResignedShown(_Event, frozen=True, tag="resigned"):
    """A hero gave up."""

    id: str


class MinotaurSlainShown(_Event, frozen=True, tag="minotaur_slain"):
    """The Minotaur is dead; ``by`` lists who struck the last blows."""

    by: tuple[str, ...]


class TremorShown(_Event, frozen=True, tag="tremor"):
    """The outermost ring cracks: it collapses at the end of the next round."""


class CollapsedShown(_Event, frozen=True, tag="collapsed"):
    """The cracked ring fell into the chasm."""


class DrainedShown(_Event, frozen=True, tag="drained"):
    """The lair itself takes health from every living hero, now that nothing else is left."""

    damage: int


class ClockCreditedShown(_Event, frozen=True, tag="clock_credited"):
    """The game stood still for a while; the round ends that much later."""

    ms: int


class GameOverShown(_Event, frozen=True, tag="game_over"):
    """The end; ``winner_id`` is null for a draw."""

    winner_id: str | None


ShownEvent = (
    Skip
    | PlayerJoinedShown
    | GameStartedShown
    | GameCanceledShown
    | RoundStartedShown
    | PlanAcceptedShown
    | ReadyAcceptedShown
    | PcLeftHexShown
    | PcEnteredHexShown
    | PcAttackedShown
    | PcBumpedShown
    | NoiseShown
    | KilledShown
    | ResignedShown
    | MinotaurSlainShown
    | TremorShown
    | CollapsedShown
    | DrainedShown
    | ClockCreditedShown
    | GameOverShown
)
