"""What a viewer sees of the board, relative to their own hero; or, from the gallery, to the lair.

    sight(game, viewer) -> Sight        viewer: a PlayerId, or None for a spectator

For bots too: a bot knows a ``Sight`` and the settings, and nothing else.
"""

import msgspec

from minotaur.hexgrid.hexset import HexSet
from minotaur.rules.commands import Steps
from minotaur.rules.game import Figure
from minotaur.rules.names import PlayerId


class You(msgspec.Struct, frozen=True):
    """What a living player knows about themself, wherever they stand."""

    player_id: PlayerId
    health: int
    ap: int
    autopilot: bool
    plan: Steps | None
    ready: bool


class Sight(msgspec.Struct, frozen=True):
    """All of the board that a viewer may know now. No two of the six sets of terrain share a hex.

    A living player: in sight, and terrain remembered as last seen; their own hero stands at (0, 0) and is among the
    figures. The gallery (``you`` is None): the board of ``round_seen``, all in sight, relative to the lair; before
    there is one to show (``round_seen`` is None) nothing. When the game is over: everything, as it ended.
    """

    round: int
    round_seen: int | None
    you: You | None
    floor: HexSet
    rock: HexSet
    chasm: HexSet
    cracked: HexSet
    floor_remembered: HexSet
    rock_remembered: HexSet
    chasm_remembered: HexSet
    figures: tuple[Figure, ...]
