"""The tables of ratings and reports, and the secrets that forms are signed with.

Revision: 0004_told
Parent: 0003_callbacks
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_told"
down_revision = "0003_callbacks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "feedback",
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], ondelete="CASCADE",
                                name=op.f("fk_feedback_conversation_id_conversation")),
        sa.PrimaryKeyConstraint("conversation_id", "request_id", name=op.f("pk_feedback")),
    )
    op.create_table(
        "report",
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(254), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_created_at"), "report", ["created_at"])
    op.create_table(
        "secret",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secret")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("secret")
    op.drop_table("report")
    op.drop_table("feedback")
