"""The table of the daily counters.

Revision: 0011_usage
Parent: 0010_model_choice
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_usage"
down_revision = "0010_model_choice"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "usage_count",
        sa.Column("measure", sa.String(20), nullable=False),
        sa.Column("value", sa.String(80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("measure", "value", "day", name=op.f("pk_usage_count")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("usage_count")
