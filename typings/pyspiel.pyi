# What is used of OpenSpiel, which says nothing of its types.

from collections.abc import Mapping, Sequence
from typing import Any, Self

class GameType:
    class Dynamics:
        SIMULTANEOUS: GameType.Dynamics

    class ChanceMode:
        EXPLICIT_STOCHASTIC: GameType.ChanceMode

    class Information:
        IMPERFECT_INFORMATION: GameType.Information

    class Utility:
        ZERO_SUM: GameType.Utility

    class RewardModel:
        TERMINAL: GameType.RewardModel

    def __init__(
        self,
        *,
        short_name: str,
        long_name: str,
        dynamics: Dynamics,
        chance_mode: ChanceMode,
        information: Information,
        utility: Utility,
        reward_model: RewardModel,
        max_num_players: int,
        min_num_players: int,
        provides_information_state_string: bool,
        provides_information_state_tensor: bool,
        provides_observation_string: bool,
        provides_observation_tensor: bool,
        provides_factored_observation_string: bool,
        parameter_specification: Mapping[str, int | str],
    ) -> None: ...

class GameInfo:
    def __init__(
        self,
        *,
        num_distinct_actions: int,
        max_chance_outcomes: int,
        num_players: int,
        min_utility: float,
        max_utility: float,
        utility_sum: float,
        max_game_length: int,
    ) -> None: ...

class IIGObservationType:
    perfect_recall: bool
    def __init__(self, perfect_recall: bool) -> None: ...

class PlayerId:
    CHANCE: int
    SIMULTANEOUS: int
    TERMINAL: int

class Game:
    def __init__(self, kind: GameType, info: GameInfo, params: Mapping[str, Any]) -> None: ...
    def new_initial_state(self) -> State: ...
    def num_players(self) -> int: ...
    def max_game_length(self) -> int: ...

class State:
    def __init__(self, game: Game) -> None: ...
    def apply_action(self, action: int) -> None: ...
    def apply_actions(self, actions: Sequence[int]) -> None: ...
    def chance_outcomes(self) -> list[tuple[int, float]]: ...
    def clone(self) -> Self: ...
    def current_player(self) -> int: ...
    def is_chance_node(self) -> bool: ...
    def is_terminal(self) -> bool: ...
    def legal_actions(self, player: int) -> list[int]: ...
    def returns(self) -> list[float]: ...

def load_game(name: str) -> Game: ...
def random_sim_test(game: Game, *, num_sims: int, serialize: bool, verbose: bool) -> None: ...
def register_game(kind: GameType, game: type[Game]) -> None: ...
