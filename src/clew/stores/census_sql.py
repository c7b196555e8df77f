"""What is counted, in the words that both engines have."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from clew.sessions.census import Census, OpenSessions
from clew.sessions.ids import Kind
from clew.stores.kinds import KIND


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
    """A row for each kind: lobbies, active ones that are not alone, those that are. And one of no kind: users, ways to
    sign in.
    """
    # Materialized: SQLite would else sort the columns that the kind is told from, and so read the states before them.
    return (
        "WITH counted (kind, game_status, alone) AS MATERIALIZED"
        f" (SELECT {KIND}, s.game_status, {_alone(acting)} FROM game_session_summaries AS s WHERE {_IS_OPEN})"
        " SELECT kind, count(*) FILTER (WHERE game_status = 'lobby'),"
        " count(*) FILTER (WHERE game_status = 'active' AND NOT alone), count(*) FILTER (WHERE alone)"
        " FROM counted GROUP BY kind"
        " UNION ALL SELECT NULL, (SELECT count(*) FROM users), (SELECT count(*) FROM sign_ins), 0"
    )


def read_census(rows: Iterable[Sequence[Any]]) -> Census:
    """The answer to ``census``."""
    sessions, (users, sign_ins) = dict[Kind, OpenSessions](), (0, 0)
    for kind, *counts in rows:
        if kind is None:
            users, sign_ins, _ = counts
        else:
            sessions[Kind(kind)] = OpenSessions(*counts)
    return Census(sessions, users, sign_ins)


_IS_OPEN: Final = "s.game_status IN ('lobby', 'active')"


def _alone(acting: str) -> str:
    return (
        "s.game_status = 'active' AND NOT EXISTS (SELECT 1 FROM player_game_session_summaries AS p"
        f" WHERE p.game_session_id = s.id AND p.user_id IS NOT NULL AND p.player_status = {acting})"
    )
