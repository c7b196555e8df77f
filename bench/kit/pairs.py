"""Every strategy against every other, alone and against three: who beats whom."""

import os
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Final

from minotaur.play.machine import PLANNERS
from minotaur.play.standings import Proportion, share
from minotaur.play.tournament import tournament
from minotaur.rules.decide import Planner
from minotaur.rules.settings import labyrinth
from tests.bots.trivial import TRIVIAL

STRATEGIES: Final[Mapping[str, Planner]] = {**PLANNERS, **TRIVIAL}
RIVALS: Final[Sequence[int]] = (1, 3)
"""Against so many of the other kind one has to play."""

Pair = tuple[str, str, int]
"""Who plays, against whom, and against how many of them."""


def pairs(of: Collection[str]) -> list[Pair]:
    """All pairs of two strategies, or those in which one of these plays."""
    return [
        (one, other, rivals)
        for rivals in RIVALS
        for one in STRATEGIES
        for other in STRATEGIES
        if one != other and (not of or one in of or other in of)
    ]


def won(games: int, seed: int, pair: Pair) -> Proportion:
    """The games that the one won; no seat is its own for long."""
    one, other, rivals = pair
    kinds = [one, *[other] * rivals]
    played = tournament(labyrinth(len(kinds)), kinds, range(games), seed, STRATEGIES)
    return share(sum(game.winner is not None and game.kinds[game.winner - 1] == one for game in played), games)


def print_pairs(games: int, seed: int, cores: int, of: Collection[str]) -> None:
    """Play so many games for each pair, and print the shares that the one on the left wins, as two tables."""
    wanted = pairs(of)
    # Spawned: what a core plays must not depend on what was played before it.
    with ProcessPoolExecutor(cores or os.cpu_count() or 1, mp_context=get_context("spawn")) as pool:
        found = dict(zip(wanted, pool.map(partial(won, games, seed), wanted), strict=True))
    for rivals in RIVALS:
        print(f"{games} games each: how many of a hundred the one on the left wins against {rivals} of the other\n")
        print(f"| | {' | '.join(STRATEGIES)} |")
        print(f"| --- |{' ---: |' * len(STRATEGIES)}")
        for one in STRATEGIES:
            cells = [_cell(found.get((one, other, rivals))) for other in STRATEGIES]
            print(f"| {one} | {' | '.join(cells)} |")
        print()


def _cell(found: Proportion | None) -> str:
    return "" if found is None else f"{found.share:.0%}".removesuffix("%")
