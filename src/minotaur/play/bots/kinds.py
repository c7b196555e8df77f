"""The kinds of bots, by name."""

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Final, assert_never, get_args

from minotaur.play.bots.chance import Chance
from minotaur.play.bots.ground import Ground
from minotaur.play.bots.hunter import hunt
from minotaur.play.bots.prudence import Prudence
from minotaur.play.bots.strategist.tempers import TEMPERS, temper_of
from minotaur.play.bots.strategist.thinking import devise
from minotaur.play.bots.wanderer import wander
from minotaur.play.wire_shapes import BotKind
from minotaur.rules.commands import Steps
from minotaur.rules.game import Game
from minotaur.rules.settings import Settings
from minotaur.rules.sight import Sight

KINDS: Final[tuple[BotKind, ...]] = get_args(BotKind)
SEEDS_KEPT_MAX: Final = 16
"""All bots of a round ask for the same one after the other; the one longest unused is forgotten, and made again."""
_BY_NAME: Final[Mapping[str, BotKind]] = {kind: kind for kind in KINDS}


def known_kind(name: str) -> BotKind:
    """The kind of this name, which is one."""
    kind = _BY_NAME.get(name)
    assert kind is not None, f"no bot is called {name!r}"
    return kind


def seed_of_bots(game: Game) -> int:
    """The seed from which the bots of a game decide: it says nothing of the labyrinth, nor of any lot."""
    return _seed_of_bots(game.seed)


@lru_cache(maxsize=SEEDS_KEPT_MAX)
def _seed_of_bots(seed: int) -> int:
    return int.from_bytes(blake2b(f"{seed}|bots".encode(), digest_size=8).digest())


def plan_of(kind: BotKind, seed: int, settings: Settings, sight: Sight) -> Steps:
    """The plan of a bot of this kind with this sight, prudent as all of them are.

    The same arguments give the same plan, which is always legal.
    """
    you = sight.you
    assert you is not None, "only the living plan"
    seat = int(you.player_id.removeprefix("p"))
    chance = Chance(seed, sight.round, seat)
    ground = Ground(sight, settings)
    match kind:
        case "hunter":
            wanted = hunt(sight, settings, chance, ground)
        case "strategist":
            wanted = devise(sight, settings, chance, TEMPERS[temper_of(seed, seat)], ground)
        case "wanderer":
            wanted = wander(sight, chance)
        case _:
            assert_never(kind)
    return Prudence(sight, you, settings, ground).kept(wanted)
