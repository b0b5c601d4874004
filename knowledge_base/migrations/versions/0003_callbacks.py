"""The table of call-back requests.

Revision: 0003_callbacks
Parent: 0002_conversations
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_callbacks"
down_revision = "0002_conversations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "callback",
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("way", sa.String(16), nullable=True),
        sa.Column("address", sa.String(254), nullable=True),
        sa.Column("best_time", sa.String(120), nullable=True),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_callback")),
        sa.UniqueConstraint("number", name=op.f("uq_callback_number")),
    )
    op.create_index(op.f("ix_callback_changed_at"), "callback", ["changed_at"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("callback")
