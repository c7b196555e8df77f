"""The example for who studies play: it learns, and what it learnt beats the wanderer in other games."""

import numpy as np

from examples.research.learn import FEATURES, learn, won


def test_a_policy_that_was_bred_for_three_generations_beats_the_wanderer() -> None:
    untaught, duels = np.zeros(len(FEATURES)), range(500, 520)

    weights = learn(generations=3, seed=2, policies=12, games=6)

    assert 0.5 <= won(untaught, duels) < won(weights, duels), "who only waits wins as many as it loses"
