"""How fast players who lost their connection are told what they missed: from the state, and from the journal.

    python -m bench.coming_back [--stores sqlite,postgres] [--games 200] [--resumes 4000] [--missed 20]

Every game has four heroes and three rounds behind it. Both ways in turn on the same games: their ratio can be trusted.
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import cast
from unittest.mock import patch

import uvloop

from bench.kit.machine import print_facts, scratch_folder
from bench.kit.many_games import Filler, Made
from bench.kit.stores import open_store
from clew.sessions.ids import GameId, UserId
from minotaur.play.events_log import EventsLog
from minotaur.play.viewing import Hearer, Viewing
from minotaur.wiring.clock import RealClock

AT_ONCE = 50
ROUNDS = 3
TURNS = 3


async def resumes_a_second(filler: Filler, made: Sequence[Made], resumes: int, missed: int) -> float:
    waiting = cycle(made)
    gate = asyncio.Semaphore(AT_ONCE)

    async def resume(game: Made) -> None:
        async with gate:
            seen = await filler.host.look(GameId(game.game_id))
            viewing = Viewing(
                filler.host, RealClock(), GameId(game.game_id), UserId(game.user_id), cast("Hearer", None)
            )
            opening = await viewing.open(max(0, seen.seq - missed))
            assert opening.resumed and opening.missed is not None
            viewing.close()

    began_s = time.perf_counter()
    work: list[Awaitable[None]] = [resume(game) for game in islice(waiting, resumes)]
    await asyncio.gather(*work)
    return resumes / (time.perf_counter() - began_s)


async def measure(kind: str, folder: Path, options: argparse.Namespace) -> None:
    async with open_store(kind, folder) as store:
        filler = Filler(store, b"k" * 32)
        async with filler.games.running():
            made = await filler.make(options.games, ROUNDS)
            by_log, by_journal = list[float](), list[float]()
            for _ in range(TURNS):
                by_log.append(await resumes_a_second(filler, made, options.resumes, options.missed))
                with patch.object(EventsLog, "covers", return_value=False):  # as if states had no log
                    by_journal.append(await resumes_a_second(filler, made, options.resumes, options.missed))
    log, journal = median(by_log), median(by_journal)
    told = f"{log:8,.0f} a second from the log, {journal:8,.0f} from the journal: {log / journal:.1f} to 1"
    print(f"{kind:9} {told}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stores", default="sqlite,postgres")
    parser.add_argument("--games", type=int, default=200)
    parser.add_argument("--resumes", type=int, default=4_000)
    parser.add_argument("--missed", type=int, default=20)
    parser.add_argument("--folder", type=Path, default=None)
    options = parser.parse_args()
    with scratch_folder(options.folder) as folder:
        print_facts(folder)
        for kind in options.stores.split(","):
            uvloop.run(measure(kind, folder, options))


if __name__ == "__main__":
    main()
