"""A node says how far its clock is from the store's, and a session by which clock its times are told.

The release before goes on beside this: it says nothing of either, and what it wrote is taken for told by its heir's.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002.5"
down_revision = "0002.4"
phase = "before"

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for table in ("nodes", "game_session_summaries"):
        op.add_column(table, sa.Column("clock_offset_ms", number))


def downgrade() -> None:
    for table in ("game_session_summaries", "nodes"):
        with op.batch_alter_table(table) as altered:
            altered.drop_column("clock_offset_ms")
