"""A session may be public: found by who looks for one.

The release before goes on beside this: what it makes, and what it writes of a session that it reads, is private as it
was.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002.12"
down_revision = "0002.11"
phase = "before"

_IS_PUBLIC = sa.text("public AND game_status IN ('lobby', 'active')")


def upgrade() -> None:
    op.add_column("game_session_summaries", sa.Column("public", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_sessions_public",
        "game_session_summaries",
        ["inserted_at", "id"],
        sqlite_where=_IS_PUBLIC,
        postgresql_where=_IS_PUBLIC,
    )


def downgrade() -> None:
    """Every session is found by its code alone."""
    op.drop_index("ix_sessions_public", "game_session_summaries")
    with op.batch_alter_table("game_session_summaries") as sessions:
        sessions.drop_column("public")
