"""A session says which game it is of, and a node which games it has.

The release before goes on beside this: all that it makes is of the first kind, and its nodes have that and nothing
else. What is of another game says a state version by far too new for it, so it leaves it alone (``stores.kinds``).
"""

import sqlalchemy as sa
from alembic import op

revision = "0002.6"
down_revision = "0002.5"
phase = "before"


def upgrade() -> None:
    op.add_column("game_session_summaries", sa.Column("kind", sa.Text, nullable=False, server_default="minotaur"))
    op.add_column("nodes", sa.Column("kinds", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Sessions of other games wait from then on: nothing says any more whose they are."""
    with op.batch_alter_table("nodes") as nodes:
        nodes.drop_column("kinds")
    with op.batch_alter_table("game_session_summaries") as sessions:
        sessions.drop_column("kind")
