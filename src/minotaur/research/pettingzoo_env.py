"""Minotaur as a PettingZoo parallel environment: ``pip install minotaur-game[research]``.

One step of the environment is one step of everybody's plan; each fourth of them plays the round. What a player gets is
what the seat would know, and a mask of what may be chosen next. Rewards come once, when a hero falls or the game is
over (``rounds.payoffs``); in all they are nothing.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, Final, TypeAlias

import numpy as np
from gymnasium import spaces
from gymnasium.utils import seeding
from numpy.typing import NDArray
from pettingzoo import ParallelEnv

from minotaur.play.bots.kinds import plan_of
from minotaur.play.wire_shapes import BotKind
from minotaur.research.planes import mask, number_names, numbers, planes, planes_shape
from minotaur.research.rounds import Act, Round, acts_count, as_acts, begin, choose, payoffs, play
from minotaur.rules.names import PlayerId, player_id
from minotaur.rules.notation_board import format_board
from minotaur.rules.settings import Settings, labyrinth
from minotaur.rules.sight import sight

Seen: TypeAlias = dict[str, NDArray[Any]]
"""``planes``, ``numbers`` and ``action_mask`` (``minotaur.research.planes``)."""

_SEEDS: Final = 2**53


class MinotaurEnv(ParallelEnv[str, Seen, int]):
    """One game of the newest rules after the other.

    ``opponents`` are bots of these kinds in the last seats; the seats before them are the agents, ``p1`` and so on. The
    same seed and the same acts give the same game. What is not legal is taken as waiting.
    """

    metadata: dict[str, Any] = {"name": "minotaur_v2", "render_modes": ["ansi"], "is_parallelizable": True}  # noqa: RUF012 - PettingZoo's

    def __init__(
        self, settings: Settings | None = None, opponents: Sequence[BotKind] = (), render_mode: str | None = None
    ) -> None:
        self.settings: Final = settings or labyrinth(4)
        agents = self.settings.seats - len(opponents)
        assert agents > 0, "no seat is left for an agent"
        self.render_mode = render_mode
        self.possible_agents = [player_id(seat + 1) for seat in range(agents)]
        self.agents: list[str] = []
        self._bots: Final[dict[PlayerId, BotKind]] = {
            player_id(agents + place + 1): kind for place, kind in enumerate(opponents)
        }
        self._seen = spaces.Dict(
            {
                "planes": spaces.Box(0.0, 1.0, planes_shape(self.settings), np.float32),
                "numbers": spaces.Box(0.0, 1.0, (len(number_names(self.settings)),), np.float32),
                "action_mask": spaces.Box(0, 1, (acts_count(self.settings),), np.int8),
            }
        )
        self._acts = {agent: spaces.Discrete(acts_count(self.settings)) for agent in self.possible_agents}
        self._chance, _ = seeding.np_random(None)
        self._round: Round | None = None
        self._plans: dict[PlayerId, list[Act]] = {}

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, Seen], dict[str, dict[str, Any]]]:
        """A new game; ``seed`` decides about it and all that follow. No options."""
        del options
        if seed is not None:
            self._chance, _ = seeding.np_random(seed)
        self.agents = list(self.possible_agents)
        self._goes_on(begin(self.settings, self._drawn()))
        return self._observed(self.agents), self._told(self.agents)

    def step(
        self, actions: Mapping[str, int]
    ) -> tuple[
        dict[str, Seen], dict[str, float], dict[str, bool], dict[str, bool], dict[str, dict[str, Any]]
    ]:  # fmt: skip
        """The next step of everybody's plan."""
        before = self.round
        acts = {PlayerId(agent): int(act) for agent, act in actions.items()}
        acts |= {bot: plan[before.choices] for bot, plan in self._plans.items()}
        chosen = choose(before, acts)
        if chosen.is_chosen:
            self._goes_on(play(chosen, self._drawn()))
        else:
            self._round = chosen
        were = self.agents
        ended = {agent: self._is_out(agent) for agent in were}
        rewards = {agent: self._reward(agent) if ended[agent] else 0.0 for agent in were}
        self.agents = [agent for agent in were if not ended[agent]]
        return self._observed(were), rewards, ended, dict.fromkeys(were, False), self._told(were)

    def fork(self, seed: int) -> "MinotaurEnv":
        """A copy that goes on by itself from here, with chance of its own, so that a search can't know the future."""
        other = copy(self)
        other.agents = list(self.agents)
        other._chance, _ = seeding.np_random(seed)  # noqa: SLF001 - it is one of us
        return other

    def observed(self) -> dict[str, Seen]:
        """What each agent sees now."""
        return self._observed(self.agents)

    @property
    def round(self) -> Round:
        """The game as it is, hidden things included: for whoever looks on, not for who plays."""
        assert self._round is not None, "reset comes first"
        return self._round

    def observation_space(self, agent: str) -> spaces.Space[Any]:
        """The same for all."""
        del agent
        return self._seen

    def action_space(self, agent: str) -> spaces.Space[Any]:
        """``minotaur.research.rounds.Act``."""
        return self._acts[agent]

    def render(self) -> str | None:
        """The whole board in the notation of the rules, if that was asked for."""
        return format_board(self.round.game) if self.render_mode == "ansi" else None

    def state(self) -> NDArray[np.float32]:
        """What all seats see, one after the other: all that is known to anybody."""
        return np.stack([planes(self.round, player) for player in self.round.game.heroes])

    def _goes_on(self, round_: Round) -> None:
        self._round = round_
        self._plans = {
            bot: as_acts(self.settings, bot, plan_of(kind, self._drawn(), self.settings, sight(round_.game, bot)))
            for bot, kind in self._bots.items()
            if bot in round_.chosen and not round_.is_over
        }

    def _drawn(self) -> int:
        return int(self._chance.integers(_SEEDS))

    def _is_out(self, agent: str) -> bool:
        return self.round.is_over or not self.round.game.heroes[PlayerId(agent)].alive

    def _reward(self, agent: str) -> float:
        """Whoever falls while others go on has lost; all else is known at the end."""
        game = self.round.game
        return payoffs(game)[PlayerId(agent)] if game.status == "over" else -1 / (self.settings.seats - 1)

    def _observed(self, agents: Sequence[str]) -> dict[str, Seen]:
        return {
            agent: {
                "planes": planes(self.round, PlayerId(agent)),
                "numbers": numbers(self.round, PlayerId(agent)),
                "action_mask": mask(self.round, PlayerId(agent)),
            }
            for agent in agents
        }

    def _told(self, agents: Sequence[str]) -> dict[str, dict[str, Any]]:
        return {agent: {"round": self.round.game.round} for agent in agents}
