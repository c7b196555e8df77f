"""A game found by its name, as commands and tests name it: ``bids.game:Bids``."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from clew.definition import InvalidGame
from clew.game import AnyGame, Game


def load_game(name: str) -> AnyGame:
    """Raises ``InvalidGame`` where there is no game of this name; what is wrong inside its module it raises itself."""
    module_name, _, class_name = name.partition(":")
    if not module_name or not class_name:
        raise InvalidGame(f"{name}: name a game as module:Class, as in bids.game:Bids.")
    try:
        module = import_module(module_name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module_name}.".startswith(f"{error.name}."):
            raise
        raise InvalidGame(f"{name}: there is no module {error.name} here.") from error
    found = getattr(module, class_name, None)
    if not (isinstance(found, type) and issubclass(found, Game) and found is not Game):
        raise InvalidGame(f"{name}: {module_name} has no game {class_name}.")
    return cast("type[AnyGame]", found)()
