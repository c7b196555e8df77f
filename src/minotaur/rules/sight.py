"""What a viewer sees of the board, relative to their own hero; or, from the gallery, to the lair.

A viewer is a player, or None: a spectator. For bots too: a bot knows a ``Sight`` and the settings, and nothing else.
"""

from collections.abc import Callable, Iterable

import msgspec

from minotaur.hexgrid.coord import Coord
from minotaur.hexgrid.hexset import EMPTY, HexSet, hexagon, offset_from
from minotaur.rules.commands import Steps
from minotaur.rules.game import Figure, Game, Hero, Picture, cracked_rings
from minotaur.rules.looking import look
from minotaur.rules.names import PlayerId
from minotaur.rules.settings import SIGHT_ALL


class OwnHero(msgspec.Struct, frozen=True, gc=False):
    """What a living player knows about themself, wherever they stand."""

    player_id: PlayerId
    health: int
    ap: int
    autopilot: bool
    plan: Steps | None
    ready: bool


class Sight(msgspec.Struct, frozen=True, gc=False):
    """All of the board that a viewer may know now. No two of the six sets of terrain share a hex.

    A living player: in sight, and terrain remembered as last seen; their own hero stands at (0, 0) and is among the
    figures. The gallery (``you`` is None): the board of ``round_seen``, all in sight, relative to the lair; before
    there is one to show (``round_seen`` is None) nothing. When the game is over: everything, as it ended.
    """

    round: int
    round_seen: int | None
    you: OwnHero | None
    floor: HexSet
    rock: HexSet
    chasm: HexSet
    cracked: HexSet
    floor_remembered: HexSet
    rock_remembered: HexSet
    chasm_remembered: HexSet
    figures: tuple[Figure, ...]
    living: int = 0
    """How many heroes live: everyone is told of every death. 0: nobody says."""


def sight(game: Game, viewer: PlayerId | None) -> Sight:
    """All of the board that this viewer may know now."""
    hero = game.heroes.get(viewer) if viewer is not None else None
    if viewer is None or hero is None or not hero.alive:
        return _open(game, None, game.lair) if game.status == "over" else _from_gallery(game)
    you = OwnHero(viewer, hero.health, hero.ap, hero.autopilot, hero.plan, hero.ready)
    return _open(game, you, hero.at) if game.status == "over" else _from_hero(game, hero, you)


def _from_hero(game: Game, hero: Hero, you: OwnHero) -> Sight:
    seen = look(game, hero.at)
    floor, rock, chasm = seen.floor.mask, seen.rock.mask, seen.chasm.mask
    not_now = ~(floor | rock | chasm)
    cracked = game.cracked.mask
    move, bits = _moving(hero.at)
    return Sight(
        game.round,
        game.round,
        you,
        floor=HexSet(move(floor, bits)),
        rock=HexSet(move(rock, bits)),
        chasm=HexSet(move(chasm, bits)) if chasm else EMPTY,
        cracked=HexSet(move(cracked & (floor | rock), bits)) if cracked else EMPTY,
        floor_remembered=HexSet(move(hero.floor_seen.mask & not_now, bits)),
        rock_remembered=HexSet(move(hero.rock_seen.mask & not_now, bits)),
        chasm_remembered=HexSet(move(hero.chasm_seen.mask & not_now, bits)),
        figures=_seen_from(game.figures_in(seen.floor), hero.at),
        living=sum(hero.alive for hero in game.heroes.values()),
    )


def _from_gallery(game: Game) -> Sight:
    """The board as it stood some rounds ago, if the game shows any and is old enough.

    Where all who play see all of it, there is nothing to be kept from those who watch: they see it as it is.
    """
    settings = game.settings
    keeps_up = settings.sight == SIGHT_ALL and settings.rules.gallery_keeps_up
    due = game.round - (0 if keeps_up else settings.gallery_delay)
    for picture in game.pictures:
        if picture.round == due:
            return _whole(game, picture, None, game.lair)
    return Sight(game.round, None, None, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, ())


def _open(game: Game, you: OwnHero | None, centre: Coord) -> Sight:
    """Everything, now that the game is over."""
    return _whole(game, Picture(game.round, game.floor, game.collapsed, game.figures), you, centre)


def _whole(game: Game, picture: Picture, you: OwnHero | None, centre: Coord) -> Sight:
    board = hexagon(game.settings.radius, game.lair)
    cracked = cracked_rings(game.settings, game.lair, picture.round) - picture.collapsed
    move, bits = _moving(centre)
    return Sight(
        round=game.round,
        round_seen=picture.round,
        you=you,
        floor=HexSet(move(picture.floor.mask, bits)),
        rock=HexSet(move((board - picture.floor - picture.collapsed).mask, bits)),
        chasm=HexSet(move(picture.collapsed.mask, bits)),
        cracked=HexSet(move(cracked.mask, bits)),
        floor_remembered=EMPTY,
        rock_remembered=EMPTY,
        chasm_remembered=EMPTY,
        figures=_seen_from(picture.figures, centre),
    )


def _moving(centre: Coord) -> tuple[Callable[[int, int], int], int]:
    """How masks move so that the centre comes to lie at the origin: which way, and by how many bits.

    A board seen from one of its own hexes never reaches the rim of the field, so no bit can fall off it.
    """
    up = offset_from(centre)
    return (int.__lshift__, up) if up >= 0 else (int.__rshift__, -up)


def _seen_from(figures: Iterable[Figure], centre: Coord) -> tuple[Figure, ...]:
    q, r = centre.q, centre.r
    return tuple([Figure(each.id, Coord(each.at.q - q, each.at.r - r), each.health) for each in figures])
