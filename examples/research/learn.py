"""Learn to play Minotaur a little: a linear policy, bred by the cross-entropy method, that beats the wanderer.

    pip install minotaur-game[research]
    python -m examples.research.learn [--generations 12] [--seed 1]

Fourteen weights say how much is to be thought of each act: what lies where it leads, and who stands there. Each
generation draws policies around the best of the last, lets each play some duels, and keeps the best quarter. It takes
less than a minute, and numpy. What it learns can be read: keep off what cracks, keep going, and let the wanderer fall.
"""

import argparse
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from minotaur.hexgrid.coord import DIRECTIONS
from minotaur.research.pettingzoo_env import MinotaurEnv, Seen
from minotaur.research.planes import TERRAIN, number_names
from minotaur.research.rounds import FIRST_MOVE, FIRST_STRIKE, WAIT, acts_count
from minotaur.rules.settings import STEPS_MAX, labyrinth

FEATURES: Final = (
    "wait", "wait_on_cracks",
    "move", "move_onto_cracks", "move_into_the_unknown", "move_into_rock", "move_off_cracks", "move_to_rival",
    "move_nearer_to_rival", "move_to_minotaur", "move_back",
    "strike_here", "strike_elsewhere", "strike_minotaur_here",
)  # fmt: skip
POLICIES: Final = 24
KEPT: Final = 6
GAMES: Final = 12
_FLOOR, _CRACKED, _REMEMBERED = (TERRAIN.index(each) for each in ("floor", "cracked", "floor_remembered"))
_RIVAL, _MINOTAUR = len(TERRAIN) + 1, len(TERRAIN) + 2
_DUEL: Final = labyrinth(2)
_CHOSE: Final = number_names(_DUEL).index("chose_0_0")

Weights = NDArray[np.float64]


def features(seen: Seen) -> NDArray[np.float64]:
    """A row for each act: what may be said of it in a duel."""
    planes, found = seen["planes"], np.zeros((acts_count(_DUEL), len(FEATURES)))
    middle = planes.shape[1] // 2
    row, column, last = _ghost(seen, middle)
    cracked = planes[_CRACKED, row, column]
    rivals = np.argwhere(planes[_RIVAL] > 0) - (row, column)
    far = min((_steps(r, q) for r, q in rivals), default=None)
    found[WAIT, :2] = 1, cracked
    for act, vector in enumerate(DIRECTIONS, start=FIRST_MOVE):
        r, q = row + vector.r, column + vector.q
        known = planes[_FLOOR, r, q] or planes[_REMEMBERED, r, q]
        unknown = not planes[: _MINOTAUR - 1, r, q].any()
        nearer = far is not None and min(_steps(rr - vector.r, qq - vector.q) for rr, qq in rivals) < far
        found[act, 2:11] = (
            1, planes[_CRACKED, r, q], unknown, not known and not unknown, cracked and not planes[_CRACKED, r, q],
            planes[_RIVAL, r, q] > 0, nearer, planes[_MINOTAUR, r, q] > 0, last == (act - FIRST_MOVE + 3) % 6,
        )  # fmt: skip
    here = planes[_RIVAL, row, column] > 0
    found[FIRST_STRIKE, 11:13] = here, not here
    beast = planes[_MINOTAUR, row, column] > 0
    found[FIRST_STRIKE + 1, 12:14] = not beast, beast
    return found


def act(weights: Weights, seen: Seen) -> int:
    """The legal act that most is thought of."""
    thought = np.where(seen["action_mask"] == 1, features(seen) @ weights, -np.inf)
    return int(thought.argmax())


def won(weights: Weights, seeds: Sequence[int]) -> float:
    """What a policy gets of duels with a wanderer, from -1 (all lost) to 1."""
    env, total = MinotaurEnv(_DUEL, ["wanderer"]), 0.0
    for seed in seeds:
        seen, _ = env.reset(seed)
        while env.agents:
            seen, rewards, *_ = env.step({agent: act(weights, seen[agent]) for agent in env.agents})
            total += sum(rewards.values())
    return total / len(seeds)


def learn(generations: int, seed: int, *, policies: int = POLICIES, games: int = GAMES) -> Weights:
    """The middle of the last generation's best; prints how each went."""
    chance = np.random.default_rng(seed)
    middle, spread = np.zeros(len(FEATURES)), np.ones(len(FEATURES))
    for generation in range(generations):
        drawn = chance.normal(middle, spread, (policies, len(FEATURES)))
        seeds = [int(each) for each in chance.integers(2**31, size=games)]
        scores = np.array([won(weights, seeds) for weights in drawn])
        best = drawn[scores.argsort()[::-1][: max(policies * KEPT // POLICIES, 1)]]
        middle, spread = best.mean(axis=0), best.std(axis=0) + 0.3 / (generation + 1)
        print(f"generation {generation + 1}: best {scores.max():+.2f}, middle {np.median(scores):+.2f}", flush=True)
    return middle


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--generations", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--duels", type=int, default=200, help="with which what was learnt is tried at the end")
    options = parser.parse_args()
    weights = learn(options.generations, options.seed)
    for name, weight in sorted(zip(FEATURES, weights, strict=True), key=lambda each: -each[1]):
        print(f"{weight:+6.2f} {name}")
    score = won(weights, range(1_000_000, 1_000_000 + options.duels))
    print(f"of {options.duels} other duels with a wanderer: {score:+.2f} ({(score + 1) / 2:.0%} won, a draw is half)")


def _ghost(seen: Seen, middle: int) -> tuple[int, int, int | None]:
    """Where the hero would stand after what is chosen so far, if nothing is in its way; and its last move."""
    row, column, last = middle, middle, None
    chosen: NDArray[Any] = seen["numbers"][_CHOSE:].reshape(STEPS_MAX - 1, acts_count(_DUEL))
    for step in chosen:
        move = int(step.argmax()) - FIRST_MOVE
        if step.any() and 0 <= move < len(DIRECTIONS):
            vector = DIRECTIONS[move]
            known = seen["planes"][[_FLOOR, _REMEMBERED], row + vector.r, column + vector.q].any()
            row, column = (row + vector.r, column + vector.q) if known else (row, column)
            last = move
    return row, column, last


def _steps(r: int, q: int) -> int:
    return (abs(q) + abs(r) + abs(q + r)) // 2


if __name__ == "__main__":
    main()
