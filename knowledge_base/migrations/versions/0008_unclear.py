"""The tables of turns that were not answered well, and of the tasks that come of them.

Revision: 0008_unclear
Parent: 0007_proposals
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_unclear"
down_revision = "0007_proposals"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "unclear_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("why", sa.String(20), nullable=False),
        sa.Column("rating", sa.String(40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("intent", sa.String(80), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("alternatives", sa.JSON(), nullable=False),
        sa.Column("entities", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(20), nullable=True),
        sa.Column("chosen_intent", sa.String(80), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(120), nullable=True),
        sa.Column("decided_at", _TIME, nullable=True),
        sa.Column("task", sa.String(16), nullable=True),
        sa.Column("proposal", sa.String(16), nullable=True),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversation.id"], ondelete="CASCADE",
                                name=op.f("fk_unclear_turn_conversation_id_conversation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unclear_turn")),
    )
    for column in ("conversation_id", "decision"):
        op.create_index(op.f(f"ix_unclear_turn_{column}"), "unclear_turn", [column])
    op.create_table(
        "editorial_task",
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("done_by", sa.String(120), nullable=True),
        sa.Column("done_at", _TIME, nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_editorial_task")),
    )
    op.create_index(op.f("ix_editorial_task_done_at"), "editorial_task", ["done_at"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("editorial_task")
    op.drop_table("unclear_turn")
