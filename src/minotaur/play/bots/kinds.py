"""The kinds of bots, by name."""

from typing import assert_never

from minotaur.play.bots.chance import Chance
from minotaur.play.bots.hunter import hunt
from minotaur.play.bots.strategist.thinking import devise
from minotaur.play.bots.wanderer import wander
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.commands import Steps
from minotaur.rules.settings import Settings
from minotaur.rules.sight import Sight


def plan_of(kind: BotKind, seed: int, settings: Settings, sight: Sight) -> Steps:
    """The plan of a bot of this kind with this sight. The same arguments give the same plan, which is always legal."""
    assert sight.you is not None, "only the living plan"
    chance = Chance(seed, sight.round, int(sight.you.player_id.removeprefix("p")))
    match kind:
        case "hunter":
            return hunt(sight, settings, chance)
        case "strategist":
            return devise(sight, settings, chance)
        case "wanderer":
            return wander(sight, chance)
        case _:
            assert_never(kind)
