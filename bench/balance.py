"""Whether the rules are balanced: whole games of bots against the goals at the foot of docs/spec/RULES.md.

python -m bench.balance [--games 10000] [--seed 0] [--cores 0] [--pairs [--of hunter]]

Of games in which strategists sit, a fifth or a tenth are played. Ends with status 1 if a goal is not met. With
``--pairs`` it prints instead who beats whom: every strategy against every other, those of one idea each (tests/bots)
among them; ``--of`` has only the pairs of these.
"""

import argparse
import sys

from bench.kit.pairs import print_pairs
from minotaur.cli.cores import played_on
from minotaur.play.goals import CONTESTS, Contest
from minotaur.play.standings import Standings, quantile, standings
from minotaur.rules.settings import preset


def play(contest: Contest, games: int, seed: int, cores: int) -> Standings:
    settings = preset(contest.preset, contest.seats, {})
    return standings(played_on(cores, settings, contest.kinds, games, seed), contest.kinds, contest.seats)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cores", type=int, default=0, help="0: all")
    parser.add_argument("--pairs", action="store_true", help="every strategy against every other")
    parser.add_argument("--of", default="", help="with --pairs: only those in which one of these plays, with commas")
    options = parser.parse_args()
    if options.pairs:
        print_pairs(options.games, options.seed, options.cores, frozenset(filter(None, options.of.split(","))))
        return
    missed = 0
    for name, contest in CONTESTS.items():
        played = play(contest, -(-options.games // contest.one_in), options.seed, options.cores)
        spread = [min(played.rounds), *(quantile(played.rounds, each) for each in (0.025, 0.5, 0.975))]
        print(f"{name}: {played.games} games, rounds {[*spread, max(played.rounds)]}", flush=True)
        for goal in contest.goals:
            found, is_met = goal.counted(played), goal.is_met(played)
            missed += not is_met
            wanted = f"{goal.least:.1%} to {goal.most:.1%}"
            print(
                f"  {'met   ' if is_met else 'MISSED'} {goal.about:40} {found.share:7.2%}"
                f" ({found.least:.2%} to {found.most:.2%})   wanted {wanted}",
                flush=True,
            )
        causes = ", ".join(f"{cause} {died.share:.1%}" for cause, died in played.deaths.items())
        print(f"  deaths: {causes}; drawn {played.draws.share:.1%}; Minotaur slain {played.slain.share:.1%}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
