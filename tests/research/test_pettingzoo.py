"""The PettingZoo environment: its own conformance tests, and what is Minotaur's about it."""

import numpy as np
import pytest
from pettingzoo.test import parallel_api_test, parallel_seed_test  # pyright: ignore[reportUnknownVariableType]

from minotaur.research.pettingzoo_env import MinotaurEnv
from minotaur.research.rounds import WAIT
from minotaur.rules.settings import classic, labyrinth


@pytest.mark.parametrize("env", [MinotaurEnv(), MinotaurEnv(labyrinth(3), ["hunter"]), MinotaurEnv(classic(2))])
def test_it_is_a_parallel_environment(env: MinotaurEnv) -> None:
    parallel_api_test(env, num_cycles=300)


def test_the_same_seed_is_the_same_game() -> None:
    parallel_seed_test(MinotaurEnv, num_cycles=60)


def to_the_end(env: MinotaurEnv, seed: int) -> dict[str, float]:
    """What each agent got, of acts at random."""
    chance, rewards = np.random.default_rng(seed), dict.fromkeys(env.agents, 0.0)
    while env.agents:
        masks = {agent: seen["action_mask"] for agent, seen in env.observed().items()}
        acts = {agent: int(chance.choice(np.flatnonzero(each))) for agent, each in masks.items()}
        _, given, *_ = env.step(acts)
        for agent, reward in given.items():
            rewards[agent] += reward
    return rewards


@pytest.mark.parametrize("seed", range(6))
def test_in_all_the_agents_of_a_game_get_nothing(seed: int) -> None:
    env = MinotaurEnv()
    env.reset(seed)

    assert sum(to_the_end(env, seed).values()) == pytest.approx(0)


def test_bots_sit_in_the_last_seats_and_play_by_themselves() -> None:
    env = MinotaurEnv(labyrinth(4), ["hunter", "wanderer"])
    env.reset(3)
    began = {player: hero.at for player, hero in env.round.game.heroes.items()}
    assert env.agents == ["p1", "p2"]

    for _ in range(4):
        env.step(dict.fromkeys(env.agents, WAIT))

    assert env.round.game.round == 2
    moved = [player for player, hero in env.round.game.heroes.items() if hero.at != began[player]]
    assert moved == ["p3", "p4"]


def test_a_fork_goes_on_by_itself_and_by_lots_of_its_own() -> None:
    env = MinotaurEnv(labyrinth(2), render_mode="ansi")
    env.reset(5)
    shown = env.render()

    forks = [env.fork(seed) for seed in (1, 2, 1)]
    for fork in forks:
        for _ in range(4):
            fork.step({})

    assert env.render() == shown
    assert forks[0].round.game.seed != forks[1].round.game.seed
    assert forks[0].round == forks[2].round
