"""Games of bots on several cores: the same games in the same order as on one."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from multiprocessing import get_context
from typing import Final

from minotaur.play.tournament import PlayedGame, tournament
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.settings import Settings

CORES_MAX: Final = 256
GAMES_A_PART: Final = 100
"""So many games are given to a core at once; fewer are not worth a process of their own."""


def played_on(cores: int, settings: Settings, kinds: Sequence[BotKind], games: int, seed: int) -> Iterator[PlayedGame]:
    """As ``tournament`` plays them, on so many cores; 0: on all that there are."""
    parts = [range(first, min(first + GAMES_A_PART, games)) for first in range(0, games, GAMES_A_PART)]
    workers = min(cores or os.cpu_count() or 1, len(parts))
    if workers == 1:
        yield from tournament(settings, kinds, range(games), seed)
        return
    # Spawned, not forked: a bar is drawn by a thread, and a fork of a process with threads may hang.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from chain.from_iterable(pool.map(partial(_part, settings, kinds, seed), parts))


def _part(settings: Settings, kinds: Sequence[BotKind], seed: int, games: range) -> list[PlayedGame]:
    return list(tournament(settings, kinds, games, seed))
