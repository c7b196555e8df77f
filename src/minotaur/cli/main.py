"""The ``minotaur`` command: the runtime's, bound to this game."""

from importlib.metadata import version
from pathlib import Path
from typing import Final

import minotaur
from clew.cli.app import app_of
from clew.wiring.program import Program, ProgramGame
from minotaur.cli.replay.command import replay
from minotaur.cli.simulate import simulate
from minotaur.play.operated import OperatedMinotaur
from minotaur.play.served import ServedMinotaur

DISTRIBUTION: Final = "minotaur-game"
STATIC_FOLDER: Final = Path(minotaur.__file__).parent / "web" / "static"
"""Where the built browser UI lies in an installed package."""
TEXTS_FOLDER: Final = Path(minotaur.__file__).parent / "texts"
"""Its sentences, in every language."""

PROGRAM: Final = Program(
    "minotaur", version(DISTRIBUTION), [ProgramGame(ServedMinotaur(), OperatedMinotaur(), TEXTS_FOLDER)], STATIC_FOLDER
)

app: Final = app_of(
    PROGRAM,
    "A round-based labyrinth game for browsers, on a server whose games cannot be lost.",
    simulate,
    replay,
)
