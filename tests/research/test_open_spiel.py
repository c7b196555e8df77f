"""The OpenSpiel game: its own conformance test, and that no search can look up what has not been drawn."""

import pyspiel
import pytest

from minotaur.research.open_spiel_game import LOTS, MinotaurGame, MinotaurState


@pytest.mark.parametrize("name", ["minotaur(players=2)", "minotaur(players=3,preset=classic)", "minotaur"])
def test_it_is_a_game_of_open_spiel(name: str) -> None:
    pyspiel.random_sim_test(pyspiel.load_game(name), num_sims=1, serialize=True, verbose=False)


def after_a_round(game: MinotaurGame) -> MinotaurState:
    """All is chosen, and nothing drawn."""
    state = game.new_initial_state()
    state.apply_action(3)
    for _ in range(4):
        state.apply_actions([state.legal_actions(player)[-1] for player in range(game.num_players())])
    return state


def test_what_is_by_lot_is_drawn_after_all_have_chosen() -> None:
    state = after_a_round(MinotaurGame())
    assert state.is_chance_node()

    lots = [state.clone() for _ in range(2)]
    for lot, each in enumerate(lots):
        each.apply_action(lot)

    assert len(state.chance_outcomes()) == LOTS
    assert state.is_chance_node(), "a copy goes on by itself"
    assert [each.round is not None and each.round.game.seed for each in lots] == [0, 1]


def test_other_labyrinths_are_those_of_another_first_one() -> None:
    boards = set[str]()
    for first in (0, 256):
        state = MinotaurGame({"players": 2, "first_board": first}).new_initial_state()
        state.apply_action(0)
        boards.add(str(state))

    assert len(boards) == 2
