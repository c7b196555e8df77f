"""From what somebody asks for to a match that can be made: everything about a new game is checked here."""

from clew.gateway.ports import Fresh
from clew.people.user import User
from clew.sessions.records import Refused
from clew.tables.lobby.again import again
from clew.tables.lobby.members import Member, seat_at
from clew.wire.errors import ApiError
from minotaur.play.match import Match, MatchCreated
from minotaur.play.settling import BOTS_TOO_MANY, WrongSetting, settings_of_choice
from minotaur.play.wire_http import CreateGame
from minotaur.rules.settings import Overrides, renewed


def match_created(user: User, request: CreateGame, fresh: Fresh) -> MatchCreated:
    """The event that creates this match, its user in the first seat.

    Raises ``ApiError`` ``invalid``, with the field's ``path`` in the details.
    """
    if request.bots >= request.seats:
        raise ApiError("invalid", BOTS_TOO_MANY, {"path": "bots"})
    try:
        settings = settings_of_choice(
            request.preset, request.seats, request.round_seconds, Overrides(), request.settings
        )
    except WrongSetting as wrong:
        raise ApiError("invalid", str(wrong), {"path": wrong.path}) from wrong
    return MatchCreated(
        game_id=fresh.game_id,
        join_code=fresh.join_code,
        settings=settings,
        seed=fresh.seed if request.seed is None else request.seed,
        bots=request.bots,
        bot=request.bot,
        host=Member(seat_at(1), user.user_id, user.display_name),
        seed_chosen=request.seed is not None,
        public=request.public,
    )


def match_again(match: Match, user: User, fresh: Fresh) -> MatchCreated:
    """The event that creates the rematch of this match, from another seed and under the newest rules.

    Raises ``ApiError`` ``game_not_over``, ``not_playing``, ``game_canceled``.
    """
    people = again(match, user)
    if isinstance(people, Refused):
        raise ApiError(people.code, people.message)
    return MatchCreated(
        game_id=fresh.game_id,
        join_code=fresh.join_code,
        settings=renewed(match.settings),
        seed=fresh.seed,
        bots=match.bots,
        bot=match.bot,
        **people._asdict(),
    )
