"""Nodes that beat, sessions that sleep, and a way back from quarantine."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
phase = "after"  # made before there was a release to live beside

is_open = sa.text("game_status IN ('lobby', 'active')")
is_asleep = sa.text("asleep")


def upgrade() -> None:
    op.add_column("game_session_summaries", sa.Column("asleep", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("game_session_summaries", sa.Column("quarantined_from", sa.Text))
    op.execute(
        "UPDATE game_session_summaries SET quarantined_from = CASE WHEN latest_round > 0 THEN 'active' ELSE 'lobby' END"
        " WHERE game_status = 'quarantined'"
    )
    op.drop_index("ix_sessions_status_owner", "game_session_summaries")
    op.create_index("ix_sessions_status", "game_session_summaries", ["game_status", "inserted_at"])
    op.create_index("ix_sessions_inserted_at", "game_session_summaries", ["inserted_at"])
    op.create_index(
        "ix_sessions_open_owner",
        "game_session_summaries",
        ["owner", "asleep"],
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index(
        "ix_sessions_asleep",
        "game_session_summaries",
        ["owner"],
        sqlite_where=is_asleep,
        postgresql_where=is_asleep,
    )
    with op.batch_alter_table("nodes") as nodes:
        nodes.add_column(sa.Column("owner", sa.Text))
        nodes.add_column(sa.Column("ready", sa.Boolean, nullable=False, server_default=sa.false()))
        nodes.add_column(sa.Column("sessions", sa.Integer, nullable=False, server_default="0"))
    op.execute("UPDATE nodes SET owner = node_id || '.' || incarnation")
    op.execute(
        "UPDATE nodes SET lease_expires_at = 0 WHERE EXISTS"
        " (SELECT 1 FROM nodes AS later WHERE later.node_id = nodes.node_id AND later.incarnation > nodes.incarnation)"
    )
    with op.batch_alter_table("nodes") as nodes:
        nodes.alter_column("owner", existing_type=sa.Text, nullable=False)
    op.create_index("ix_nodes_owner", "nodes", ["owner"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("nodes") as nodes:
        nodes.drop_index("ix_nodes_owner")
        nodes.drop_column("sessions")
        nodes.drop_column("ready")
        nodes.drop_column("owner")
    for index in ("ix_sessions_asleep", "ix_sessions_open_owner", "ix_sessions_inserted_at", "ix_sessions_status"):
        op.drop_index(index, "game_session_summaries")
    op.create_index("ix_sessions_status_owner", "game_session_summaries", ["game_status", "owner"])
    with op.batch_alter_table("game_session_summaries") as sessions:
        sessions.drop_column("quarantined_from")
        sessions.drop_column("asleep")
