"""Whole four-hero games of bots per second on one core, rules and bots together.

python -m bench.simulate [--games 500] [--seed 7]
"""

import argparse
import time

from bench.kit.machine import SERVER_CORE, on_core, print_facts, scratch_folder
from minotaur.play.tournament import tournament
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.settings import Settings, classic, labyrinth

SEATS = 4
WARM_UP_GAMES = 20
CASES: tuple[tuple[str, Settings, list[BotKind]], ...] = (
    ("labyrinth, hunters and wanderers", labyrinth(SEATS), ["hunter", "wanderer"]),
    ("labyrinth, hunters", labyrinth(SEATS), ["hunter"]),
    ("labyrinth, wanderers", labyrinth(SEATS), ["wanderer"]),
    ("classic, hunters and wanderers", classic(SEATS), ["hunter", "wanderer"]),
)


def measure(settings: Settings, kinds: list[BotKind], games: int, seed: int) -> tuple[float, float]:
    """Games per second of processor time, and the middle game's milliseconds."""
    for _ in tournament(settings, kinds, range(WARM_UP_GAMES), seed + 1):
        pass
    spent_s: list[float] = []
    played = tournament(settings, kinds, range(games), seed)
    for _ in range(games):
        began = time.process_time()
        next(played)
        spent_s.append(time.process_time() - began)
    return games / sum(spent_s), sorted(spent_s)[games // 2] * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with scratch_folder(None) as folder:
        print_facts(folder)
    with on_core(SERVER_CORE):
        for name, settings, kinds in CASES:
            rate, median_ms = measure(settings, kinds, options.games, options.seed)
            print(f"{name:36} {rate:7.0f} games/s   median game {median_ms:5.2f} ms")


if __name__ == "__main__":
    main()
