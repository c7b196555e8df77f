"""From what somebody asks for to a match that can be made: everything about a new game is checked here."""

from collections.abc import Mapping
from typing import Any, cast, get_type_hints

import msgspec

from clew.gateway.ports import Fresh
from clew.people.user import User
from clew.tables.lobby.members import Member, seat_at
from clew.wire.errors import ApiError
from minotaur.play.match import MatchCreated
from minotaur.play.wire_http import CreateGame
from minotaur.rules.settings import InvalidSettings, Overrides, Settings, preset

_SETTING_TYPES = get_type_hints(Overrides)


def match_created(user: User, request: CreateGame, fresh: Fresh) -> MatchCreated:
    """The event that creates this match, its user in the first seat.

    Raises ``ApiError`` ``invalid``, with the field's ``path`` in the details.
    """
    if request.bots >= request.seats:
        raise _invalid("bots", "One seat at least is yours: there can be one bot less than seats at most.")
    return MatchCreated(
        game_id=fresh.game_id,
        join_code=fresh.join_code,
        settings=_settings(request),
        seed=fresh.seed if request.seed is None else request.seed,
        bots=request.bots,
        bot=request.bot,
        host=Member(seat_at(1), user.user_id, user.display_name),
        seed_chosen=request.seed is not None,
    )


def _settings(request: CreateGame) -> Settings:
    overrides = _overrides(request.settings)
    if overrides.get("round_seconds", request.round_seconds) != request.round_seconds:
        raise _invalid("settings.round_seconds", "Give the length of a round as round_seconds, not among the settings.")
    overrides["round_seconds"] = request.round_seconds
    try:
        return preset(request.preset, request.seats, overrides)
    except InvalidSettings as error:
        within = error.field in ("seats", "round_seconds")
        raise _invalid(error.field if within else f"settings.{error.field}", str(error)) from error


def _overrides(given: Mapping[str, Any]) -> Overrides:
    chosen: dict[str, Any] = {}
    for field, value in given.items():
        if field not in _SETTING_TYPES:
            raise _invalid(f"settings.{field}", "There is no such setting.")
        try:
            chosen[field] = msgspec.convert(value, _SETTING_TYPES[field])
        except msgspec.ValidationError as error:
            raise _invalid(f"settings.{field}", str(error)) from error
    return cast("Overrides", chosen)


def _invalid(path: str, message: str) -> ApiError:
    return ApiError("invalid", message, {"path": path})
