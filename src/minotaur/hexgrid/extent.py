"""How far a set of hexes reaches along the grid's three axes."""

from typing import Final, NamedTuple

from minotaur.hexgrid.hexset import EMPTY, FIELD_MIN, STRIDE, HexSet

_ROW: Final = (1 << STRIDE) - 1
_COLUMN: Final = sum(1 << STRIDE * row for row in range(STRIDE))
_DIAGONAL: Final = sum(1 << (STRIDE - 1) * row for row in range(STRIDE))
HALF_FIELD: Final = 8
_HALVES: Final = (16, 8, 4, 2, 1)


class Extent(NamedTuple):
    """The least and the greatest q, r and s of a set, where s is -q - r."""

    q_min: int
    q_max: int
    r_min: int
    r_max: int
    s_min: int
    s_max: int


def extent(places: HexSet) -> Extent:
    """The extent of a set that is not empty, and no wider than a board: q and r together span less than ``STRIDE``."""
    mask = places.mask
    assert mask, "an empty set reaches nowhere"
    r_min, r_max = ((mask & -mask).bit_length() - 1) // STRIDE, (mask.bit_length() - 1) // STRIDE
    columns = mask
    for rows in _HALVES:
        columns |= columns >> rows * STRIDE
    columns &= _ROW
    q_min, q_max = _lowest(columns), columns.bit_length() - 1
    diagonals = mask >> r_min * STRIDE + q_min
    assert q_max - q_min + r_max - r_min < STRIDE, "no board is so wide"
    for rows in _HALVES:
        diagonals |= diagonals >> rows * (STRIDE - 1)
    diagonals &= _ROW
    base = r_min + q_min + 2 * FIELD_MIN
    return Extent(
        q_min=q_min + FIELD_MIN,
        q_max=q_max + FIELD_MIN,
        r_min=r_min + FIELD_MIN,
        r_max=r_max + FIELD_MIN,
        s_min=-(base + diagonals.bit_length() - 1),
        s_max=-(base + _lowest(diagonals)),
    )


def within(bounds: Extent) -> HexSet:
    """Every hex whose q, r and s lie within the bounds; q and r no farther than 8 from the origin, as boards are."""
    if bounds.q_min > bounds.q_max or bounds.r_min > bounds.r_max or bounds.s_min > bounds.s_max:
        return EMPTY
    assert max(-bounds.q_min, bounds.q_max, -bounds.r_min, bounds.r_max) <= HALF_FIELD, "no board reaches so far"
    columns = (1 << bounds.q_max - bounds.q_min + 1) - 1 << bounds.q_min - FIELD_MIN
    rows = (1 << STRIDE * (bounds.r_max - bounds.r_min + 1)) - 1 << STRIDE * (bounds.r_min - FIELD_MIN)
    s_min, s_max = max(bounds.s_min, -bounds.q_max - bounds.r_max), min(bounds.s_max, -bounds.q_min - bounds.r_min)
    if s_min > s_max:
        return EMPTY
    diagonals = (1 << s_max - s_min + 1) - 1 << -s_max - 2 * FIELD_MIN
    return HexSet(columns * _COLUMN & rows & diagonals * _DIAGONAL)


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1
