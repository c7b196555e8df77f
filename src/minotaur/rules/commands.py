"""What may be asked of a game, and the steps a plan is made of. The whole vocabulary, in one place."""

from typing import Final, Literal, assert_never

import msgspec

from minotaur.hexgrid.coord import DIRECTIONS, Vector
from minotaur.rules.names import PlayerId


class WireVector(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """A vector as players' programs read and write it: an object with q and r."""

    q: int
    r: int

    @property
    def vector(self) -> Vector:
        return Vector(self.q, self.r)


WIRE_DIRECTIONS: Final = {vector: WireVector(vector.q, vector.r) for vector in DIRECTIONS}
"""The six directions as the wire has them, by vector."""


class Move(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="move", forbid_unknown_fields=True):
    """Go one hex; costs 1 AP. ``decide`` refuses a vector that is none of the six directions."""

    vector: WireVector


class Attack(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="attack", forbid_unknown_fields=True):
    """Strike a hero or the Minotaur, wherever it may be by then; costs 1 AP."""

    target_id: str


class Wait(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="wait", forbid_unknown_fields=True):
    """Let the step pass; costs nothing."""


Step = Move | Attack | Wait
Steps = tuple[Step, ...]

MOVES: Final = tuple(Move(WIRE_DIRECTIONS[vector]) for vector in DIRECTIONS)
"""The six legal moves, in the order of directions."""
LEGAL_MOVES: Final = frozenset(MOVES)


def cost(steps: Steps) -> int:
    """How many AP a plan takes."""
    return sum(map(_price, steps))


def _price(step: Step) -> int:
    match step:
        case Move() | Attack():
            return 1
        case Wait():
            return 0
        case _:
            assert_never(step)


class RegisterPlan(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="register_plan"):
    """A player's plan for the round, in place of any before. It takes back a ``Ready`` and ends an autopilot."""

    player_id: PlayerId
    round: int
    steps: Steps


class Ready(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="ready"):
    """A player is done with the round. Without a plan it is a plan to wait."""

    player_id: PlayerId
    round: int


class Resign(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="resign"):
    """A player gives up. The hero dies at once."""

    player_id: PlayerId


class EndRound(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="end_round"):
    """The deadline of this round has passed. Posted by whoever runs the game, at ``round_ends_at`` or later.

    ``watched``: somebody looks on, so the game does not want for people. ``away``: the people who are away; None: that
    is not known.
    """

    round: int
    watched: bool = False
    away: frozenset[PlayerId] | None = None


CreditCause = Literal["restart", "moved", "store_away", "paused", "clock_step", "agreed"]
"""Why nobody could be heard: the server was down, the game came to another server, its store could not be written, it
stood still, or the clock was set. Or those who play had agreed that the clock stand."""


class CreditClock(msgspec.Struct, frozen=True, gc=False, tag_field="type", tag="credit_clock"):
    """The round's players could not be heard for so long: its deadline moves by as much; back, for a clock set back."""

    ms: int
    why: CreditCause


Command = RegisterPlan | Ready | Resign | EndRound | CreditClock


def is_of_the_clock(command: Command) -> bool:
    """Whether it says that a round's time is over."""
    match command:
        case EndRound():
            return True
        case RegisterPlan() | Ready() | Resign() | CreditClock():
            return False
        case _:
            assert_never(command)


RefusalCode = Literal[
    "game_over",
    "not_playing",
    "stale_round",
    "too_early",
    "too_many_steps",
    "bad_vector",
    "unknown_target",
    "too_expensive",
]


class Refusal(msgspec.Struct, frozen=True, gc=False):
    """The rules say no, and nothing has changed."""

    code: RefusalCode
    message: str
    details: dict[str, int | str]
