"""Where people can be reached who are not here, and what they were told there.

The release before goes on beside this and knows nothing of it. What ends ways in there ends these too, for they are
good no longer than the way in that each names.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002.10"
down_revision = "0002.9"
phase = "before"

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "pushes",
        sa.Column("push_key", sa.LargeBinary, primary_key=True),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("endpoint", sa.Text, nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("inserted_at", number, nullable=False),
    )
    op.create_index("ix_pushes_user", "pushes", ["user_id"])
    op.create_table(
        "nudges",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("game_id", sa.Text, primary_key=True),
        sa.Column("number", number, nullable=False),
        sa.Column("told_at", number, nullable=False),
    )


def downgrade() -> None:
    """Nobody is reached any more who does not ask for it again."""
    op.drop_table("nudges")
    op.drop_table("pushes")
