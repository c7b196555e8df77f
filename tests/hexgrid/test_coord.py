"""RULES, The board: coordinates, displacements, directions, distance."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minotaur.hexgrid.coord import (
    DIRECTION_OF,
    DIRECTIONS,
    ORIGIN,
    Coord,
    Direction,
    Vector,
    distance,
    nearest_direction,
)

vectors = st.builds(Vector, st.integers(-9, 9), st.integers(-9, 9))
coords = st.builds(Coord, st.integers(-9, 9), st.integers(-9, 9))


def turned(vector: Vector) -> Vector:
    """A sixth of a turn clockwise: east becomes south-east."""
    return Vector(-vector.r, vector.q + vector.r)


def test_the_six_directions_come_in_the_order_of_the_rules() -> None:
    by_name = {name: (DIRECTIONS[name].q, DIRECTIONS[name].r) for name in Direction}

    assert by_name == {
        Direction.E: (1, 0),
        Direction.SE: (0, 1),
        Direction.SW: (-1, 1),
        Direction.W: (-1, 0),
        Direction.NW: (0, -1),
        Direction.NE: (1, -1),
    }


def test_each_direction_is_the_one_before_turned_clockwise_by_a_sixth() -> None:
    assert [turned(direction) for direction in DIRECTIONS] == [*DIRECTIONS[1:], DIRECTIONS[0]]


@pytest.mark.parametrize(
    ("there", "steps"), [((0, 0), 0), ((1, 0), 1), ((1, -1), 1), ((1, 1), 2), ((2, -1), 2), ((-3, 1), 3), ((3, 3), 6)]
)
def test_distance_is_half_the_sum_of_the_three_differences(there: tuple[int, int], steps: int) -> None:
    assert distance(ORIGIN, Coord(*there)) == steps


@given(coords, coords, coords)
def test_distance_is_the_same_both_ways_and_no_detour_is_shorter(a: Coord, b: Coord, c: Coord) -> None:
    assert distance(a, b) == distance(b, a) == (b - a).length
    assert distance(a, c) <= distance(a, b) + distance(b, c)


@given(coords, vectors)
def test_a_displacement_leads_from_a_place_to_a_place_and_back(place: Coord, vector: Vector) -> None:
    there = place + vector

    assert there - place == vector
    assert there + -vector == place


@given(vectors, vectors)
def test_displacements_add_up(a: Vector, b: Vector) -> None:
    assert ORIGIN + (a + b) == (ORIGIN + a) + b


def test_a_direction_is_nearest_to_itself_however_far_it_leads() -> None:
    for direction in DIRECTIONS:
        far = direction + direction + direction

        assert nearest_direction(far) == DIRECTION_OF[direction]


def test_a_little_off_a_direction_it_is_still_the_nearest() -> None:
    assert nearest_direction(Vector(3, 1)) is Direction.E
    assert nearest_direction(Vector(1, 3)) is Direction.SE


def test_exactly_between_two_directions_it_is_the_first_of_them_going_clockwise() -> None:
    assert nearest_direction(Vector(1, 1)) is Direction.E
    assert nearest_direction(Vector(2, -1)) is Direction.NE


@given(vectors.filter(lambda vector: vector != Vector(0, 0)))
def test_the_nearest_direction_turns_with_the_grid(vector: Vector) -> None:
    assert DIRECTIONS[nearest_direction(turned(vector))] == turned(DIRECTIONS[nearest_direction(vector)])


def test_nowhere_has_no_direction() -> None:
    with pytest.raises(AssertionError):
        nearest_direction(Vector(0, 0))


def test_places_and_displacements_are_short_in_json() -> None:
    assert msgspec.json.encode([Coord(1, -2), Vector(0, 3)]) == b"[[1,-2],[0,3]]"
