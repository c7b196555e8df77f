"""Extents, and guesses where a middle is, against looking at each hex."""

from hypothesis import given
from hypothesis import strategies as st

from minotaur.hexgrid.coord import ORIGIN, Coord, distance
from minotaur.hexgrid.extent import Extent, amid, extent, middles, on_rings
from minotaur.hexgrid.hexset import HexSet, hexagon

coords = st.builds(Coord, st.integers(-15, 0), st.integers(-15, 0))
places = st.tuples(st.lists(coords, min_size=1, max_size=40), st.integers(0, 15), st.integers(0, 15)).map(
    lambda drawn: [Coord(place.q + drawn[1], place.r + drawn[2]) for place in drawn[0]]
)


@given(places)
def test_the_extent_is_that_of_all_hexes_one_by_one(hexes: list[Coord]) -> None:
    qs, rs, ss = [h.q for h in hexes], [h.r for h in hexes], [-h.q - h.r for h in hexes]

    assert extent(HexSet.of(hexes)) == Extent(min(qs), max(qs), min(rs), max(rs), min(ss), max(ss))


boards = st.integers(3, 7).flatmap(
    lambda radius: st.tuples(st.just(radius), st.sampled_from(list(hexagon(radius)))).map(
        lambda drawn: (drawn[0], drawn[1], hexagon(drawn[0], drawn[1]))
    )
)
"""A radius, a middle and the board around it, which has the origin on it: as somebody who stands there has it."""


@given(boards, st.data())
def test_the_middle_can_be_wherever_a_board_would_hold_all_that_is_known(
    board: tuple[int, Coord, HexSet], data: st.DataObject
) -> None:
    radius, middle, places = board
    known = [ORIGIN, *data.draw(st.lists(st.sampled_from(list(places)), max_size=30))]

    found = middles(HexSet.of(known), radius)

    assert set(found) == {place for place in hexagon(7) if all(distance(place, each) <= radius for each in known)}
    assert middle in found
    assert amid(found) == Coord(
        (min(place.q for place in found) + max(place.q for place in found)) // 2,
        (min(place.r for place in found) + max(place.r for place in found)) // 2,
    )


@given(st.sets(st.sampled_from(list(hexagon(7))), max_size=60), st.integers(0, 8), st.lists(coords, max_size=4))
def test_on_rings_are_the_places_so_far_from_each_of_the_centres(
    places: set[Coord], steps: int, centres: list[Coord]
) -> None:
    found = on_rings(HexSet.of(places), steps, HexSet.of(centres))

    assert set(found) == {place for place in places if all(distance(place, each) == steps for each in centres)}
