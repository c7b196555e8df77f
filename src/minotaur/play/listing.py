"""A match as the listings show it: what one user may know of it without watching."""

from clew.sessions.ids import UserId
from clew.tables.lobby.listing import listed
from minotaur.play import views
from minotaur.play.match import Match
from minotaur.play.replay import settings_of
from minotaur.play.wire_http import GameInfo


def info_of(match: Match, user_id: UserId | None) -> GameInfo:
    """A game as the listings show it, to this user."""
    game = match.game
    return GameInfo(
        **listed(match, user_id),
        latest_round=0 if game is None else game.round,
        round_ends_at=views.round_ends_at(match),
        players=views.players_of(match),
        winner_id=None if game is None else game.winner_id,
        settings=settings_of(match),
        preset=match.settings.preset,
        over_why=None if game is None else game.over_why,
        bot=match.bot,
        waiting_for=views.waiting_for(match),
    )
