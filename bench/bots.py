"""How long a bot thinks about a move, on one core, in processor time.

python -m bench.bots [--games 40] [--seed 7]
"""

import argparse
import time
from typing import Final, get_args

from bench.kit.machine import SERVER_CORE, on_core, print_facts, scratch_folder
from minotaur.play.machine import PLANNERS
from minotaur.play.tournament import tournament
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.commands import Steps
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId
from minotaur.rules.settings import Settings, classic, labyrinth

CASES: Final[tuple[tuple[str, Settings], ...]] = (
    ("labyrinth, two", labyrinth(2)),
    ("labyrinth, four", labyrinth(4)),
    ("labyrinth, eight", labyrinth(8)),
    ("classic, four", classic(4)),
)
AIM_MS: Final = 20
"""A move of whatever bot is to take less at the 99th percentile."""


def moves_ms(kind: BotKind, settings: Settings, games: int, seed: int) -> list[float]:
    """How long each move took in so many games of this kind, the quickest first."""
    took: list[float] = []

    def timed(game: Game, player: PlayerId) -> Steps:
        began = time.thread_time()
        steps = PLANNERS[kind](game, player)
        took.append((time.thread_time() - began) * 1000)
        return steps

    for _ in tournament(settings, [kind], range(games), seed, {kind: timed}):
        pass
    return sorted(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", type=int, default=40)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with scratch_folder(None) as folder:
        print_facts(folder)
    with on_core(SERVER_CORE):
        for kind in get_args(BotKind):
            for name, settings in CASES:
                took = moves_ms(kind, settings, options.games, options.seed)
                median, late = took[len(took) // 2], took[len(took) * 99 // 100]
                aim = "" if late < AIM_MS else f"   MISSED: {AIM_MS} ms"
                print(
                    f"{kind:11} {name:17} {len(took):6} moves   "
                    f"median {median:6.2f}   p99 {late:6.2f}   most {took[-1]:6.2f} ms{aim}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
