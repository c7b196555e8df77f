"""Bots' plans that were worked out before the round's end asks for them: a memory of a pure function, and nothing else.

Whoever asks gets what the bot plans, remembered or not. So it makes no difference to a game whether a thread was quick
enough, nor whether it was there at all.
"""

from collections.abc import Callable
from threading import Lock
from typing import Final

import msgspec

from clew.sessions.ids import PlayerId as SeatId
from minotaur.play.bots.kinds import known_kind, plan_of, seed_of_bots
from minotaur.play.match import Match
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.commands import Steps
from minotaur.rules.decide import seats_to_plan
from minotaur.rules.game import Game
from minotaur.rules.names import PlayerId
from minotaur.rules.settings import Settings
from minotaur.rules.sight import Sight, sight

THOUGHTFUL: Final[frozenset[BotKind]] = frozenset({"strategist"})
"""Kinds whose plans take longer than a loop should be held up."""
FORESEEN_MAX: Final = 4096
"""So many plans are remembered; the one foreseen first is forgotten, and worked out again when somebody asks."""


class BotsQuestion(msgspec.Struct, frozen=True):
    """What a bot is asked: the same has the same answer."""

    kind: BotKind
    seed: int
    settings: Settings
    sight: Sight


class Foreseen:
    """Plans by what was asked. Two threads may use it at once: one foresees, one asks."""

    def __init__(self, most: int = FORESEEN_MAX) -> None:
        self._most = most
        self._plans: dict[tuple[int, PlayerId], tuple[BotsQuestion, Steps]] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._plans)

    def plan(self, match: Match, game: Game, player: PlayerId) -> Steps:
        """What the bot for this seat plans: the one that sits there, for a person the match's usual one."""
        asked = _asked(match, game, player)
        with self._lock:
            known = self._plans.pop((asked.seed, player), None)
        return known[1] if known is not None and known[0] == asked else _answer(asked)

    def work(self, match: Match) -> Callable[[], None] | None:
        """Foresees what the thoughtful bots of this round will plan; None: there are none."""
        game = match.game
        if match.status != "active" or game is None:
            return None
        seats = [player for player in seats_to_plan(game) if _kind_of(match, player) in THOUGHTFUL]
        return (lambda: self._foresee(match, game, seats)) if seats else None

    def _foresee(self, match: Match, game: Game, seats: list[PlayerId]) -> None:
        for player in seats:
            asked = _asked(match, game, player)
            steps = _answer(asked)
            with self._lock:
                self._plans[asked.seed, player] = asked, steps
                while len(self._plans) > self._most:
                    del self._plans[next(iter(self._plans))]


def _kind_of(match: Match, player: PlayerId) -> BotKind:
    kind = match.bot_at(SeatId(player))
    return match.bot if kind is None else known_kind(kind)


def _asked(match: Match, game: Game, player: PlayerId) -> BotsQuestion:
    return BotsQuestion(_kind_of(match, player), seed_of_bots(game), game.settings, sight(game, player))


def _answer(asked: BotsQuestion) -> Steps:
    return plan_of(asked.kind, asked.seed, asked.settings, asked.sight)
