"""The shapes of Minotaur that several messages of the public protocol share.

Vectors are ``{"q", "r"}`` objects; the rest is as in ``clew.wire.shapes``.
"""

from typing import Literal

from minotaur.rules.commands import Step

Terrain = Literal["floor", "rock", "chasm"]
Direction = Literal["E", "SE", "SW", "W", "NW", "NE"]
CharacterKind = Literal["hero", "minotaur"]
PresetName = Literal["labyrinth", "classic"]
BotKind = Literal["hunter", "wanderer", "strategist"]

PlanStep = Step
"""The steps of a plan are the rules' own: what a client sends is what ``decide`` reads."""
