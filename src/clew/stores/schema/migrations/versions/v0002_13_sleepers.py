"""Who sleeps is found by when they are to be woken, however many others sleep.

The release before goes on beside this: it never writes the new column, and whom it put to sleep it wakes itself, by
``wake_at``; with a change of owner nobody is asleep any more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002.13"
down_revision = "0002.12"
phase = "before"

_IS_ASLEEP = sa.text("asleep")


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("game_session_summaries", sa.Column("sleeps_until", number))
    op.create_index(
        "ix_sessions_sleepers",
        "game_session_summaries",
        ["owner", "sleeps_until"],
        sqlite_where=_IS_ASLEEP,
        postgresql_where=_IS_ASLEEP,
    )
    op.drop_index("ix_sessions_asleep", "game_session_summaries")


def downgrade() -> None:
    op.create_index(
        "ix_sessions_asleep",
        "game_session_summaries",
        ["owner"],
        sqlite_where=_IS_ASLEEP,
        postgresql_where=_IS_ASLEEP,
    )
    op.drop_index("ix_sessions_sleepers", "game_session_summaries")
    with op.batch_alter_table("game_session_summaries") as sessions:
        sessions.drop_column("sleeps_until")
