"""A session may follow another, and of those that follow one at most one is not called off.

The release before goes on beside this: what it makes follows nothing, and it never reads what does.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002.8"
down_revision = "0002.7"
phase = "before"

_FOLLOWS = sa.text("follows IS NOT NULL AND game_status <> 'canceled'")


def upgrade() -> None:
    op.add_column("game_session_summaries", sa.Column("follows", sa.Text))
    op.create_index(
        "ix_sessions_follows",
        "game_session_summaries",
        ["follows"],
        unique=True,
        sqlite_where=_FOLLOWS,
        postgresql_where=_FOLLOWS,
    )


def downgrade() -> None:
    """What follows what is forgotten, and every game goes on by itself."""
    op.drop_index("ix_sessions_follows", "game_session_summaries")
    with op.batch_alter_table("game_session_summaries") as sessions:
        sessions.drop_column("follows")
