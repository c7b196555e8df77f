"""Steps a second of the environments for research, on one core: acts at random among those that are legal.

python -m bench.research [--steps 4000] [--seed 7]
"""

import argparse
import time
from typing import Final

import numpy as np

from bench.kit.machine import SERVER_CORE, on_core, print_facts, scratch_folder
from minotaur.research import open_spiel_game
from minotaur.research.pettingzoo_env import MinotaurEnv
from minotaur.research.rounds import begin, choose, legal_acts, play
from minotaur.rules.settings import Settings, labyrinth

SEATS: Final = (2, 4, 8)


def rules_alone(settings: Settings, steps: int, seed: int) -> None:
    """Rounds chosen step by step, and nothing looked at."""
    chance, round_ = np.random.default_rng(seed), begin(settings, seed)
    for number in range(steps):
        round_ = choose(round_, {player: chance.choice(legal_acts(round_, player)) for player in round_.chosen})
        if round_.is_chosen:
            round_ = play(round_, number)
        if round_.is_over:
            round_ = begin(settings, number)


def pettingzoo(settings: Settings, steps: int, seed: int) -> None:
    """All that every agent sees, at each step."""
    chance, env = np.random.default_rng(seed), MinotaurEnv(settings)
    seen, _ = env.reset(seed)
    for _ in range(steps):
        acts = {agent: int(chance.choice(np.flatnonzero(seen[agent]["action_mask"]))) for agent in env.agents}
        seen, *_ = env.step(acts)
        if not env.agents:
            seen, _ = env.reset()


def open_spiel(settings: Settings, steps: int, seed: int) -> None:
    """No tensors: what a search does."""
    chance, game = np.random.default_rng(seed), open_spiel_game.MinotaurGame({"players": settings.seats})
    state = game.new_initial_state()
    for _ in range(steps):
        while state.is_chance_node():
            state.apply_action(int(chance.integers(len(state.chance_outcomes()))))
        if state.is_terminal():
            state = game.new_initial_state()
            continue
        state.apply_actions([int(chance.choice(state.legal_actions(player))) for player in range(settings.seats)])


CASES: Final = {"rules alone": rules_alone, "PettingZoo": pettingzoo, "OpenSpiel": open_spiel}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with scratch_folder(None) as folder:
        print_facts(folder)
    with on_core(SERVER_CORE):
        for seats in SEATS:
            for name, case in CASES.items():
                began = time.thread_time()
                case(labyrinth(seats), options.steps, options.seed)
                rate = options.steps / (time.thread_time() - began)
                print(f"{seats} seats   {name:11}   {rate:8,.0f} steps a second, {rate / 4:7,.0f} rounds", flush=True)


if __name__ == "__main__":
    main()
