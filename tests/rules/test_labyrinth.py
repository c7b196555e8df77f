"""RULES, The board: what every labyrinth and every set of starts is like, over many seeds and all seat counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minotaur.hexgrid.coord import DIRECTIONS, ORIGIN, Coord, distance
from minotaur.hexgrid.hexset import HexSet, hexagon, index_of, ring
from minotaur.hexgrid.walk import walked, walking_distance
from minotaur.rules.labyrinth import Labyrinth, _is_walked_around, _leads_inward, make_labyrinth  # pyright: ignore[reportPrivateUsage]
from minotaur.rules.settings import BOUNDS, labyrinth

SEEDS = range(60)
SIZES = [(labyrinth(seats).radius, seats) for seats in range(2, 9)]
EXTREMES = [(radius, seats) for radius in BOUNDS["radius"] for seats in (2, 8)]

sizes = pytest.mark.parametrize(("radius", "seats"), [*SIZES, *EXTREMES])


def labyrinths(radius: int, seats: int) -> list[Labyrinth]:
    return [make_labyrinth(radius, seats, seed, rock=True) for seed in SEEDS]


@sizes
def test_all_floor_is_connected_and_the_lair_is_floor(radius: int, seats: int) -> None:
    for maze in labyrinths(radius, seats):
        assert ORIGIN in maze.floor
        assert walked(maze.floor, ORIGIN) == maze.floor


@sizes
def test_sixty_to_eighty_percent_of_the_hexes_are_floor(radius: int, seats: int) -> None:
    shares = [len(maze.floor) / len(hexagon(radius)) for maze in labyrinths(radius, seats)]

    assert min(shares) >= 0.6
    assert max(shares) <= 0.8
    assert max(shares) - min(shares) > 0.05, "labyrinths are not all alike"


@sizes
def test_there_are_no_dead_ends(radius: int, seats: int) -> None:
    for maze in labyrinths(radius, seats):
        assert all(sum(hex_ + d in maze.floor for d in DIRECTIONS) >= 2 for hex_ in maze.floor)


@sizes
def test_from_every_ring_a_way_leads_inward_without_a_step_further_out(radius: int, seats: int) -> None:
    for maze in labyrinths(radius, seats):
        for inner in range(radius):
            inside = maze.floor & hexagon(inner)
            assert walked(inside, ORIGIN) == inside


@sizes
def test_heroes_start_on_distinct_floor_hexes_of_the_ring_next_to_the_outermost(radius: int, seats: int) -> None:
    for maze in labyrinths(radius, seats):
        assert len(set(maze.starts)) == len(maze.starts) == seats
        assert all(start in maze.floor and distance(ORIGIN, start) == radius - 1 for start in maze.starts)


@sizes
def test_starts_are_spread_as_evenly_as_the_ring_allows(radius: int, seats: int) -> None:
    around = 6 * (radius - 1)
    for maze in labyrinths(radius, seats):
        places = sorted(_place_on_ring(maze, radius))
        gaps = [(b - a) % around for a, b in zip(places, [*places[1:], places[0]], strict=True)]
        assert max(gaps) - min(gaps) <= 1
        assert sum(gaps) == around


@sizes
def test_the_walks_from_the_starts_to_the_lair_differ_by_at_most_two(radius: int, seats: int) -> None:
    for maze in labyrinths(radius, seats):
        walks = [walking_distance(maze.floor, start, ORIGIN) for start in maze.starts]
        lengths = [walk for walk in walks if walk is not None]
        assert len(lengths) == seats
        assert max(lengths) - min(lengths) <= 2


def test_the_same_seed_and_seats_give_the_same_labyrinth_and_starts() -> None:
    assert make_labyrinth(5, 4, 11, rock=True) == make_labyrinth(5, 4, 11, rock=True)


def test_another_seed_gives_another_labyrinth_and_other_starts() -> None:
    mazes = labyrinths(5, 4)

    assert len({maze.floor for maze in mazes}) == len(SEEDS)
    assert len({maze.starts for maze in mazes}) > len(SEEDS) / 2


def test_an_open_board_has_the_same_starts_and_no_rock() -> None:
    open_board = make_labyrinth(5, 4, 11, rock=False)

    assert open_board.floor == hexagon(5)
    assert open_board.starts == make_labyrinth(5, 4, 11, rock=True).starts


def test_no_seat_always_has_the_same_neighbours() -> None:
    neighbours = {distance(maze.starts[0], maze.starts[1]) for maze in labyrinths(5, 4)}

    assert len(neighbours) > 2


def _place_on_ring(maze: Labyrinth, radius: int) -> list[int]:
    """How far along the ring each start lies, counted hex by hex around it."""
    at = ORIGIN + DIRECTIONS[4]
    walk: list[Coord] = []
    for _ in range(radius - 2):
        at = at + DIRECTIONS[4]
    for direction in DIRECTIONS:
        for _ in range(radius - 1):
            walk.append(at)
            at = at + direction
    return [walk.index(start) for start in maze.starts]


@given(st.integers(3, 7), st.integers(0, 2**40), st.data())
def test_rock_that_is_walked_around_cuts_nothing_off(radius: int, seed: int, data: st.DataObject) -> None:
    rings = [ring(k).mask for k in range(1, radius + 1)]
    floor = make_labyrinth(radius, 4, seed, rock=True).floor
    assert _leads_inward(floor.mask, rings)
    place = data.draw(st.sampled_from(list(floor - hexagon(0))))

    if _is_walked_around(floor.mask, index_of(place)):
        assert _leads_inward((floor - HexSet.of([place])).mask, rings)
