"""Users may have accounts: a name, and what proves that it is theirs.

The release before goes on beside this: to it everybody is a guest, and the tokens of accounts are those of guests. It
deletes no user, so it never meets what belongs to one here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002.7"
down_revision = "0002.6"
phase = "before"

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("username", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False, unique=True),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("recovery_hash", sa.LargeBinary, nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("inserted_at", number, nullable=False),
        sa.Column("version", number, nullable=False),
    )


def downgrade() -> None:
    """Whoever has an account is a guest from then on, with the ways in they have, and none after those."""
    op.drop_table("accounts")
