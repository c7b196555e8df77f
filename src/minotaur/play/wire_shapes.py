"""The shapes of Minotaur that several messages of the public protocol share.

Vectors are ``{"q", "r"}`` objects; the rest is as in ``clew.wire.shapes``.
"""

from typing import Literal

import msgspec

from minotaur.rules.commands import Step

PlayerStatus = Literal["waiting", "playing", "eliminated", "resigned", "won", "survived"]
Terrain = Literal["floor", "rock", "chasm"]
Direction = Literal["E", "SE", "SW", "W", "NW", "NE"]
CharacterKind = Literal["hero", "minotaur"]
PresetName = Literal["labyrinth", "classic"]
BotKind = Literal["hunter", "wanderer"]

PlanStep = Step
"""The steps of a plan are the rules' own: what a client sends is what ``decide`` reads."""


class PlayerInfo(msgspec.Struct, frozen=True):
    """One seat, as everyone may know it."""

    player_id: str
    display_name: str
    player_status: PlayerStatus
    is_bot: bool
    autopilot: bool
