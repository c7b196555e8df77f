"""What earlier releases stored, brought to this release's versions, on plain JSON values.

What is stored has three versions: of the table around the game, of the game's states (with its plans and options), and
of its events. A game's own steps see the game's own values only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from clew.game import AnyGame, Plain, Step
from clew.tables.stepping import check_version, stepped

TABLE_VERSION: Final = 1
"""Of the table around any game: raised with every change of what is stored of it."""


class Versions(NamedTuple):
    """What something was written as."""

    table: int
    state: int
    event: int

    @property
    def number(self) -> int:
        """All in one, as rows and entries say it: it rises whichever of them does, so no older release reads it.

        One number for states and events, since an event may hold a state, and a row's version speaks for its journal.
        """
        return self.table + self.state + self.event - 2


def versions_of(game: AnyGame) -> Versions:
    """What this release writes of a game."""
    return Versions(TABLE_VERSION, game.state_version, game.event_version)


def refuse_newer(what: str, versions: Versions, newest: Versions) -> None:
    """Raises ``TooNew`` where a later release wrote it, ``ValueError`` for versions that never were."""
    for part, version, known in zip(versions._fields, versions, newest, strict=True):
        check_version(f"{what}, of its {part}:", version, known)


def upcast_table(game: AnyGame, plain: Plain, versions: Versions) -> Plain:
    """A table as this release would have written it."""
    steps = _Steps(game, versions)
    return {
        **plain,
        "options": steps.options(plain["options"]),
        "game": None if plain["game"] is None else steps.state(plain["game"]),
        "plans": {seat: steps.plan(plan) for seat, plan in plain["plans"].items()},
    }


def upcast_event(game: AnyGame, plain: Plain, versions: Versions) -> Plain:
    """An event of a table as this release would have written it."""
    steps = _Steps(game, versions)
    match plain["type"]:
        case "table_created" | "settings_changed":
            return {**plain, "options": steps.options(plain["options"])}
        case "game_started":
            return {**plain, "game": steps.state(plain["game"])}
        case "plan_accepted":
            return {**plain, "plan": steps.plan(plain["plan"])}
        case "happened":
            return {**plain, "event": steps.event(plain["event"])}
        case _:
            return plain


class _Steps:
    """A game's steps from these versions to its newest."""

    def __init__(self, game: AnyGame, versions: Versions) -> None:
        self._game = game
        self._versions = versions

    def state(self, plain: Plain) -> Plain:
        return self._since(self._versions.state, self._game.state_version, self._game.upcast_state, plain)

    def plan(self, plain: Plain) -> Plain:
        return self._since(self._versions.state, self._game.state_version, self._game.upcast_plan, plain)

    def options(self, plain: Plain) -> Plain:
        return self._since(self._versions.state, self._game.state_version, self._game.upcast_options, plain)

    def event(self, plain: Plain) -> Plain:
        return self._since(self._versions.event, self._game.event_version, self._game.upcast_event, plain)

    def _since(self, version: int, newest: int, steps: Mapping[int, Step], plain: Any) -> Any:
        return stepped(plain, version, newest, steps)
