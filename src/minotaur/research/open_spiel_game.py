"""Minotaur as an OpenSpiel game, ``minotaur``, once this module is imported: ``pip install minotaur-game[research]``.

All choose the steps of their plans at the same time. Chance moves first, the labyrinth, and at the end of each round,
all that is by lot in it: so a state that is copied or searched through knows of no lot that was not yet drawn.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyspiel

from minotaur.research.planes import number_names, numbers, planes, planes_shape
from minotaur.research.rounds import (
    FIRST_MOVE,
    FIRST_STRIKE,
    WAIT,
    Act,
    Round,
    acts_count,
    begin,
    choose,
    legal_acts,
    payoffs,
    play,
)
from minotaur.rules.names import player_id
from minotaur.rules.notation_board import format_board
from minotaur.rules.settings import SEATS, STEPS_MAX, Preset, preset

BOARDS: Final = 256
"""So many labyrinths, each as likely as the next; another ``first_board`` has others."""
LOTS: Final = 64
"""In so many ways what is by lot in one round may come out."""
_DIRECTIONS: Final = ("E", "SE", "SW", "W", "NW", "NE")

_TYPE: Final = pyspiel.GameType(
    short_name="minotaur",
    long_name="Minotaur",
    dynamics=pyspiel.GameType.Dynamics.SIMULTANEOUS,
    chance_mode=pyspiel.GameType.ChanceMode.EXPLICIT_STOCHASTIC,
    information=pyspiel.GameType.Information.IMPERFECT_INFORMATION,
    utility=pyspiel.GameType.Utility.ZERO_SUM,
    reward_model=pyspiel.GameType.RewardModel.TERMINAL,
    max_num_players=SEATS.greatest,
    min_num_players=SEATS.least,
    provides_information_state_string=False,
    provides_information_state_tensor=False,
    provides_observation_string=True,
    provides_observation_tensor=True,
    provides_factored_observation_string=False,
    parameter_specification={"players": 4, "preset": "labyrinth", "first_board": 0},
)


class MinotaurGame(pyspiel.Game):
    """``players`` seats of a preset of the newest rules; its labyrinths are those of ``first_board`` and after."""

    def __init__(self, params: Mapping[str, Any] | None = None) -> None:
        given = {"players": 4, "preset": "labyrinth", "first_board": 0, **(params or {})}
        name: Preset = "classic" if given["preset"] == "classic" else "labyrinth"
        self.settings: Final = preset(name, int(given["players"]), {})
        self.first_board: Final = int(given["first_board"])
        seats, rounds = self.settings.seats, self.settings.rounds_max
        info = pyspiel.GameInfo(
            num_distinct_actions=acts_count(self.settings),
            max_chance_outcomes=max(BOARDS, LOTS),
            num_players=seats,
            min_utility=-1 / (seats - 1),
            max_utility=1.0,
            utility_sum=0.0,
            max_game_length=rounds * STEPS_MAX,
        )
        super().__init__(_TYPE, info, given)

    def new_initial_state(self) -> "MinotaurState":
        return MinotaurState(self)

    def make_py_observer(self, iig_obs_type: Any = None, params: Any = None) -> "MinotaurObserver":
        kind = iig_obs_type or pyspiel.IIGObservationType(perfect_recall=False)
        return MinotaurObserver(self, kind, params)


class MinotaurState(pyspiel.State):
    """``round`` is None until the labyrinth is drawn."""

    def __init__(self, game: MinotaurGame) -> None:
        super().__init__(game)
        self._settings = game.settings
        self._first_board = game.first_board
        self.round: Round | None = None

    def current_player(self) -> int:
        if self.round is None or self.round.is_chosen:
            return pyspiel.PlayerId.CHANCE
        return pyspiel.PlayerId.TERMINAL if self.round.is_over else pyspiel.PlayerId.SIMULTANEOUS

    def chance_outcomes(self) -> list[tuple[int, float]]:
        count = BOARDS if self.round is None else LOTS
        return [(outcome, 1 / count) for outcome in range(count)]

    def is_terminal(self) -> bool:
        return self.round is not None and self.round.is_over

    def returns(self) -> list[float]:
        if self.round is None or not self.round.is_over:
            return [0.0] * self._settings.seats
        return list(payoffs(self.round.game).values())

    def _legal_actions(self, player: int) -> list[Act]:
        assert self.round is not None, "chance moves first"
        return legal_acts(self.round, player_id(player + 1))

    def _apply_action(self, action: int) -> None:
        """By chance: the labyrinth, or the lots of a round of which all is chosen."""
        if self.round is None:
            self.round = begin(self._settings, self._first_board + action)
        else:
            self.round = play(self.round, action)

    def _apply_actions(self, actions: Sequence[int]) -> None:
        assert self.round is not None, "chance moves first"
        self.round = choose(self.round, {player_id(seat): act for seat, act in enumerate(actions, start=1)})

    def _action_to_string(self, player: int, action: int) -> str:
        if player == pyspiel.PlayerId.CHANCE:
            return f"lot {action}"
        if action == WAIT:
            return "wait"
        if action < FIRST_STRIKE:
            return _DIRECTIONS[action - FIRST_MOVE]
        return f"strike {action - FIRST_STRIKE}"

    def __str__(self) -> str:
        if self.round is None:
            return "no labyrinth yet"
        chosen = {player: len(steps) for player, steps in self.round.chosen.items()}
        return f"round {self.round.game.round} {format_board(self.round.game)} {chosen}"


class MinotaurObserver:
    """What one seat sees and was told, as tensors ``planes`` and ``numbers`` and as text."""

    def __init__(self, game: MinotaurGame, iig_obs_type: Any, params: Any) -> None:
        assert not params, "there is nothing to choose"
        assert not iig_obs_type.perfect_recall, "what was seen is in what is seen; what was chosen is not kept"
        shape = planes_shape(game.settings)
        self._planes_size = int(np.prod(shape))
        self.tensor = np.zeros(self._planes_size + len(number_names(game.settings)), np.float32)
        self.dict = {
            "planes": self.tensor[: self._planes_size].reshape(shape),
            "numbers": self.tensor[self._planes_size :],
        }

    def set_from(self, state: MinotaurState, player: int) -> None:
        """Write what this player sees into ``tensor``; before there is a labyrinth, nothing."""
        self.tensor.fill(0)
        if state.round is not None and player >= 0:
            seat = player_id(player + 1)
            self.dict["planes"][:] = planes(state.round, seat)
            self.dict["numbers"][:] = numbers(state.round, seat)

    def string_from(self, state: MinotaurState, player: int) -> str:
        """The same, short: what is not 0."""
        self.set_from(state, player)
        found = np.flatnonzero(self.tensor)
        return " ".join(f"{place}:{self.tensor[place]:.3g}" for place in found)


pyspiel.register_game(_TYPE, MinotaurGame)
