"""The table of what is paused.

Revision: 0009_pause
Parent: 0008_unclear
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_pause"
down_revision = "0008_unclear"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "pause",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_pause")),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("pause")
