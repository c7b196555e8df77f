"""What became of people in the sessions that came to their end, and what follows from it.

The release before goes on beside this: what comes to its end there is found unreckoned, and is reckoned by a node that
knows how. It deletes no user, so nothing of one is left here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002.9"
down_revision = "0002.8"
phase = "before"

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_IS_UNRECKONED = sa.text("game_status = 'concluded' AND NOT reckoned")
_ON_A_BOARD = sa.text("month <> '' AND rated >= 5")


def upgrade() -> None:
    op.add_column(
        "game_session_summaries", sa.Column("reckoned", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_index(
        "ix_sessions_unreckoned",
        "game_session_summaries",
        ["inserted_at"],
        sqlite_where=_IS_UNRECKONED,
        postgresql_where=_IS_UNRECKONED,
    )
    op.create_table(
        "game_results",
        sa.Column("game_id", sa.Text, primary_key=True),
        sa.Column("player_id", sa.Text, primary_key=True),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("ended_at", number, nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("fate", sa.Text, nullable=False),
        sa.Column("rating_before", sa.Integer),
        sa.Column("rating_after", sa.Integer),
    )
    op.create_index("ix_results_user", "game_results", ["user_id", "ended_at"])
    op.create_table(
        "game_tallies",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("month", sa.Text, primary_key=True),
        sa.Column("played", sa.Integer, nullable=False),
        sa.Column("won", sa.Integer, nullable=False),
        sa.Column("drawn", sa.Integer, nullable=False),
        sa.Column("rated", sa.Integer, nullable=False),
        sa.Column("mu", sa.Double, nullable=False),
        sa.Column("sigma", sa.Double, nullable=False),
        sa.Column("rating", sa.Integer, nullable=False),
    )
    op.create_index(
        "ix_tallies_board",
        "game_tallies",
        ["kind", "month", "rating", "user_id"],
        sqlite_where=_ON_A_BOARD,
        postgresql_where=_ON_A_BOARD,
    )


def downgrade() -> None:
    """All of it is worked out anew where it is wanted again; but for what deleted users had, which nobody asks for."""
    op.drop_table("game_tallies")
    op.drop_table("game_results")
    op.drop_index("ix_sessions_unreckoned", "game_session_summaries")
    with op.batch_alter_table("game_session_summaries") as sessions:
        sessions.drop_column("reckoned")
