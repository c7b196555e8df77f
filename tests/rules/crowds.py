"""Crowded boards and legal plans: where much happens in one round.

What is drawn comes from a ``Pick``: from hypothesis, which searches and shrinks, or from a number, where many examples
are wanted fast. ``planned_games`` is the strategy for properties that only need a game.
"""

from collections.abc import Sequence
from random import Random
from typing import Protocol, TypeVar

from hypothesis import strategies as st

from minotaur.hexgrid.coord import ORIGIN, Coord
from minotaur.hexgrid.hexset import EMPTY, HexSet, hexagon, ring
from minotaur.rules.commands import MOVES, Attack, EndRound, RegisterPlan, Step, Steps, Wait, cost
from minotaur.rules.decide import Decided, decide, legal_targets
from minotaur.rules.events import (
    Event,
)
from minotaur.rules.evolve import evolve_all
from minotaur.rules.game import Game, Hero, Minotaur
from minotaur.rules.names import PlayerId, player_id
from minotaur.rules.new_game import opened
from minotaur.rules.revisions import REVISIONS
from minotaur.rules.settings import SIGHT_ALL, STEPS_MAX, Overrides, Settings, preset

T = TypeVar("T")
NOON = 1_000_000
ROUND_LATEST = 15
"""By then, on a small board, rings have fallen and the lair may be all that is left."""


class Pick(Protocol):
    """Whatever decides between possibilities."""

    def number(self, least: int, greatest: int) -> int: ...
    def of(self, candidates: Sequence[T]) -> T: ...


class Draw(Protocol):
    """How hypothesis draws, inside a strategy and inside a test."""

    def __call__(self, strategy: st.SearchStrategy[T], /) -> T: ...


class Drawn:
    """Picks as hypothesis draws."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw

    def number(self, least: int, greatest: int) -> int:
        return self._draw(st.integers(least, greatest))

    def of(self, candidates: Sequence[T]) -> T:
        return self._draw(st.sampled_from(candidates))


class Rolled:
    """Picks that a number decides."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def number(self, least: int, greatest: int) -> int:
        return self._random.randint(least, greatest)

    def of(self, candidates: Sequence[T]) -> T:
        return self._random.choice(candidates)


@st.composite
def picks(draw: st.DrawFn) -> Pick:
    """Picks for a property that draws as it goes."""
    return Drawn(draw(st.data()).draw)


@st.composite
def planned_games(draw: st.DrawFn) -> Game:
    """A crowded game in which most of the living have a plan."""
    return planned_game(Drawn(draw))


def planned_game(pick: Pick) -> Game:
    """A crowded game in which most of the living have a plan."""
    game = crowded_game(pick)
    for player in living(game):
        if pick.number(0, 9):
            game = with_plan(game, player, legal_plan(pick, game, player))
    return game


def crowded_game(pick: Pick) -> Game:
    """A running game in any round, its heroes on few hexes, at least two of them alive."""
    settings = _settings(pick)
    round_number = pick.number(1, ROUND_LATEST)
    fallen = EMPTY
    for number in range(1, settings.radius + 1):
        if settings.collapse and settings.collapse_round(number) < round_number:
            fallen |= ring(number)
    standing = list(hexagon(settings.radius) - fallen)
    # Bits of two numbers: a hex is rock where both are set, a quarter of them.
    bits = pick.number(0, 2**61) & pick.number(0, 2**61)
    rock = HexSet.of(hex_ for place, hex_ in enumerate(standing) if bits >> place & 1)
    floor = (HexSet.of(standing) - rock) | HexSet.of([ORIGIN])
    places = [pick.of(list(floor)) for _ in range(pick.number(1, 4))]
    heroes = {
        player_id(seat): _hero(pick, places, alive=seat <= 2 or pick.number(0, 3) > 0)
        for seat in range(1, settings.seats + 1)
    }
    return opened(
        Game(
            settings=settings,
            seed=pick.number(0, 2**32),
            lair=ORIGIN,
            floor=floor,
            collapsed=fallen,
            heroes=heroes,
            minotaur=_minotaur(pick, places, list(heroes)) if settings.minotaur else None,
            round=round_number,
            round_ends_at=NOON,
            round_ms=settings.round_ms,
            touched_in=round_number,
        )
    )


def legal_plan(pick: Pick, game: Game, player: PlayerId) -> Steps:
    """A plan that the rules accept: some strikes, more moves."""
    steps: list[Step] = []
    for _ in range(pick.number(0, STEPS_MAX)):
        kind = pick.number(0, 4)
        step = Wait() if kind == 0 else Attack(pick.of(legal_targets(game, player))) if kind == 1 else pick.of(MOVES)
        steps.append(step if cost(tuple(steps)) < game.heroes[player].ap else Wait())
    return tuple(steps)


def with_plan(game: Game, player: PlayerId, steps: Steps) -> Game:
    """The game with this plan accepted; it must be legal."""
    answer = decide(game, RegisterPlan(player, game.round, steps), game.round_ends_at)
    assert isinstance(answer, Decided), answer
    return evolve_all(game, answer.events)


def round_of(game: Game) -> tuple[Event, ...]:
    """What happens when the round ends now."""
    answer = decide(game, EndRound(game.round), game.round_ends_at)
    assert isinstance(answer, Decided), answer
    return answer.events


def living(game: Game) -> list[PlayerId]:
    """The players whose heroes live, by seat."""
    return [player for player, hero in game.heroes.items() if hero.alive]


def _settings(pick: Pick) -> Settings:
    """Settings of a small board on which everyone is in reach of everyone."""
    chosen = Overrides(
        radius=pick.number(3, 4),
        minotaur=pick.number(0, 2) > 0,
        minotaur_health=20,
        minotaur_reach=pick.number(0, 4),
        collapse=pick.number(0, 1) > 0,
        collapse_first=pick.of([8, 10]),
        collapse_every=pick.number(1, 3),
        sight=pick.of([1, 2, 2, 3, SIGHT_ALL]),
        hearing=pick.number(0, 5),
        gallery=pick.of(["delayed", "closed"]),
        gallery_delay=pick.number(1, 3),
        rounds_max=pick.of([ROUND_LATEST, 100]),
    )
    return preset("labyrinth", pick.number(2, 6), chosen, pick.of(list(REVISIONS)))


def _hero(pick: Pick, places: Sequence[Coord], *, alive: bool) -> Hero:
    return Hero(
        at=pick.of(places),
        health=pick.number(1, 10) if alive else 0,
        ap=pick.number(0, 4),
        is_bot=pick.number(0, 3) == 0,
        alive=alive,
        killed_by=() if alive else ("minotaur",),
        missed_rounds=pick.number(0, 2),
    )


def _minotaur(pick: Pick, places: Sequence[Coord], heroes: Sequence[PlayerId]) -> Minotaur:
    alive = pick.number(0, 3) > 0
    return Minotaur(
        at=pick.of(places),
        health=pick.number(1, 20) if alive else 0,
        alive=alive,
        last_hitters=pick.of([(), tuple(heroes[:1]), tuple(heroes[-2:])]),
        noise=pick.of([None, *places]),
    )
