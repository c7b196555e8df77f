"""Whether a match that was read can be the one it is kept as: what ``Machine.check`` asks of ``MatchMachine``."""

from clew.sessions.ids import GameId
from minotaur.play.match import Match
from minotaur.rules.names import player_id
from minotaur.rules.soundness import check_game, check_settings


def check_match(match: Match, game_id: GameId, join_code: str) -> None:
    """Raises ``ValueError`` with what is wrong."""
    if match.game_id != game_id or match.join_code != join_code:
        raise ValueError(f"it is of game {match.game_id} with join code {match.join_code}")
    check_settings(match.settings)
    if (match.game is not None) != (match.status in {"active", "concluded"}):
        raise ValueError(f"it is {match.status} {'without' if match.game is None else 'with'} a game")
    _check_members(match)
    match.events_log.check()
    if match.game is not None:
        _check_seated(match)
        check_game(match.game)


def _check_members(match: Match) -> None:
    ids = [member.player_id for member in match.members]
    if not ids or ids != [player_id(seat) for seat in range(1, len(ids) + 1)] or len(ids) > match.settings.seats:
        raise ValueError(f"its members are {', '.join(ids[:9]) or 'none'}")
    if match.host.is_bot or not 0 <= match.bots < match.settings.seats:
        raise ValueError("it has too many bots")
    if match.game is None and any(member.is_bot for member in match.members):
        raise ValueError("a bot sits in its lobby")


def _check_seated(match: Match) -> None:
    game = match.game
    assert game is not None, "asked of a match with a game only"
    if game.settings != match.settings or game.seed != match.seed:
        raise ValueError("its game was made with other settings, or from another seed")
    if len(match.members) != match.settings.seats:
        raise ValueError(f"its game began with {len(match.members)} of {match.settings.seats} seats taken")
    heroes = [(player, hero.is_bot) for player, hero in game.heroes.items()]
    if heroes != [(member.player_id, member.is_bot) for member in match.members]:
        raise ValueError("its heroes are not its members'")
    if (game.status == "active") != (match.status == "active"):
        raise ValueError(f"it is {match.status}, and its game {game.status}")
