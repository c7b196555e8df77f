"""What may be asked of a table, beside what any lobby is asked. The whole vocabulary, in one place."""

from __future__ import annotations

from typing import Any, Generic, TypeAlias, TypeVar

import msgspec

from clew.game import Seat
from clew.sessions.ports.game import Cause
from clew.tables.agreeing.commands import AgreementCommand
from clew.tables.lobby.commands import LobbyCommand

P = TypeVar("P")


class RegisterPlan(msgspec.Struct, Generic[P], frozen=True, tag_field="type", tag="register_plan"):
    """A player's plan for the round, in place of any before. It takes back a ``Ready`` and ends an autopilot."""

    player_id: Seat
    round: int
    plan: P


class Ready(msgspec.Struct, frozen=True, tag_field="type", tag="ready"):
    """A player is done with the round. Without a plan they are idle."""

    player_id: Seat
    round: int


class Resign(msgspec.Struct, frozen=True, tag_field="type", tag="resign"):
    """A player gives up, at once."""

    player_id: Seat


class EndRound(msgspec.Struct, frozen=True, tag_field="type", tag="end_round"):
    """The deadline of this round has passed. Posted by whoever runs the table, at ``round_ends_at`` or later.

    ``watched``: somebody looks on, so the game does not want for people. ``away``: the seats of people who are away;
    None: that is not known.
    """

    round: int
    watched: bool = False
    away: frozenset[Seat] | None = None


class CreditClock(msgspec.Struct, frozen=True, tag_field="type", tag="credit_clock"):
    """The round's players could not be heard for so long: its deadline moves by as much; back, for a clock set back."""

    ms: int
    why: Cause


TableCommand: TypeAlias = LobbyCommand | AgreementCommand | RegisterPlan[P] | Ready | Resign | EndRound | CreditClock
AnyCommand: TypeAlias = TableCommand[Any]
