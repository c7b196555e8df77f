"""Results, in the words that both engines have. Parameters are numbered: ``?1`` in SQLite, ``$1`` in PostgreSQL."""

from __future__ import annotations

from typing import Final

from clew.sessions.bounds import BOARD_RATED_MIN
from clew.sessions.result_records import NewResult, Reckoned
from clew.stores.kinds import KIND
from clew.stores.text import storable


def numbered(statement: str) -> str:
    """The statement as PostgreSQL has it."""
    return statement.replace("?", "$")


def unreckoned(hint: str = "") -> str:
    """Of a kind (1), in a window (2), so many (3). ``hint`` names the index, where one has to be told."""
    return f"""
SELECT game_id, updated_at FROM (
    SELECT id, game_id, updated_at FROM game_session_summaries AS s {hint}
    WHERE game_status = 'concluded' AND NOT reckoned AND {KIND} = ?1 ORDER BY inserted_at LIMIT ?2
) AS first_made ORDER BY updated_at, id LIMIT ?3"""


CLAIM: Final = """
UPDATE game_session_summaries SET reckoned = true
WHERE game_id = ?1 AND game_status = 'concluded' AND NOT reckoned RETURNING 1"""
"""Whoever gets a row is the one who keeps this session's results."""

ADD_RESULT: Final = """
INSERT INTO game_results (game_id, player_id, user_id, kind, ended_at, seats, place, outcome, fate, rating_before,
    rating_after) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"""

ADD_UP: Final = """
INSERT INTO game_tallies AS s (user_id, kind, month, played, won, drawn, rated, mu, sigma, rating)
VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (user_id, kind, month) DO UPDATE SET played = s.played + 1, won = s.won + excluded.won,
    drawn = s.drawn + excluded.drawn, rated = s.rated + excluded.rated, mu = excluded.mu, sigma = excluded.sigma,
    rating = excluded.rating"""

IS_RECKONED: Final = "SELECT 1 FROM game_session_summaries WHERE game_id = ?1 AND reckoned"

_KEPT: Final = """
SELECT game_id, kind, user_id, player_id, ended_at, seats, place, outcome, fate, rating_before, rating_after
FROM game_results"""
OF_SESSION: Final = f"{_KEPT} WHERE game_id = ?1 ORDER BY player_id"
OF_USER: Final = f"{_KEPT} WHERE user_id = ?1 ORDER BY ended_at DESC, game_id DESC LIMIT ?2"

IN_SESSIONS: Final = f"{_KEPT} WHERE user_id = ?1 AND game_id"
"""And then among which."""

TALLIES: Final = """
SELECT kind, played, won, drawn, rated, rating FROM game_tallies WHERE user_id = ?1 AND month = '' ORDER BY kind"""

PLACES: Final = """
SELECT kind, CAST(place AS text), count(*) FROM game_results WHERE user_id = ?1 GROUP BY kind, place
ORDER BY kind, place"""

FATES: Final = """
SELECT kind, fate, count(*) FROM game_results WHERE user_id = ?1 AND fate <> '' GROUP BY kind, fate
ORDER BY kind, count(*) DESC, fate"""

TOGETHER: Final = """
SELECT mine.kind, count(*), count(*) FILTER (WHERE mine.place < theirs.place),
    count(*) FILTER (WHERE mine.place > theirs.place)
FROM game_results AS mine JOIN game_results AS theirs ON theirs.game_id = mine.game_id
WHERE mine.user_id = ?1 AND theirs.user_id = ?2 GROUP BY mine.kind ORDER BY mine.kind"""

# The bound is in the text, and the month once more: as the index says it, or it would not be taken.
_ON_BOARD: Final = f"""
s.kind = ?1 AND s.month = ?2 AND s.month <> '' AND s.rated >= {BOARD_RATED_MIN}
    AND EXISTS (SELECT 1 FROM accounts AS a WHERE a.user_id = s.user_id)"""
_RANKED: Final = f"""
SELECT s.user_id, u.display_name, s.rated, s.won, s.rating
FROM game_tallies AS s JOIN users AS u ON u.user_id = s.user_id WHERE {_ON_BOARD}"""
BOARD: Final = f"{_RANKED} ORDER BY s.rating DESC, s.user_id DESC LIMIT ?3"
ONE_ON_BOARD: Final = f"{_RANKED} AND s.user_id = ?3"
ABOVE: Final = f"SELECT count(*) FROM game_tallies AS s WHERE {_ON_BOARD} AND s.rating > ?3"

FORGET_RESULTS: Final = (
    "DELETE FROM game_results WHERE user_id = ?1",
    "DELETE FROM game_tallies WHERE user_id = ?1",
)


def result_row(reckoned: Reckoned, result: NewResult, before: int | None) -> tuple[object, ...]:
    """For ``ADD_RESULT``; ``before`` is the rating that was shown until now."""
    rating_after = result.rating.shown if result.rated else None
    return (
        *(reckoned.game_id, result.player_id, result.user_id, reckoned.kind, reckoned.ended_at, reckoned.seats),
        *(result.place, result.outcome, storable(result.fate), before if result.rated else None, rating_after),
    )


def tally_rows(reckoned: Reckoned, result: NewResult) -> list[tuple[object, ...]]:
    """For ``ADD_UP``: of all time, and of the month."""
    rating = result.rating
    sums = (int(result.outcome == "won"), int(result.outcome == "drawn"), int(result.rated))
    return [
        (result.user_id, reckoned.kind, month, *sums, rating.mu, rating.sigma, rating.shown)
        for month in ("", reckoned.month)
    ]
