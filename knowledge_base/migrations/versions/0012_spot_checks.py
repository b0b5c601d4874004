"""The tables of the weekly spot check.

Revision: 0012_spot_checks
Parent: 0011_usage
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_spot_checks"
down_revision = "0011_usage"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "spot_check_week",
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("week", name=op.f("pk_spot_check_week")),
    )
    op.create_table(
        "spot_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("conversation_id", sa.String(255), nullable=True),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("records", sa.JSON(), nullable=False),
        sa.Column("drawn_at", _TIME, nullable=False),
        sa.Column("verdict", sa.String(16), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("judged_by", sa.String(120), nullable=True),
        sa.Column("judged_at", _TIME, nullable=True),
        sa.Column("task", sa.String(16), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check")),
    )
    for column in ("week", "conversation_id"):
        op.create_index(op.f(f"ix_spot_check_{column}"), "spot_check", [column])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("spot_check")
    op.drop_table("spot_check_week")
