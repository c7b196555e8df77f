"""A session says who made it and whence, so that what somebody has open, or made within an hour, is counted by index.

The release before goes on beside this: of what it makes neither is said, and it is counted for nobody. All four indexes
are empty at first, and none has a column that a commit changes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002.4"
down_revision = "0002.3"
phase = "before"

is_open = "game_status IN ('lobby', 'active')"


def upgrade() -> None:
    for maker in ("made_by", "made_from"):
        op.add_column("game_session_summaries", sa.Column(maker, sa.Text))
        for name, columns, where in (
            (f"ix_sessions_open_{maker}", [maker], f"{is_open} AND {maker} IS NOT NULL"),
            (f"ix_sessions_{maker}", [maker, "inserted_at"], f"{maker} IS NOT NULL"),
        ):
            op.create_index(
                name,
                "game_session_summaries",
                columns,
                sqlite_where=sa.text(where),
                postgresql_where=sa.text(where),
            )


def downgrade() -> None:
    for maker in ("made_by", "made_from"):
        op.drop_index(f"ix_sessions_{maker}", "game_session_summaries")
        op.drop_index(f"ix_sessions_open_{maker}", "game_session_summaries")
    with op.batch_alter_table("game_session_summaries") as sessions:
        sessions.drop_column("made_from")
        sessions.drop_column("made_by")
