"""Processor time of one round of people, in process: its plans and its end, as the owner's turns and the feeds see it.

No socket, no store and no loop: a turn decides, evolves and writes down, then each hero's feed and a spectator's say
what was committed. Games of the labyrinth, everyone planned for by hunters, until the rounds are played.

The same rounds are played several times, and the least that each took counts: what neighbours add is no part of it.

    python -m bench.round [--rounds 300] [--plays 7] [--seed 7] [--heroes 4,8]
"""

import argparse
import statistics
import time
from collections.abc import Iterator
from itertools import islice
from typing import Final

from bench.kit.machine import SERVER_CORE, on_core, print_facts, scratch_folder
from clew.sessions.ids import GameId, Owner, UserId
from clew.sessions.records import Committed
from clew.sessions.session.bodies import Position
from clew.sessions.session.turn import Turn
from clew.tables.feed import GameFeed
from clew.tables.lobby.commands import Join, Start
from clew.tables.lobby.members import Member, seat_at
from minotaur.play.codec import MatchCodec
from minotaur.play.machine import PLANNERS, MatchMachine
from minotaur.play.match import Match, MatchCommand, MatchCreated, MatchEvent
from minotaur.play.showing import showing_of
from minotaur.rules.commands import EndRound, RegisterPlan
from minotaur.rules.settings import labyrinth

MACHINE: Final = MatchMachine()
CODEC: Final = MatchCodec()
GAME: Final = GameId("g1")
START_MS: Final = 1_750_000_000_000


class Game:
    """A match with everyone in it connected, and the processor time that its owner has spent."""

    def __init__(self, heroes: int, seed: int) -> None:
        users = [UserId(f"u{seat}") for seat in range(1, heroes + 1)]
        host = Member(seat_at(1), users[0], "Player 1")
        created = MatchCreated(GAME, "ABC234", labyrinth(heroes), seed, 0, "hunter", host)
        match = MACHINE.evolve(None, created, 1)
        self._at = Position(match, 1, MACHINE.summary(match), {})
        self._feeds = [GameFeed(showing_of(MACHINE), match, user) for user in [*users, UserId("spectator")]]
        self._now = START_MS
        self.turns_s = 0.0
        self.feeds_s = 0.0
        for seat, user in enumerate(users[1:], 2):
            self._do(Join(user, f"Player {seat}"))
        self._do(Start(users[0]))

    @property
    def over(self) -> bool:
        return self._at.state.status != "active"

    def play_round(self) -> None:
        """Everyone alive plans, and the deadline passes."""
        game = self._at.state.game
        assert game is not None, "it was started"
        for player in [player for player, hero in game.heroes.items() if hero.alive]:
            self._do(RegisterPlan(player, game.round, PLANNERS["hunter"](game, player)))
        self._now = game.round_ends_at
        self._do(EndRound(game.round))

    def _do(self, command: MatchCommand) -> None:
        began_s = time.process_time()
        before = self._at
        turn: Turn[Match, MatchCommand, MatchEvent] = Turn(MACHINE, CODEC, before, self._now, "m1")
        turn.decide(command, None)
        turn.part(GAME, Owner("here"), 1, before.seq, CODEC.state_version)
        self._at = turn.at
        decided_s = time.process_time()
        committed = Committed(GAME, before.state, turn.at.state, turn.entries, "m1")
        for feed in self._feeds:
            feed.follow(committed)
        self.turns_s += decided_s - began_s
        self.feeds_s += time.process_time() - decided_s


def rounds(heroes: int, seed: int) -> Iterator[tuple[float, float]]:
    """Of each round of one game after the other, what its turns took and its feeds, in ms."""
    while True:
        game = Game(heroes, seed)
        while not game.over:
            game.turns_s = game.feeds_s = 0.0
            game.play_round()
            yield game.turns_s * 1000, game.feeds_s * 1000
        seed += 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--plays", type=int, default=7, help="how often the same rounds are played")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--heroes", default="4,8", help="how many play, one row for each number")
    options = parser.parse_args()
    with scratch_folder(None) as folder:
        print_facts(folder)
    with on_core(SERVER_CORE):
        for heroes in map(int, options.heroes.split(",")):
            plays = [list(islice(rounds(heroes, options.seed), options.rounds)) for _ in range(options.plays)]
            turns, feeds = (
                statistics.fmean(min(play[at][part] for play in plays) for at in range(options.rounds))
                for part in (0, 1)
            )
            print(f"{heroes} heroes: turns {turns:5.2f} ms, feeds {feeds:5.2f} ms, a round {turns + feeds:5.2f} ms")


if __name__ == "__main__":
    main()
