"""The table of the models that were activated.

Revision: 0010_model_choice
Parent: 0009_pause
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_model_choice"
down_revision = "0009_pause"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "model_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(120), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_choice")),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("model_choice")
