"""Twelve whole games of a sensible player against each kind of bot: what killed whom, when they met, and stories.

python -m bench.stories [--games 12] [--seed 0] [--tell 1]

The player (tests/bots/sensible) is called Ada; three bots of one kind play against her. ``--tell``: of each kind's
games the logs of so many, as somebody tells them who saw everything.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from minotaur.cli.replay.cast import Cast
from minotaur.cli.replay.sentences import sentence_of
from minotaur.play.bots.kinds import KINDS
from minotaur.play.machine import PLANNERS
from minotaur.play.tournament import play_game
from minotaur.play.wire_replay import ReplayMember
from minotaur.rules import events
from minotaur.rules.commands import Steps
from minotaur.rules.decide import Planner, play_round
from minotaur.rules.game import Game
from minotaur.rules.names import COLLAPSE, LAIR, MINOTAUR, PlayerId, player_id
from minotaur.rules.new_game import Seat, new_game
from minotaur.rules.settings import labyrinth
from tests.bots.sensible import sensible

SEATS: Final = 4
PLAYER: Final = "Ada"
NAMES: Final = (PLAYER, "Bruno", "Clio", "Daedalus")
CAUSES: Final = {COLLAPSE: "a ring", LAIR: "the lair", MINOTAUR: "the Minotaur"}
SEATED: Final[Mapping[str, Planner]] = {PLAYER: sensible, **PLANNERS}


def told(kind: str, seed: int) -> tuple[list[str], list[str]]:
    """A game's log, a paragraph for each round, and what killed whom in it."""
    kinds = {player_id(seat): PLAYER if seat == 1 else kind for seat in range(1, SEATS + 1)}
    names = {str(player_id(seat)): name for seat, name in enumerate(NAMES, 1)}
    cast = Cast([ReplayMember(player, name, is_bot=name != PLAYER) for player, name in names.items()])

    def planner(game: Game, player: PlayerId) -> Steps:
        return SEATED[kinds[player]](game, player)

    seats: list[Seat] = ["bot"] * SEATS
    game = new_game(labyrinth(SEATS), seed, seats, now=0)
    deaths, log = list[str](), [[f"*Round 1.* {SEATS} heroes wake in the dark."]]
    while game.status == "active":
        tale = play_round(game, game.round_ends_at, planner)
        for event in tale.events:
            if isinstance(event, events.RoundStarted):
                log.append([f"*Round {event.round}.*"])
            elif (words := sentence_of(event, None, cast)) is not None:
                log[-1].append(words)
            if isinstance(event, events.Killed):
                deaths.append(_death(event, names))
        game = tale.game
    return [" ".join(each) for each in log], deaths


def _death(killed: events.Killed, names: Mapping[str, str]) -> str:
    who = names[str(killed.id)]
    by = [CAUSES.get(each, names.get(each, each)) for each in killed.by]
    return f"{'the player' if who == PLAYER else 'a bot'} by {' and '.join(sorted(_role(each) for each in set(by)))}"


def _role(name: str) -> str:
    if name in CAUSES.values():
        return name
    return "the player" if name == PLAYER else "a bot"


def _sorted(numbers: Iterable[int]) -> str:
    """``3 4 4 9``."""
    return " ".join(map(str, sorted(numbers)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", type=int, default=12)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tell", type=int, default=1, help="how many games of each kind to tell")
    options = parser.parse_args()
    seeds = range(options.seed, options.seed + options.games)
    print("| against three | won | drawn | rounds | first met in round | first fell in round | who fell by what |")
    print("| --- | ---: | ---: | --- | --- | --- | --- |")
    for kind in KINDS:
        games = [play_game(labyrinth(SEATS), seed, [PLAYER, kind, kind, kind], SEATED) for seed in seeds]
        deaths = Counter(death for seed in seeds for death in told(kind, seed)[1])
        columns = [
            f"{kind}s",
            str(sum(game.winner == 1 for game in games)),
            str(sum(game.winner is None for game in games)),
            _sorted(game.rounds for game in games),
            _sorted(game.first_meeting for game in games if game.first_meeting),
            _sorted(game.first_death for game in games if game.first_death),
            ", ".join(f"{death}: {count}" for death, count in deaths.most_common()),
        ]
        print(f"| {' | '.join(columns)} |", flush=True)
    for kind in KINDS:
        for seed in seeds[: options.tell]:
            print(f"\n## {PLAYER} against three {kind}s (seed {seed})\n")
            print("\n\n".join(told(kind, seed)[0]))


if __name__ == "__main__":
    main()
