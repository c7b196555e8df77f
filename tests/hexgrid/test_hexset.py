"""A ``HexSet`` against Python's own sets: the slow model it must agree with."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minotaur.hexgrid.coord import DIRECTIONS, ORIGIN, Coord, Vector, distance
from minotaur.hexgrid.hexset import EMPTY, FIELD_MAX, FIELD_MIN, HexSet, coord_at, hexagon, index_of, ring

coords = st.builds(Coord, st.integers(FIELD_MIN, FIELD_MAX), st.integers(FIELD_MIN, FIELD_MAX))
inner = st.builds(Coord, st.integers(-7, 7), st.integers(-7, 7))
models = st.sets(coords, max_size=20)
inner_models = st.sets(inner, max_size=20)


@given(models, models)
def test_it_joins_cuts_and_compares_like_a_set(a: set[Coord], b: set[Coord]) -> None:
    assert set(HexSet.of(a) | HexSet.of(b)) == a | b
    assert set(HexSet.of(a) & HexSet.of(b)) == a & b
    assert set(HexSet.of(a) - HexSet.of(b)) == a - b
    assert (HexSet.of(a) == HexSet.of(b)) is (a == b)
    assert len(HexSet.of(a)) == len(a)
    assert bool(HexSet.of(a)) is bool(a)


@given(models, coords)
def test_it_holds_what_was_put_into_it_and_nothing_else(model: set[Coord], coord: Coord) -> None:
    assert (coord in HexSet.of(model)) is (coord in model)


@given(models)
def test_it_iterates_row_by_row_from_west_to_east(model: set[Coord]) -> None:
    assert list(HexSet.of(model)) == sorted(model, key=lambda coord: (coord.r, coord.q))


@pytest.mark.parametrize("outside", [Coord(16, 0), Coord(-17, 0), Coord(0, 16), Coord(0, -17), Coord(99, -99)])
def test_no_hex_outside_the_field_is_in_it_nor_can_be(outside: Coord) -> None:
    everything = HexSet.of(coord_at(index) for index in range(32 * 32))

    assert outside not in everything
    with pytest.raises(AssertionError):
        HexSet.of([outside])


@given(inner_models, st.builds(Vector, st.integers(-8, 8), st.integers(-8, 8)))
def test_shifting_moves_each_hex(model: set[Coord], vector: Vector) -> None:
    assert set(HexSet.of(model).shifted(vector)) == {coord + vector for coord in model}


@pytest.mark.parametrize(
    ("coord", "vector"),
    [
        (Coord(15, 0), Vector(1, 0)),
        (Coord(-16, 0), Vector(-1, 0)),
        (Coord(9, 3), Vector(7, 0)),
        (Coord(-9, 3), Vector(-8, 1)),
    ],
)
def test_a_hex_cannot_be_shifted_out_of_the_field_to_the_side(coord: Coord, vector: Vector) -> None:
    with pytest.raises(AssertionError):
        HexSet.of([coord]).shifted(vector)


@pytest.mark.parametrize(("coord", "vector"), [(Coord(0, 15), Vector(0, 1)), (Coord(0, -16), Vector(0, -1))])
def test_a_hex_cannot_be_shifted_out_of_the_field_to_the_north_or_south(coord: Coord, vector: Vector) -> None:
    with pytest.raises(AssertionError):
        HexSet.of([coord]).shifted(vector)


@given(inner_models)
def test_growing_adds_the_neighbours_of_each_hex(model: set[Coord]) -> None:
    neighbours = {coord + direction for coord in model for direction in DIRECTIONS}

    assert set(HexSet.of(model).grown()) == model | neighbours


@given(inner_models, inner)
def test_around_a_place_are_itself_and_its_neighbours(model: set[Coord], place: Coord) -> None:
    around = {place, *(place + direction for direction in DIRECTIONS)}

    assert HexSet.of(model).count_around(place) == len(model & around)


@pytest.mark.parametrize("rim", [Coord(15, 0), Coord(-16, 2), Coord(3, 15), Coord(0, -16)])
def test_a_set_on_the_rim_cannot_grow(rim: Coord) -> None:
    with pytest.raises(AssertionError):
        HexSet.of([rim]).grown()


@given(models)
def test_its_short_text_is_read_back(model: set[Coord]) -> None:
    hexes = HexSet.of(model)

    assert HexSet.parse(hexes.text) == hexes
    assert pickle.loads(pickle.dumps(hexes)) == hexes
    assert hash(HexSet.parse(hexes.text)) == hash(hexes)


@pytest.mark.parametrize(
    "text",
    [
        *("0", "0.", ".1", "0.0", "0.2", "00.1", "400.1", "3ff.3", "0.-1", "0.zz", "1.1.1", "0." + "f" * 400),
        *("0.01", "0.A1", "A.1", "0.1_1", "1_1.1", "0.+1", " 0.1", "0.1 ", "0.1\n", "0.0x1", "0.\u0661"),
    ],
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a set of hexes"):
        HexSet.parse(text)


def test_a_set_equals_nothing_but_sets() -> None:
    assert EMPTY != 0
    assert repr(HexSet.of([ORIGIN])) == "HexSet.parse('210.1')"


@given(coords)
def test_each_hex_has_its_bit(coord: Coord) -> None:
    assert coord_at(index_of(coord)) == coord


@pytest.mark.parametrize("radius", range(8))
def test_a_hexagon_is_what_lies_within_its_radius_and_a_ring_its_edge(radius: int) -> None:
    centre = Coord(2, -3)

    assert len(hexagon(radius)) == 3 * radius * (radius + 1) + 1
    assert all(distance(centre, coord) <= radius for coord in hexagon(radius, centre))
    assert all(distance(centre, coord) == radius for coord in ring(radius, centre))
    assert len(ring(radius)) == (6 * radius or 1)
