"""One game as a value: everything the rules know about it between two events."""

from typing import Literal

import msgspec
from msgspec.structs import replace

from minotaur.hexgrid.coord import Coord
from minotaur.hexgrid.hexset import EMPTY, HexSet, hexagon, ring
from minotaur.rules.commands import Steps
from minotaur.rules.events import EndCause
from minotaur.rules.names import MINOTAUR, Millis, PlayerId
from minotaur.rules.settings import Settings


class Hero(msgspec.Struct, frozen=True, gc=False):
    """A player's hero, with what its player has seen, planned and neglected.

    The three memories are terrain as it was last seen: what fell out of sight is remembered standing. They share no
    hex. ``plan`` is None as long as no plan was accepted in this round. Where falls are told apart within rounds:
    ``died_in_step`` is 0 for what came before or after a round's steps, ``fell_after`` how many had fallen earlier, so
    that it is the same for those who fell together.
    """

    at: Coord
    health: int
    ap: int
    is_bot: bool = False
    alive: bool = True
    plan: Steps | None = None
    ready: bool = False
    missed_rounds: int = 0
    autopilot: bool = False
    resigned: bool = False
    killed_by: tuple[str, ...] = ()
    died_in_round: int | None = None
    died_in_step: int | None = None
    fell_after: int | None = None
    floor_seen: HexSet = EMPTY
    rock_seen: HexSet = EMPTY
    chasm_seen: HexSet = EMPTY


class Minotaur(msgspec.Struct, frozen=True, gc=False):
    """``last_hitters``: who hit it in the latest step in which anyone did, which was ``last_hit`` (round, step).

    ``noise``: where the newest noise was that it remembers.
    """

    at: Coord
    health: int
    alive: bool = True
    last_hit: tuple[int, int] = (0, 0)
    last_hitters: tuple[PlayerId, ...] = ()
    noise: Coord | None = None


class Figure(msgspec.Struct, frozen=True, gc=False):
    """Somebody alive on a board, as anyone who looks sees them."""

    id: str
    at: Coord
    health: int

    @property
    def kind(self) -> Literal["hero", "minotaur"]:
        return "minotaur" if self.id == MINOTAUR else "hero"


class Picture(msgspec.Struct, frozen=True, gc=False):
    """The whole board as it stood when a round began: what the gallery gets to see some rounds later."""

    round: int
    floor: HexSet
    collapsed: HexSet
    figures: tuple[Figure, ...]


class Game(msgspec.Struct, frozen=True, gc=False):
    """The state of one game. ``lair`` is the board's middle: absolute coordinates mean nothing but differences.

    Terrain: a hex of the board is floor, or collapsed (a chasm), or else rock. ``pictures``: the boards of the latest
    rounds, oldest first, as many as the gallery's delay asks for. ``round_ms``: how long this round lasts, without the
    time for which the clock was stopped. ``touched_in``: the latest round in which a person did anything, be it to
    begin the game or to look on at its end.
    """

    settings: Settings
    seed: int
    lair: Coord
    floor: HexSet
    collapsed: HexSet
    heroes: dict[PlayerId, Hero]
    minotaur: Minotaur | None
    round: int
    round_ends_at: Millis
    round_ms: int
    touched_in: int
    pictures: tuple[Picture, ...] = ()
    status: Literal["active", "over"] = "active"
    winner_id: PlayerId | None = None
    over_why: EndCause | None = None

    @property
    def board(self) -> HexSet:
        """Every hex of the board, whatever it is now."""
        return hexagon(self.settings.radius, self.lair)

    @property
    def untouched(self) -> bool:
        """Whether this is the last round that a game of people may go on without them; one of bots alone always may."""
        if self.round - self.touched_in < self.settings.untouched_max:
            return False
        return any(not hero.is_bot for hero in self.heroes.values())

    @property
    def rock(self) -> HexSet:
        return self.board - self.floor - self.collapsed

    @property
    def cracked(self) -> HexSet:
        """Every hex of the rings that are cracked in this round."""
        return cracked_rings(self.settings, self.lair, self.round)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Everyone alive: heroes by seat, then the Minotaur."""
        return self.figures_in(self.board)

    def figures_in(self, places: HexSet) -> tuple[Figure, ...]:
        """Everyone alive in one of these hexes: heroes by seat, then the Minotaur."""
        alive = [
            Figure(player, hero.at, hero.health)
            for player, hero in self.heroes.items()
            if hero.alive and hero.at in places
        ]
        minotaur = self.minotaur
        if minotaur is not None and minotaur.alive and minotaur.at in places:
            alive.append(Figure(MINOTAUR, minotaur.at, minotaur.health))
        return tuple(alive)


def cracked_rings(settings: Settings, lair: Coord, round_number: int) -> HexSet:
    """Every hex of the rings that are cracked in this round."""
    found = EMPTY
    for radius in settings.cracked(round_number):
        found |= ring(radius, lair)
    return found


def pictured(game: Game) -> Game:
    """The game with a picture of its board taken for the gallery, and no more of them kept than it will show."""
    settings = game.settings
    if settings.gallery == "closed":
        return game
    picture = Picture(game.round, game.floor, game.collapsed, game.figures)
    return replace(game, pictures=(*game.pictures, picture)[-settings.gallery_delay - 1 :])
