"""How the rules' values become JSON and back."""

import msgspec
import pytest

from minotaur.hexgrid.hexset import HexSet, hexagon
from minotaur.rules.coding import dec_hook, enc_hook


def test_a_set_of_hexes_is_its_short_text() -> None:
    text = msgspec.json.encode(hexagon(2), enc_hook=enc_hook)

    assert msgspec.json.decode(text) == hexagon(2).text
    assert msgspec.json.decode(text, type=HexSet, dec_hook=dec_hook) == hexagon(2)


@pytest.mark.parametrize("text", [b"3", b'"zz"', b'"0.0"', b"[]", b"null"])
def test_anything_else_is_no_set_of_hexes(text: bytes) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(text, type=HexSet, dec_hook=dec_hook)


def test_what_msgspec_does_not_know_is_a_bug() -> None:
    with pytest.raises(NotImplementedError):
        msgspec.json.encode(object(), enc_hook=enc_hook)
    with pytest.raises(NotImplementedError):
        dec_hook(complex, "1")
