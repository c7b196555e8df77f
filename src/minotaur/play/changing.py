"""What the host of a match may have otherwise in its lobby, checked as everything about a new game is."""

from collections.abc import Mapping
from typing import Any, cast

from msgspec import UNSET

from clew.sessions.records import Refused
from clew.tables.lobby.changing import Settled, invalid
from minotaur.play.match import Match, SettingsChanged
from minotaur.play.settling import BOTS_TOO_MANY, WrongSetting, settings_of_choice
from minotaur.play.wire_change import ChangeGame
from minotaur.rules.settings import Overrides, Settings, preset


def settled(match: Match, asked: ChangeGame) -> Settled | Refused:
    """As ``clew.tables.lobby.changing.Rules.settled``. Another preset brings all of its own numbers."""
    before = match.settings
    seats = asked.seats if isinstance(asked.seats, int) else before.seats
    seconds = before.round_seconds if asked.round_seconds is UNSET else asked.round_seconds
    name = before.preset if asked.preset is UNSET else asked.preset
    kept = _chosen(before) if name == before.preset else Overrides()
    named: Mapping[str, Any] = {} if asked.settings is UNSET else asked.settings
    try:
        settings = settings_of_choice(name, seats, seconds, kept, named)
    except WrongSetting as wrong:
        return invalid(wrong.path, str(wrong))
    bots = match.bots if asked.bots is UNSET else asked.bots
    if not 0 <= bots < seats:
        return invalid("bots", BOTS_TOO_MANY)
    bot = match.bot if asked.bot is UNSET else asked.bot
    is_other = (settings, bots, bot) != (before, match.bots, match.bot)
    return Settled(SettingsChanged(settings, bots, bot) if is_other else None, seats)


def _chosen(settings: Settings) -> Overrides:
    """What was chosen otherwise than the preset has it for so many seats."""
    usual = preset(settings.preset, settings.seats, {})
    values: dict[str, Any] = {field: getattr(settings, field) for field in Overrides.__annotations__}
    return cast("Overrides", {field: value for field, value in values.items() if value != getattr(usual, field)})
