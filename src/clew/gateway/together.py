"""What all games of a server say on the wire, together. A new one, and a listing, are told apart by their kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Union

from clew.gateway.ports import ServedGames, Shapes
from clew.sessions.ids import Kind
from clew.wire.errors import ErrorKind
from clew.wire.http import Kinds, page_of


@dataclass(frozen=True, slots=True)
class Together:
    """One type each for whichever game it is; ``structs`` are those of each game, and ``errors`` all codes."""

    request: Any
    change: Any
    info: Any
    page: type[Any]
    replay: Any
    structs: Mapping[Kind, tuple[type[Any], ...]]
    errors: Mapping[str, ErrorKind]
    subprotocols: tuple[str, ...]
    kinds: Kinds


def shapes_of(games: ServedGames) -> Together:
    """Where there is one game its own types, so that a body need not say its kind; else unions that go by the kind."""
    shapes = [game.shapes for game in games.values()]
    info = Union[tuple(each.info for each in shapes)]  # noqa: UP007 - of as many as there are
    return Together(
        request=Union[tuple(each.request for each in shapes)],  # noqa: UP007
        change=Union[tuple(each.change for each in shapes)],  # noqa: UP007
        info=info,
        page=page_of(info),
        replay=Union[tuple(each.replay for each in shapes)],  # noqa: UP007
        structs={kind: _structs(game.shapes) for kind, game in games.items()},
        errors={code: kind for each in shapes for code, kind in each.errors.items()},
        subprotocols=tuple(game.subprotocol for game in games.values()),
        kinds=Kinds(tuple(game.about for game in games.values())),
    )


def _structs(shapes: Shapes) -> tuple[type[Any], ...]:
    return shapes.request, shapes.change, shapes.info, shapes.replay
