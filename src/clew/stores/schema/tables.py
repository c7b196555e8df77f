"""The tables, once for every database (DESIGN: Data). Times are ``Millis``; states and events are JSON as written."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects import postgresql

metadata = MetaData()

Number = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits everywhere; SQLite's row ids must be called INTEGER."""
Json = Text().with_variant(postgresql.JSON(), "postgresql")
"""Kept byte for byte: never a type that writes JSON in its own way."""

HOLDS_ITS_CODE = text("game_status IN ('lobby', 'active', 'quarantined')")
IS_OPEN = text("game_status IN ('lobby', 'active')")
IS_PUBLIC = text(f"public AND {IS_OPEN.text}")
IS_ASLEEP = text("asleep")
FOLLOWS = text("follows IS NOT NULL AND game_status <> 'canceled'")
IS_UNRECKONED = text("game_status = 'concluded' AND NOT reckoned")
ON_A_BOARD = text("month <> '' AND rated >= 5")
MAY_BE_COMPACTED = text("game_status IN ('concluded', 'canceled') AND journal_kept = 'entries'")

users = Table(
    "users",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("display_name", Text, nullable=False),
    Column("inserted_at", Number, nullable=False),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("user_id", Text, ForeignKey("users.user_id"), nullable=False, index=True),
    Column("expires_at", Number, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("username", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("recovery_hash", LargeBinary, nullable=False),
    Column("email", Text),
    Column("inserted_at", Number, nullable=False),
    Column("version", Number, nullable=False),
)
"""Beside ``users`` and not in it: the release before fills that by the order of its columns. Nor does it refer to
``users``: who empties those there may know nothing of this table. ``AccountBook`` sees to it that the user is there."""

passkeys = Table(
    "passkeys",
    metadata,
    Column("credential_id", LargeBinary, primary_key=True),
    Column("user_id", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", Number, nullable=False),
    Column("inserted_at", Number, nullable=False),
    Column("used_at", Number),
)
"""Of accounts, without a reference to them: see there."""

answered_challenges = Table(
    "answered_challenges",
    metadata,
    Column("challenge", LargeBinary, primary_key=True),
    Column("expires_at", Number, nullable=False),
)
"""Only those that somebody answered rightly, for minutes: a challenge by itself is kept nowhere."""

nodes = Table(
    "nodes",
    metadata,
    Column("node_id", Text, primary_key=True),
    Column("incarnation", Number, primary_key=True, autoincrement=False),
    Column("owner", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("release", Text, nullable=False),
    Column("state_version_max", Integer, nullable=False),
    Column("roles", Text, nullable=False),
    Column("draining", Boolean, nullable=False),
    Column("ready", Boolean, nullable=False, server_default=false()),
    Column("sessions", Integer, nullable=False, server_default="0"),
    Column("renewed_at", Number, nullable=False),
    Column("lease_expires_at", Number, nullable=False),
    Column("unfit", Text, nullable=False, server_default=""),
    Column("key_print", Text, nullable=False, server_default=""),
    Column("clock_offset_ms", Number),
    Column("kinds", Text, nullable=False, server_default=""),
    Index("ix_nodes_owner", "owner", unique=True),
)
"""A life of a node. One that is over, however it ended, has a lease that ran out at 0, for good.

``kinds``: the newest state version that it reads of each, as JSON; empty where a release wrote it that had one game."""

forgotten_nodes = Table(
    "forgotten_nodes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("incarnation", Number, nullable=False),
)
"""One row: the highest number of all lives that were forgotten. New ones are counted on from there."""


def _indexes_of_makers() -> Iterator[Index]:
    """What a user, or an origin, has open, and what was made when: without a column that a commit changes."""
    for maker in ("made_by", "made_from"):
        for name, columns, where in (
            (f"ix_sessions_open_{maker}", (maker,), text(f"{IS_OPEN.text} AND {maker} IS NOT NULL")),
            (f"ix_sessions_{maker}", (maker, "inserted_at"), text(f"{maker} IS NOT NULL")),
        ):
            yield Index(name, *columns, sqlite_where=where, postgresql_where=where)


sessions = Table(
    "game_session_summaries",
    metadata,
    Column("id", Number, primary_key=True),
    Column("game_id", Text, nullable=False, unique=True),
    Column("join_code", Text, nullable=False),
    Column("game_status", Text, nullable=False),
    Column("latest_round", Integer, nullable=False),
    Column("state_version", Integer, nullable=False),
    Column("seq", Number, nullable=False),
    Column("snapshot_seq", Number, nullable=False),
    Column("owner", Text),
    Column("epoch", Number, nullable=False),
    Column("wake_at", Number),
    Column("unowned_since", Number),
    Column("asleep", Boolean, nullable=False, server_default=false()),
    Column("quarantine_reason", Text),
    Column("quarantined_from", Text),
    Column("journal_kept", Text, nullable=False, server_default="entries"),
    Column("inserted_at", Number, nullable=False),
    Column("updated_at", Number, nullable=False),
    Column("game_state", Json, nullable=False),
    Column("made_by", Text),
    Column("made_from", Text),
    Column("clock_offset_ms", Number),
    Column("kind", Text, nullable=False, server_default="minotaur"),
    Column("follows", Text),
    Column("reckoned", Boolean, nullable=False, server_default=false()),
    Column("public", Boolean, nullable=False, server_default=false()),
    Column("sleeps_until", Number),
    Index(
        "ix_sessions_join_code_open",
        "join_code",
        unique=True,
        sqlite_where=HOLDS_ITS_CODE,
        postgresql_where=HOLDS_ITS_CODE,
    ),
    Index("ix_sessions_join_code", "join_code", "inserted_at"),
    Index("ix_sessions_follows", "follows", unique=True, sqlite_where=FOLLOWS, postgresql_where=FOLLOWS),
    Index("ix_sessions_status", "game_status", "inserted_at"),
    Index("ix_sessions_inserted_at", "inserted_at"),
    Index("ix_sessions_open_owner", "owner", "asleep", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    Index("ix_sessions_sleepers", "owner", "sleeps_until", sqlite_where=IS_ASLEEP, postgresql_where=IS_ASLEEP),
    Index(
        "ix_sessions_may_be_compacted",
        "inserted_at",
        sqlite_where=MAY_BE_COMPACTED,
        postgresql_where=MAY_BE_COMPACTED,
    ),
    Index("ix_sessions_unreckoned", "inserted_at", sqlite_where=IS_UNRECKONED, postgresql_where=IS_UNRECKONED),
    Index("ix_sessions_public", "inserted_at", "id", sqlite_where=IS_PUBLIC, postgresql_where=IS_PUBLIC),
    *_indexes_of_makers(),
)
"""``ix_sessions_open_owner`` serves claims and what an owner holds, ``ix_sessions_sleepers`` the waking. No index has a
column that every commit changes, ``wake_at`` and ``seq`` above all: PostgreSQL then rewrites a row without touching its
indexes, which doubles the commits a second. A partial index counts there too, whichever rows it holds: so
``ix_sessions_may_be_compacted`` goes by ``inserted_at``, and the waking by ``sleeps_until``: the ``wake_at`` that a
session fell asleep with, which no commit changes, and which says nothing of one that is awake.

``clock_offset_ms`` of a life is what its clock is ahead of the store's; of a session that changed
hands or fell asleep, until its owner writes, what that of the life that wrote last was.

``reckoned``: its results are kept (``game_results``), if it has any. ``public``: who looks for a game may find it.
``follows`` is the game that it is the rematch of: of those not called off there is one at most.
``made_by`` is the user who made it, ``made_from`` a keyed digest of where they came from; both may be unknown.
``state_version`` of any other kind than the first is kept raised (``stores.kinds``).
``quarantined_from`` is the status a session out of service goes back to. ``journal_kept``: ``entries``; ``archive``,
and the journal is a row of ``game_archives``; or ``odd``: entries that can't be compacted."""

players = Table(
    "player_game_session_summaries",
    metadata,
    Column("id", Number, primary_key=True),
    Column("game_session_id", Number, ForeignKey("game_session_summaries.id"), nullable=False),
    Column("user_id", Text),
    Column("player_id", Text, nullable=False),
    Column("player_status", Text, nullable=False),
    Column("inserted_at", Number, nullable=False),
    Column("updated_at", Number, nullable=False),
    UniqueConstraint("game_session_id", "user_id", name="uq_players_session_user"),
    UniqueConstraint("game_session_id", "player_id", name="uq_players_session_player"),
    Index("ix_players_user", "user_id"),
)

events = Table(
    "game_events",
    metadata,
    Column("game_id", Text, primary_key=True),
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("epoch", Number, nullable=False),
    Column("recorded_at", Number, nullable=False),
    Column("event", Json, nullable=False),
)

setbacks = Table(
    "game_setbacks",
    metadata,
    Column("id", Number, primary_key=True),
    Column("game_id", Text, nullable=False),
    Column("noticed_at", Number, nullable=False),
    Column("told_seq", Number),
    Column("kept_seq", Number, nullable=False),
    Column("latest_round", Integer, nullable=False),
    Column("said_by", Text, nullable=False),
    Column("node", Text),
    Index("ix_setbacks_game", "game_id"),
)
"""Sessions of which the store had less than was told; for operators alone."""

archives = Table(
    "game_archives",
    metadata,
    Column("game_id", Text, primary_key=True),
    Column("entries", Integer, nullable=False),
    Column("format", Integer, nullable=False),
    Column("compacted_at", Number, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""Entries 1 to ``entries`` of a closed session's journal in one record (``stores.archive``)."""

results = Table(
    "game_results",
    metadata,
    Column("game_id", Text, primary_key=True),
    Column("player_id", Text, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("ended_at", Number, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("fate", Text, nullable=False),
    Column("rating_before", Integer),
    Column("rating_after", Integer),
    Index("ix_results_user", "user_id", "ended_at"),
)
"""What became of a person in a session that came to its end. Both tables follow from the sessions: nothing refers to
them, and they are not moved."""

tallies = Table(
    "game_tallies",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("month", Text, primary_key=True),
    Column("played", Integer, nullable=False),
    Column("won", Integer, nullable=False),
    Column("drawn", Integer, nullable=False),
    Column("rated", Integer, nullable=False),
    Column("mu", Double, nullable=False),
    Column("sigma", Double, nullable=False),
    Column("rating", Integer, nullable=False),
    Index(
        "ix_tallies_board",
        "kind",
        "month",
        "rating",
        "user_id",
        sqlite_where=ON_A_BOARD,
        postgresql_where=ON_A_BOARD,
    ),
)
"""The sums of a user's results at one game in a month, and of all where the month is empty, with the rating after the
latest of them."""

pushes = Table(
    "pushes",
    metadata,
    Column("push_key", LargeBinary, primary_key=True),
    Column("user_id", Text, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("way", Text, nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("inserted_at", Number, nullable=False),
    Index("ix_pushes_user", "user_id"),
)
"""Where somebody can be reached, as long as the way in lives that it names. Refers to nothing: the release before ends
ways in and knows nothing of this. Not moved: a browser says it again."""

nudges = Table(
    "nudges",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("game_id", Text, primary_key=True),
    Column("number", Number, nullable=False),
    Column("told_at", Number, nullable=False),
)
"""The latest that somebody was told of a game while they were not here."""
