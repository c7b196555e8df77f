"""The extent of a set is what looking at each of its hexes gives."""

from hypothesis import given
from hypothesis import strategies as st

from minotaur.hexgrid.coord import Coord
from minotaur.hexgrid.extent import HALF_FIELD, Extent, extent, within
from minotaur.hexgrid.hexset import HexSet

coords = st.builds(Coord, st.integers(-15, 0), st.integers(-15, 0))
places = st.tuples(st.lists(coords, min_size=1, max_size=40), st.integers(0, 15), st.integers(0, 15)).map(
    lambda drawn: [Coord(place.q + drawn[1], place.r + drawn[2]) for place in drawn[0]]
)


@given(places)
def test_the_extent_is_that_of_all_hexes_one_by_one(hexes: list[Coord]) -> None:
    qs, rs, ss = [h.q for h in hexes], [h.r for h in hexes], [-h.q - h.r for h in hexes]

    assert extent(HexSet.of(hexes)) == Extent(min(qs), max(qs), min(rs), max(rs), min(ss), max(ss))


near = st.integers(-HALF_FIELD, HALF_FIELD)


@given(st.builds(Extent, near, near, near, near, st.integers(-20, 20), st.integers(-20, 20)))
def test_what_lies_within_bounds_is_what_looking_at_each_hex_of_the_field_gives(bounds: Extent) -> None:
    q_min, q_max, r_min, r_max, s_min, s_max = bounds

    one_by_one = [
        Coord(q, r) for q in range(q_min, q_max + 1) for r in range(r_min, r_max + 1) if s_min <= -q - r <= s_max
    ]

    assert within(bounds) == HexSet.of(one_by_one)
