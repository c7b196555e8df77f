"""What the host of a match may have otherwise in its lobby, checked as everything about a new game is."""

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET

from clew.sessions.records import Refused
from clew.tables.lobby.changing import Settled, invalid
from minotaur.play.match import Match, SettingsChanged
from minotaur.play.settling import BOTS_TOO_MANY, WrongSetting, settings_of_choice
from minotaur.play.wire_change import ChangeGame
from minotaur.rules.settings import Overrides, chosen_in


def settled(match: Match, asked: ChangeGame) -> Settled | Refused:
    """As ``clew.tables.lobby.changing.Rules.settled``.

    Another preset brings all of its own numbers. The revision of the rules stays what it was.
    """
    before = match.settings
    seats = asked.seats if isinstance(asked.seats, int) else before.seats
    seconds = before.round_seconds if asked.round_seconds is UNSET else asked.round_seconds
    name = before.preset if asked.preset is UNSET else asked.preset
    kept = chosen_in(before) if name == before.preset else Overrides()
    named: Mapping[str, Any] = {} if asked.settings is UNSET else asked.settings
    try:
        settings = settings_of_choice(name, seats, seconds, kept, named, before.rules_revision)
    except WrongSetting as wrong:
        return invalid(wrong.path, str(wrong))
    bots = match.bots if asked.bots is UNSET else asked.bots
    if not 0 <= bots < seats:
        return invalid("bots", BOTS_TOO_MANY)
    bot = match.bot if asked.bot is UNSET else asked.bot
    public = match.public if asked.public is UNSET else asked.public
    is_other = (settings, bots, bot, public) != (before, match.bots, match.bot, match.public)
    return Settled(SettingsChanged(settings, bots, bot, public) if is_other else None, seats)
