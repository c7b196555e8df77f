"""Walking over a floor, against a search that goes hex by hex."""

from collections.abc import Set as AbstractSet

from hypothesis import given
from hypothesis import strategies as st

from minotaur.hexgrid.coord import DIRECTIONS, ORIGIN, Coord, Vector
from minotaur.hexgrid.hexset import HexSet, hexagon
from minotaur.hexgrid.walk import first_step, nearer_first, reach, walked, walking_distance

floors = st.sets(st.sampled_from(list(hexagon(4)))).map(lambda floor: floor | {ORIGIN})
hexes = st.sampled_from(list(hexagon(4)))


def search(floor: AbstractSet[Coord], start: Coord) -> dict[Coord, int]:
    """How many steps lead to each hex, found one hex at a time."""
    found = {start: 0}
    edge = [start]
    while edge:
        here = edge.pop(0)
        for direction in DIRECTIONS:
            there = here + direction
            if there in floor and there not in found:
                found[there] = found[here] + 1
                edge.append(there)
    return found


@given(floors, hexes)
def test_walking_distances_are_those_a_slow_search_finds(floor: set[Coord], start: Coord) -> None:
    slow = search(floor, start)

    assert {end: walking_distance(HexSet.of(floor), start, end) for end in hexagon(4)} == {
        end: slow.get(end) for end in hexagon(4)
    }
    assert set(walked(HexSet.of(floor), start)) == set(slow)


@given(floors, hexes, st.integers(0, 5))
def test_the_reach_is_all_within_so_many_steps(floor: set[Coord], start: Coord, steps: int) -> None:
    slow = search(floor, start)
    near = [set(layer) for layer in nearer_first(HexSet.of(floor), start, steps)]

    assert set(reach(HexSet.of(floor), start, steps)) == {end for end, walk in slow.items() if walk <= steps}
    assert near == [{end for end, walk in slow.items() if walk == n} for n in range(len(near))]
    assert len(near) == min(steps, max(slow.values())) + 1


@given(floors, hexes)
def test_the_first_step_is_the_first_direction_that_leads_nearer(floor: set[Coord], end: Coord) -> None:
    left = search(floor | {end}, end)
    ways = [d for d in DIRECTIONS if ORIGIN in left and left.get(ORIGIN + d) == left[ORIGIN] - 1]

    assert first_step(HexSet.of(floor), ORIGIN, end) == (ways[0] if ways else None)


def test_rock_is_walked_around() -> None:
    wall = HexSet.of([Coord(1, -1), Coord(1, 0), Coord(0, 1)])
    floor = hexagon(3) - wall

    assert walking_distance(floor, ORIGIN, Coord(2, 0)) == 5
    assert first_step(floor, ORIGIN, Coord(2, 0)) == Vector(-1, 1)


def test_there_is_no_first_step_to_where_one_stands_or_cannot_go() -> None:
    island = HexSet.of([ORIGIN, Coord(3, 0)])

    assert first_step(island, ORIGIN, ORIGIN) is None
    assert first_step(island, ORIGIN, Coord(3, 0)) is None
