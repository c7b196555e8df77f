"""A closed game's journal may be one compressed record.

The release before goes on beside this: it neither writes nor reads what is new. It can't read a game that was
compacted either, so nodes compact only where none of it is left (``sessions.compacting``).
"""

import sqlalchemy as sa
from alembic import op

revision = "0002.1"
down_revision = "0002"
phase = "before"

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
may_be_compacted = sa.text("game_status IN ('concluded', 'canceled') AND journal_kept = 'entries'")


def upgrade() -> None:
    op.create_table(
        "game_archives",
        sa.Column("game_id", sa.Text, primary_key=True),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("format", sa.Integer, nullable=False),
        sa.Column("compacted_at", number, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.add_column(
        "game_session_summaries", sa.Column("journal_kept", sa.Text, nullable=False, server_default="entries")
    )
    op.create_index(
        "ix_sessions_may_be_compacted",
        "game_session_summaries",
        ["inserted_at"],
        sqlite_where=may_be_compacted,
        postgresql_where=may_be_compacted,
    )


def downgrade() -> None:
    """Journals that were compacted are gone with it: give them back first (``sessions expand``)."""
    op.drop_index("ix_sessions_may_be_compacted", "game_session_summaries")
    with op.batch_alter_table("game_session_summaries") as sessions:
        sessions.drop_column("journal_kept")
    op.drop_table("game_archives")
