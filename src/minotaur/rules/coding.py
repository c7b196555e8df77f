"""How the rules' values become JSON and back: hooks for msgspec, which knows every type here but ``HexSet``."""

from typing import Any

from minotaur.hexgrid.hexset import HexSet


def enc_hook(value: Any) -> Any:
    """For ``msgspec.json.Encoder``: a set of hexes is its short text."""
    if isinstance(value, HexSet):
        return value.text
    raise NotImplementedError(f"no JSON for {type(value).__name__}")


def dec_hook(type_: type, value: Any) -> Any:
    """For ``msgspec.json.Decoder``: reads what ``enc_hook`` wrote, refuses anything else."""
    if type_ is not HexSet:
        raise NotImplementedError(f"no {type_.__name__} from JSON")
    if not isinstance(value, str):
        raise TypeError(f"not a set of hexes: {value!r}")
    return HexSet.parse(value)
