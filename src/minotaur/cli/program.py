"""This game's own: what the ``minotaur`` command is bound to."""

from importlib.metadata import version
from pathlib import Path
from typing import Final

import minotaur
from clew.wiring.program import Program
from minotaur.play.operated import OperatedMinotaur
from minotaur.play.served import Minotaur

DISTRIBUTION: Final = "minotaur-game"
STATIC_FOLDER: Final = Path(minotaur.__file__).parent / "web" / "static"
"""Where the built browser UI lies in an installed package."""

PROGRAM: Final = Program("minotaur", version(DISTRIBUTION), Minotaur(), OperatedMinotaur(), STATIC_FOLDER)
