"""Whether a match that was read can be the one it is kept as: what ``Machine.check`` asks of ``MatchMachine``."""

from clew.sessions.ids import GameId
from clew.tables.lobby.checking import check_gathering
from minotaur.play.match import Match
from minotaur.rules.soundness import check_game, check_settings


def check_match(match: Match, game_id: GameId, join_code: str) -> None:
    """Raises ``ValueError`` with what is wrong."""
    check_settings(match.settings)
    check_gathering(match, game_id, join_code, has_game=match.game is not None)
    if match.game is not None:
        _check_seated(match)
        check_game(match.game)


def _check_seated(match: Match) -> None:
    game = match.game
    assert game is not None, "asked of a match with a game only"
    if game.settings != match.settings or game.seed != match.seed:
        raise ValueError("its game was made with other settings, or from another seed")
    heroes = [(player, hero.is_bot) for player, hero in game.heroes.items()]
    if heroes != [(member.player_id, member.is_bot) for member in match.members]:
        raise ValueError("its heroes are not its members'")
    if (game.status == "active") != (match.status == "active"):
        raise ValueError(f"it is {match.status}, and its game {game.status}")
