"""Sessions, their journal and players, nodes, users and how they sign in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
phase = "after"  # made before there was a release to live beside

number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
json = sa.Text().with_variant(postgresql.JSON(), "postgresql")
holds_its_code = sa.text("game_status IN ('lobby', 'active', 'quarantined')")


def upgrade() -> None:
    op.create_table(
        "users",
        sa.Column("user_id", sa.Text, primary_key=True),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("inserted_at", number, nullable=False),
    )
    op.create_table(
        "sign_ins",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("user_id", sa.Text, sa.ForeignKey("users.user_id"), nullable=False),
        sa.Column("expires_at", number, nullable=False),
    )
    op.create_index("ix_sign_ins_user_id", "sign_ins", ["user_id"])
    op.create_table(
        "nodes",
        sa.Column("node_id", sa.Text, primary_key=True),
        sa.Column("incarnation", number, primary_key=True, autoincrement=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("release", sa.Text, nullable=False),
        sa.Column("state_version_max", sa.Integer, nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("draining", sa.Boolean, nullable=False),
        sa.Column("renewed_at", number, nullable=False),
        sa.Column("lease_expires_at", number, nullable=False),
    )
    op.create_table(
        "game_session_summaries",
        sa.Column("id", number, primary_key=True),
        sa.Column("game_id", sa.Text, nullable=False, unique=True),
        sa.Column("join_code", sa.Text, nullable=False),
        sa.Column("game_status", sa.Text, nullable=False),
        sa.Column("latest_round", sa.Integer, nullable=False),
        sa.Column("state_version", sa.Integer, nullable=False),
        sa.Column("seq", number, nullable=False),
        sa.Column("snapshot_seq", number, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("epoch", number, nullable=False),
        sa.Column("wake_at", number),
        sa.Column("unowned_since", number),
        sa.Column("quarantine_reason", sa.Text),
        sa.Column("inserted_at", number, nullable=False),
        sa.Column("updated_at", number, nullable=False),
        sa.Column("game_state", json, nullable=False),
    )
    op.create_index(
        "ix_sessions_join_code_open",
        "game_session_summaries",
        ["join_code"],
        unique=True,
        sqlite_where=holds_its_code,
        postgresql_where=holds_its_code,
    )
    op.create_index("ix_sessions_join_code", "game_session_summaries", ["join_code", "inserted_at"])
    op.create_index("ix_sessions_status_owner", "game_session_summaries", ["game_status", "owner"])
    op.create_table(
        "player_game_session_summaries",
        sa.Column("id", number, primary_key=True),
        sa.Column("game_session_id", number, sa.ForeignKey("game_session_summaries.id"), nullable=False),
        sa.Column("user_id", sa.Text),
        sa.Column("player_id", sa.Text, nullable=False),
        sa.Column("player_status", sa.Text, nullable=False),
        sa.Column("inserted_at", number, nullable=False),
        sa.Column("updated_at", number, nullable=False),
        sa.UniqueConstraint("game_session_id", "user_id", name="uq_players_session_user"),
        sa.UniqueConstraint("game_session_id", "player_id", name="uq_players_session_player"),
    )
    op.create_index("ix_players_user", "player_game_session_summaries", ["user_id"])
    op.create_table(
        "game_events",
        sa.Column("game_id", sa.Text, primary_key=True),
        sa.Column("seq", number, primary_key=True, autoincrement=False),
        sa.Column("epoch", number, nullable=False),
        sa.Column("recorded_at", number, nullable=False),
        sa.Column("event", json, nullable=False),
    )


def downgrade() -> None:
    for table in (
        "game_events",
        "player_game_session_summaries",
        "game_session_summaries",
        "nodes",
        "sign_ins",
        "users",
    ):
        op.drop_table(table)
