"""``python -m tests.kit.table_server bids.game:Bids serve …``: the command, bound to a game that is named."""

import sys
from pathlib import Path

from clew.cli.app import app_of
from clew.tables.loading import load_game
from clew.tables.operated import OperatedTable
from clew.tables.served import ServedTable
from clew.wiring.program import Program

NO_PAGES = Path("there are no pages")


def main() -> None:
    game = load_game(sys.argv.pop(1))
    app_of(Program("clew", "1.0", ServedTable(game), OperatedTable(game), NO_PAGES), "A game, to be tried.")()


if __name__ == "__main__":
    main()
