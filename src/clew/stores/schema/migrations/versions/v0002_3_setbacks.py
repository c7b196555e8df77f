"""What is kept of sessions that the store had less of than was told.

The release before goes on beside this: it neither writes nor reads it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002.3"
down_revision = "0002.2"
phase = "before"

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "game_setbacks",
        sa.Column("id", number, primary_key=True),
        sa.Column("game_id", sa.Text, nullable=False),
        sa.Column("noticed_at", number, nullable=False),
        sa.Column("told_seq", number),
        sa.Column("kept_seq", number, nullable=False),
        sa.Column("latest_round", sa.Integer, nullable=False),
        sa.Column("said_by", sa.Text, nullable=False),
        sa.Column("node", sa.Text),
    )
    op.create_index("ix_setbacks_game", "game_setbacks", ["game_id"])


def downgrade() -> None:
    op.drop_table("game_setbacks")
