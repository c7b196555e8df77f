"""The ``clew`` command: the runtime's own, for whatever games it is given."""

from importlib.metadata import version
from pathlib import Path
from typing import Final

import clew
from clew.cli.app import app_of
from clew.cli.new import new
from clew.cli.replay import replay
from clew.cli.simulate import simulate
from clew.wiring.program import Program

STATIC_FOLDER: Final = Path(clew.__file__).parent / "web" / "static"
"""Where the built pages for any game lie in an installed package."""

app: Final = app_of(
    Program("clew", version("clew"), (), STATIC_FOLDER, takes_games=True),
    "Games in rounds, on a server whose games cannot be lost.",
    simulate,
    replay,
    new,
)
