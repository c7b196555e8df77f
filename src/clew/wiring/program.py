"""What a command is bound to: the game it serves, and what it calls itself."""

from dataclasses import dataclass
from pathlib import Path

from clew.gateway.ports import AnyGame
from clew.operators.ports import AnyOperatedGame
from clew.sessions.kinds import Reads


@dataclass(frozen=True)
class Program:
    """``name`` is what people type, and the module that ``python -m`` runs; ``version`` is that of its distribution.

    ``static_folder`` has the game's built pages.
    """

    name: str
    version: str
    game: AnyGame
    operated: AnyOperatedGame
    static_folder: Path

    @property
    def reads(self) -> Reads:
        """What its nodes read."""
        return {self.game.kind: self.game.codec.state_version}
