"""What happens in a game, in full: absolute hexes, everything ``evolve`` needs, and who witnessed it.

Every event carries its ``round`` and its ``step``: 1 to 4 inside a round's steps, 0 outside them. Witnesses are settled
when the event happens, so ``tell`` needs no state, and a replay years later tells everyone the same. An event without
witnesses or hearers is public.
"""

from typing import Literal

import msgspec

from minotaur.hexgrid.coord import Coord, Vector
from minotaur.rules.commands import CreditCause, Steps
from minotaur.rules.names import Millis, PlayerId

EndCause = Literal["untouched"]
"""Why a game ended that nobody won: no person had done anything in it for ``untouched_max`` rounds."""

MissCause = Literal["moved_on", "fell"]
"""Why an attack missed: the target was elsewhere by then, or had fallen in an earlier step."""


class Happening(msgspec.Struct, frozen=True, gc=False, tag_field="type", kw_only=True):
    """What all events have in common."""

    round: int
    step: int = 0


class RoundStarted(Happening, frozen=True, gc=False, tag="round_started", kw_only=True):
    """The round before is paid for, plans are cleared and AP gained.

    ``length_ms``: how long it lasts if nothing stops the clock; None: nobody wrote it down. ``watched``: somebody
    looked on as the round before ended. ``away``: who let it pass and was away then.
    """

    ends_at: Millis
    length_ms: int | None
    watched: bool = False
    away: tuple[PlayerId, ...] = ()


class PlanAccepted(Happening, frozen=True, gc=False, tag="plan_accepted", kw_only=True):
    """``by_bot``: a bot planned, in its own seat or for a player on autopilot."""

    player_id: PlayerId
    steps: Steps
    by_bot: bool = False


class ReadyAccepted(Happening, frozen=True, gc=False, tag="ready_accepted", kw_only=True):
    """A player is done; without a plan it is a plan to wait."""

    player_id: PlayerId


class PcAttacked(Happening, frozen=True, gc=False, tag="pc_attacked", kw_only=True):
    """``id`` is a hero or the Minotaur and stood at ``at``; a miss has no damage.

    ``missed``: why it did; None after a hit, and where nobody wrote it down.
    """

    id: str
    target_id: str
    hit: bool
    damage: int
    at: Coord
    witnesses: tuple[PlayerId, ...]
    missed: MissCause | None = None


class Noise(Happening, frozen=True, gc=False, tag="noise", kw_only=True):
    """One or more attacks at ``at``. ``heard``: where it came from, one of the six directions, for each who heard.

    ``remembered``: it is now the newest noise that the Minotaur remembers.
    """

    at: Coord
    heard: dict[PlayerId, Vector]
    remembered: bool


class Killed(Happening, frozen=True, gc=False, tag="killed", kw_only=True):
    """A hero died. ``by``: all that hit it in this step, or ``("collapse",)``, or ``("lair",)``."""

    id: PlayerId
    by: tuple[str, ...]


class MinotaurSlain(Happening, frozen=True, gc=False, tag="minotaur_slain", kw_only=True):
    """``by``: the heroes that hit it in this step; ``healed``: those of them who live, and are healed to full."""

    by: tuple[PlayerId, ...]
    healed: tuple[PlayerId, ...]


class PcBumped(Happening, frozen=True, gc=False, tag="pc_bumped", kw_only=True):
    """A hero ran against rock, a chasm or the outside, and stays where it is."""

    id: PlayerId
    vector: Vector


class PcLeftHex(Happening, frozen=True, gc=False, tag="pc_left_hex", kw_only=True):
    """A hero or the Minotaur went from one hex to the next; ``witnesses`` saw it go."""

    id: str
    from_hex: Coord
    to_hex: Coord
    witnesses: tuple[PlayerId, ...]


class PcEnteredHex(Happening, frozen=True, gc=False, tag="pc_entered_hex", kw_only=True):
    """A hero or the Minotaur came from one hex to the next; ``witnesses`` saw it come, a hero itself among them."""

    id: str
    from_hex: Coord
    to_hex: Coord
    witnesses: tuple[PlayerId, ...]


class Collapsed(Happening, frozen=True, gc=False, tag="collapsed", kw_only=True):
    """A ring fell. ``minotaur_leaps``: the Minotaur stood on it, and is in its lair now."""

    ring: int
    minotaur_leaps: bool


class Drained(Happening, frozen=True, gc=False, tag="drained", kw_only=True):
    """Every living hero lost this much health: only the lair is left."""

    damage: int


class Tremor(Happening, frozen=True, gc=False, tag="tremor", kw_only=True):
    """From now on this ring is cracked."""

    ring: int


class Resigned(Happening, frozen=True, gc=False, tag="resigned", kw_only=True):
    """A player gave up, and the hero is dead."""

    id: PlayerId


class ClockCredited(Happening, frozen=True, gc=False, tag="clock_credited", kw_only=True):
    """The round ends this much later than it would have by the clock; earlier (``ms`` < 0) after one was set back."""

    ms: int
    why: CreditCause


class GameOver(Happening, frozen=True, gc=False, tag="game_over", kw_only=True):
    """``winner_id``: None after a draw. ``why``: None where the game came to its end by what happened in it."""

    winner_id: PlayerId | None
    why: EndCause | None = None


Event = (
    PcEnteredHex
    | PcLeftHex
    | PcAttacked
    | Noise
    | PlanAccepted
    | RoundStarted
    | PcBumped
    | Killed
    | ReadyAccepted
    | Collapsed
    | Drained
    | Tremor
    | MinotaurSlain
    | Resigned
    | ClockCredited
    | GameOver
)
