"""A match as the listings show it: what one user may know of it without watching."""

from clew.sessions.ids import UserId
from minotaur.play import views
from minotaur.play.match import Match
from minotaur.play.replay import settings_of
from minotaur.play.wire_http import GameInfo


def info_of(match: Match, user_id: UserId | None) -> GameInfo:
    """A game as the listings show it, to this user."""
    seat = None if user_id is None else match.member_of(user_id)
    return GameInfo(
        game_id=match.game_id,
        join_code=match.join_code,
        game_status=match.status,
        latest_round=0 if match.game is None else match.game.round,
        round_ends_at=views.round_ends_at(match),
        players=views.players_of(match),
        winner_id=None if match.game is None else match.game.winner_id,
        settings=settings_of(match),
        preset=match.settings.preset,
        seats=match.settings.seats,
        bots=match.bots,
        host_id=match.host.player_id,
        you=None if seat is None else seat.player_id,
        seed_chosen=match.seed_chosen,
        over_why=None if match.game is None else match.game.over_why,
    )
