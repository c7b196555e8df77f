"""``python -m tests.kit.table_server bids.game:Bids … serve …``: the command, bound to games that are named.

``minotaur`` among them is Minotaur.
"""

import sys
from pathlib import Path

from clew.cli.app import app_of
from clew.tables.loading import load_game
from clew.tables.operated import OperatedTable
from clew.tables.serving.served import ServedTable
from clew.wiring.program import Program, ProgramGame
from minotaur.cli.main import TEXTS_FOLDER
from minotaur.play.operated import OperatedMinotaur
from minotaur.play.served import ServedMinotaur

NO_PAGES = Path("there are no pages")


def played(name: str) -> ProgramGame:
    if name == "minotaur":
        return ProgramGame(ServedMinotaur(), OperatedMinotaur(), TEXTS_FOLDER)
    game = load_game(name)
    return ProgramGame(ServedTable(game), OperatedTable(game))


def main() -> None:
    games = list[ProgramGame]()
    while sys.argv[1] == "minotaur" or ":" in sys.argv[1]:
        games.append(played(sys.argv.pop(1)))
    app_of(Program("clew", "1.0", games, NO_PAGES), "Games, to be tried.")()


if __name__ == "__main__":
    main()
