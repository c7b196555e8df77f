"""The runtime of round-based multiplayer games whose sessions cannot be lost. It knows no game.

Whoever writes one needs what stands here and nothing else.
"""

from clew.definition import InvalidGame
from clew.game import Game, Outcome, Plain, Seat
from clew.lot import Lot
from clew.sessions.records import Refused

__all__ = ["Game", "InvalidGame", "Lot", "Outcome", "Plain", "Refused", "Seat"]
