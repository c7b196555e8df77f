"""What a player sees, as numbers: planes of hexes around their own hero, and what has no place beside them.

All of it comes from ``rules.sight`` and from what the player was told, so it is what a person in that seat would know.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from minotaur.hexgrid.hexset import HexSet
from minotaur.research.rounds import Round, acts_count, as_acts, legal_acts, seat_of, spent
from minotaur.rules.commands import MOVES
from minotaur.rules.names import MINOTAUR, PlayerId
from minotaur.rules.settings import STEPS_MAX, Settings
from minotaur.rules.sight import sight

TERRAIN: Final = (
    "floor", "rock", "chasm", "cracked", "floor_remembered", "rock_remembered", "chasm_remembered",
)  # fmt: skip
"""The first planes, each 1 where it is so. After them a plane for each seat's health, one's own first, and the
Minotaur's last: of those in sight, as a share of what it is at first."""


def planes_shape(settings: Settings) -> tuple[int, int, int]:
    """Planes, rows by r, columns by q; one's own hero stands in the middle, and all of the board has room around it."""
    side = 4 * settings.radius + 1
    return len(TERRAIN) + settings.seats + 1, side, side


def number_names(settings: Settings) -> list[str]:
    """What each of the numbers says, all of them 0 to 1.

    ``health``, ``ap`` (left in this plan), ``round``, ``choice`` and ``living`` are shares of the most that there can
    be; ``falls_in`` of the time between two rings, 1 where none falls soon; ``heard_0`` to ``heard_5`` are directions;
    ``chose_K_A`` is 1 where the plan's step K is the act A.
    """
    heard = [f"heard_{place}" for place in range(len(MOVES))]
    chose = [f"chose_{step}_{act}" for step in range(STEPS_MAX - 1) for act in range(acts_count(settings))]
    return ["health", "ap", "round", "choice", "living", "falls_in", *heard, *chose]


def planes(round_: Round, player: PlayerId) -> NDArray[np.float32]:
    """All that this player sees and remembers; nothing once they have fallen."""
    game = round_.game
    settings = game.settings
    found = np.zeros(planes_shape(settings), np.float32)
    if not game.heroes[player].alive:
        return found
    seen = sight(game, player)
    layers: Sequence[HexSet] = (
        seen.floor, seen.rock, seen.chasm, seen.cracked,
        seen.floor_remembered, seen.rock_remembered, seen.chasm_remembered,
    )  # fmt: skip
    middle = 2 * settings.radius
    for number, places in enumerate(layers):
        for place in places:
            found[number, middle + place.r, middle + place.q] = 1
    for figure in seen.figures:
        if figure.id == MINOTAUR:
            plane, full = settings.seats, settings.minotaur_health
        else:
            plane, full = (seat_of(figure.id) - seat_of(player)) % settings.seats, settings.health
        found[len(TERRAIN) + plane, middle + figure.at.r, middle + figure.at.q] = figure.health / full
    return found


def numbers(round_: Round, player: PlayerId) -> NDArray[np.float32]:
    """What has no place on the board, in the order of ``number_names``; nothing once they have fallen."""
    game = round_.game
    settings = game.settings
    names = number_names(settings)
    found = np.zeros(len(names), np.float32)
    hero = game.heroes[player]
    if not hero.alive:
        return found
    steps = round_.chosen[player]
    living = sum(each.alive for each in game.heroes.values())
    found[:6] = (
        hero.health / settings.health,
        (hero.ap - spent(steps)) / max(settings.ap_cap, settings.ap_start),
        min(game.round / settings.rounds_max, 1),
        len(steps) / STEPS_MAX,
        living / settings.seats,
        _falls_in(settings, game.round),
    )
    for place in round_.heard[player]:
        found[6 + place] = 1
    for step, act in enumerate(as_acts(settings, player, steps)[: min(len(steps), STEPS_MAX - 1)]):
        found[6 + len(MOVES) + step * acts_count(settings) + act] = 1
    return found


def mask(round_: Round, player: PlayerId) -> NDArray[np.int8]:
    """1 for each act that is legal."""
    found = np.zeros(acts_count(round_.game.settings), np.int8)
    found[legal_acts(round_, player)] = 1
    return found


def _falls_in(settings: Settings, round_number: int) -> float:
    for rounds in range(settings.collapse_every):
        if settings.falling(round_number + rounds) is not None:
            return rounds / settings.collapse_every
    return 1.0
