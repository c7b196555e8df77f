"""From what somebody chooses of the rules to settings that a game may have."""

from collections.abc import Mapping
from typing import Any, Final, cast, get_type_hints

import msgspec

from minotaur.rules.revisions import NEWEST, RevisionNumber
from minotaur.rules.settings import InvalidSettings, Overrides, Preset, Settings, preset

BOTS_TOO_MANY: Final = "One seat at least is yours: there can be one bot less than seats at most."
_SETTING_TYPES = get_type_hints(Overrides)


class WrongSetting(ValueError):
    """What was chosen can't be. ``path`` names the field of the request."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path


def settings_of_choice(
    name: Preset,
    seats: int,
    round_seconds: int,
    kept: Overrides,
    named: Mapping[str, Any],
    revision: RevisionNumber = NEWEST,
) -> Settings:
    """This preset of this revision, with what was ``kept`` from before and what is ``named`` now.

    Raises ``WrongSetting``.
    """
    overrides = _overrides(named)
    if overrides.get("round_seconds", round_seconds) != round_seconds:
        raise WrongSetting(
            "settings.round_seconds", "Give the length of a round as round_seconds, not among the settings."
        )
    try:
        return preset(name, seats, {**kept, **overrides, "round_seconds": round_seconds}, revision)
    except InvalidSettings as error:
        within = error.field in ("seats", "round_seconds")
        raise WrongSetting(error.field if within else f"settings.{error.field}", str(error)) from error


def _overrides(named: Mapping[str, Any]) -> Overrides:
    chosen: dict[str, Any] = {}
    for field, value in named.items():
        if field not in _SETTING_TYPES:
            raise WrongSetting(f"settings.{field}", "There is no such setting.")
        try:
            chosen[field] = msgspec.convert(value, _SETTING_TYPES[field])
        except msgspec.ValidationError as error:
            raise WrongSetting(f"settings.{field}", str(error)) from error
    return cast("Overrides", chosen)
