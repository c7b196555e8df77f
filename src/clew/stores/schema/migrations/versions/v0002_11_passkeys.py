"""Accounts may have passkeys, and a challenge is answered once.

The release before goes on beside this: it opens no account and deletes none, so it never meets what belongs to one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002.11"
down_revision = "0002.10"
phase = "before"

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "passkeys",
        sa.Column("credential_id", sa.LargeBinary, primary_key=True),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("sign_count", number, nullable=False),
        sa.Column("inserted_at", number, nullable=False),
        sa.Column("used_at", number),
    )
    op.create_index("ix_passkeys_user_id", "passkeys", ["user_id"])
    op.create_table(
        "answered_challenges",
        sa.Column("challenge", sa.LargeBinary, primary_key=True),
        sa.Column("expires_at", number, nullable=False),
    )


def downgrade() -> None:
    """Whoever has no password comes in by the recovery code from then on."""
    op.drop_table("answered_challenges")
    op.drop_table("passkeys")
