"""How the rules' values become JSON and back: hooks for msgspec, which knows every type here but ``HexSet``."""

from typing import Any

from minotaur.hexgrid.hexset import HexSet


def enc_hook(value: Any) -> Any:
    """For ``msgspec.json.Encoder``: a set of hexes is its short text."""
    if isinstance(value, HexSet):
        return value.text
    raise NotImplementedError(f"no JSON for {type(value).__name__}")


def dec_hook(type_: type, value: Any) -> Any:
    """For ``msgspec.json.Decoder``: reads what ``enc_hook`` wrote; ``ValueError`` for anything else."""
    if type_ is HexSet and isinstance(value, str):
        return HexSet.parse(value)
    raise NotImplementedError(f"no {type_.__name__} from JSON")
