"""Walking over a floor, against a search that goes hex by hex."""

from collections.abc import Set as AbstractSet

from hypothesis import given
from hypothesis import strategies as st

from minotaur.hexgrid.coord import DIRECTIONS, ORIGIN, Coord, Vector
from minotaur.hexgrid.hexset import HexSet, hexagon
from minotaur.hexgrid.walk import first_step, nearest, reach, shells, walked, walking_distance, way

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

    assert set(reach(HexSet.of(floor), start, steps)) == {end for end, walk in slow.items() if walk <= steps}


@given(floors, st.sets(hexes, min_size=1, max_size=3), st.integers(0, 5))
def test_shells_are_the_reach_of_any_of_the_starts(floor: set[Coord], starts: set[Coord], steps: int) -> None:
    ground = HexSet.of(floor)

    found = shells(ground, HexSet.of(starts), steps)

    assert found == [HexSet.of(end for start in starts for end in reach(ground, start, n)) for n in range(steps + 1)]


@given(floors, hexes, st.sets(hexes, max_size=5), st.integers(0, 8))
def test_the_nearest_are_the_targets_that_fewest_steps_lead_to(
    floor: set[Coord], start: Coord, targets: set[Coord], steps_max: int
) -> None:
    slow = search(floor, start)
    near = {target: slow[target] for target in targets if slow.get(target, 99) <= steps_max}

    found = nearest(HexSet.of(floor), start, HexSet.of(targets), steps_max)

    assert set(found) == {target for target, walk in near.items() if walk == min(near.values())}


@given(floors, hexes, st.integers(0, 6))
def test_each_step_of_a_way_is_the_first_direction_that_leads_nearer(
    floor: set[Coord], end: Coord, steps_max: int
) -> None:
    left = search(floor | {end}, end)
    slow: list[Vector] = []
    at = ORIGIN
    while len(slow) < min(steps_max, left.get(ORIGIN, 0)):
        slow.append(next(d for d in DIRECTIONS if left.get(at + d) == left[at] - 1))
        at += slow[-1]

    assert way(HexSet.of(floor), ORIGIN, end, steps_max) == slow
    assert first_step(HexSet.of(floor), ORIGIN, end) == (slow[0] if slow else None) or steps_max == 0


def test_rock_is_walked_around() -> None:
    wall = HexSet.of([Coord(1, -1), Coord(1, 0), Coord(0, 1)])
    floor = hexagon(3) - wall

    assert walking_distance(floor, ORIGIN, Coord(2, 0)) == 5
    assert first_step(floor, ORIGIN, Coord(2, 0)) == Vector(-1, 1)


def test_there_is_no_first_step_to_where_one_stands_or_cannot_go() -> None:
    island = HexSet.of([ORIGIN, Coord(3, 0)])

    assert first_step(island, ORIGIN, ORIGIN) is None
    assert first_step(island, ORIGIN, Coord(3, 0)) is None
