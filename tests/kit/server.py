"""A real ``minotaur serve`` as a process of its own."""

import sys
from typing import Final

from clew.testing.serving import ServeProcess

OUR_PROGRAM: Final = (sys.executable, "-m", "minotaur")
"""The command of this checkout."""


class Server(ServeProcess):
    """One server on one data folder, of Minotaur unless another command is given."""

    program = OUR_PROGRAM
