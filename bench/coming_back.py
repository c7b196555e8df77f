"""How fast players who lost their connection are told what they missed: from the state, and from the journal.

    python -m bench.coming_back [--stores sqlite,postgres] [--games 200] [--resumes 4000] [--missed 20]

Every game has four heroes and six rounds behind it. One half of the games keeps no log in its state; both halves are
asked in turn at one host, so their ratio can be trusted.
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import msgspec
import uvloop
from msgspec.structs import replace

from bench.kit.machine import print_facts, scratch_folder
from bench.kit.many_games import Filler, Made
from bench.kit.stores import open_store
from clew.gateway.attendance import Attendances
from clew.gateway.departures import Departures
from clew.gateway.ports import Comer
from clew.gateway.viewing import Viewing
from clew.sessions.ids import GameId, PlayerId, UserId
from clew.sessions.records import EndOfFeed
from clew.wiring.clock import RealClock
from minotaur.play.machine import MatchMachine
from minotaur.play.match import Match, MatchEvent
from minotaur.play.served import ServedMinotaur

AT_ONCE = 50
ROUNDS = 6
TURNS = 3


class Forgetful(MatchMachine):
    """Plays the same game. While ``keeps_log`` is off, a state counts what was told, and holds none of it."""

    keeps_log = True

    def evolve(self, state: Match | None, event: MatchEvent, seq: int) -> Match:
        after = super().evolve(state, event, seq)
        if self.keeps_log:
            return after
        return replace(after, events_log=replace(after.events_log, since=seq, count=0, lines=msgspec.Raw(b"[]")))


class Deaf:
    """Hears of nothing: a resume is measured, and nobody plays."""

    wants_more = True

    def told(self, seq: int, mark: str | None, text: str) -> None: ...

    def ended(self, why: EndOfFeed) -> None: ...


async def resumes_a_second(filler: Filler, made: Sequence[Made], resumes: int, missed: int) -> float:
    gate, clock = asyncio.Semaphore(AT_ONCE), RealClock()
    attendances = Attendances(clock, filler.host)
    departures = Departures(filler.games.departures.departed, attendances, clock)

    async def resume(game: Made) -> None:
        async with gate:
            game_id, user_id = GameId(game.game_id), UserId(game.user_id)
            seen = await filler.host.look(game_id)
            member = seen.state.member_of(user_id)
            assert member is not None, "they play in it"
            last = seen.state.events_log.last_number(PlayerId(member.player_id), seen.seq)
            assert last >= missed, f"so far they were told {last} events"
            viewing = Viewing(ServedMinotaur(), filler.host, clock, attendances, departures, game_id, Deaf())
            opening = await viewing.open(Comer(user_id, last - missed, None, again=False))
            assert opening.resumed and opening.missed is not None and opening.seq == last
            viewing.close()

    began_s = time.perf_counter()
    work: list[Awaitable[None]] = [resume(game) for game in islice(cycle(made), resumes)]
    await asyncio.gather(*work)
    return resumes / (time.perf_counter() - began_s)


async def measure(kind: str, folder: Path, options: argparse.Namespace) -> None:
    machine = Forgetful()
    async with open_store(kind, folder) as store:
        filler = Filler(store, b"k" * 32, machine=machine)
        async with filler.games.running():
            logged = await filler.make(options.games, ROUNDS)
            machine.keeps_log = False
            unlogged = await filler.make(options.games, ROUNDS)
            by_log, by_journal = list[float](), list[float]()
            for _ in range(TURNS):
                by_log.append(await resumes_a_second(filler, logged, options.resumes, options.missed))
                by_journal.append(await resumes_a_second(filler, unlogged, options.resumes, options.missed))
    log, journal = median(by_log), median(by_journal)
    told = f"{log:8,.0f} a second from the log, {journal:8,.0f} from the journal: {log / journal:.1f} to 1"
    print(f"{kind:9} {told}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stores", default="sqlite,postgres")
    parser.add_argument("--games", type=int, default=200, help="of each half")
    parser.add_argument("--resumes", type=int, default=4_000)
    parser.add_argument("--missed", type=int, default=20, help="events of the player's own, of 22 there are")
    parser.add_argument("--folder", type=Path, default=None)
    options = parser.parse_args()
    with scratch_folder(options.folder) as folder:
        print_facts(folder)
        for kind in options.stores.split(","):
            uvloop.run(measure(kind, folder, options))


if __name__ == "__main__":
    main()
