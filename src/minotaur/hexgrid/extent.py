"""How far a set of hexes reaches along the grid's three axes."""

from typing import Final, NamedTuple

from minotaur.hexgrid.hexset import FIELD_MIN, STRIDE, HexSet

_ROW: Final = (1 << STRIDE) - 1
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


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1
