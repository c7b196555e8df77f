"""A node says what it lacks and which key it has, and lives that ended long ago are forgotten.

The release before goes on beside this: it says nothing of either, and gives its own lives numbers of their own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002.2"
down_revision = "0002.1"
phase = "before"

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "forgotten_nodes",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("incarnation", number, nullable=False),
    )
    op.add_column("nodes", sa.Column("unfit", sa.Text, nullable=False, server_default=""))
    op.add_column("nodes", sa.Column("key_print", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("nodes") as nodes:
        nodes.drop_column("key_print")
        nodes.drop_column("unfit")
    op.drop_table("forgotten_nodes")
