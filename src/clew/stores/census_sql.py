"""What is counted, in the words that both engines have."""

from typing import Final


def count_made(by: str, origin: str, since: str, acting: str) -> str:
    """One row: open, lobbies, alone and lately, of a user and then of an origin. Named are the parameters."""
    counts = [
        f"(SELECT count(*) FROM game_session_summaries AS s WHERE s.{column} = {maker} AND {which})"
        for column, maker in (("made_by", by), ("made_from", origin))
        for which in (
            _IS_OPEN,
            f"{_IS_OPEN} AND s.game_status = 'lobby'",
            f"{_IS_OPEN} AND {_alone(acting)}",
            f"s.inserted_at > {since}",
        )
    ]
    return f"SELECT {', '.join(counts)}"


def census(acting: str) -> str:
    """One row: lobbies, active ones, those alone among them, users, ways to sign in."""
    counted = "SELECT count(*) FROM game_session_summaries AS s WHERE"
    return (
        f"SELECT ({counted} s.game_status = 'lobby'), ({counted} s.game_status = 'active'),"
        f" ({counted} {_alone(acting)}), (SELECT count(*) FROM users), (SELECT count(*) FROM sign_ins)"
    )


_IS_OPEN: Final = "s.game_status IN ('lobby', 'active')"


def _alone(acting: str) -> str:
    return (
        "s.game_status = 'active' AND NOT EXISTS (SELECT 1 FROM player_game_session_summaries AS p"
        f" WHERE p.game_session_id = s.id AND p.user_id IS NOT NULL AND p.player_status = {acting})"
    )
