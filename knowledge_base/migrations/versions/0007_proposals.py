"""The tables of proposals and releases of content.

Revision: 0007_proposals
Parent: 0006_staff
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_proposals"
down_revision = "0006_staff"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "proposal",
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("author_title", sa.String(120), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("base", sa.JSON(), nullable=False),
        sa.Column("report", sa.String(16), nullable=True),
        sa.Column("reverts", sa.Integer(), nullable=True),
        sa.Column("release", sa.Integer(), nullable=True),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("changed_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_proposal")),
    )
    for column in ("state", "release", "changed_at"):
        op.create_index(op.f(f"ix_proposal_{column}"), "proposal", [column])
    op.create_table(
        "proposal_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal", sa.String(16), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.number"], ondelete="CASCADE",
                                name=op.f("fk_proposal_comment_proposal_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_comment")),
    )
    op.create_index(op.f("ix_proposal_comment_proposal"), "proposal_comment", ["proposal"])
    _create_releases()


def _create_releases() -> None:
    op.create_table(
        "content_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("who", sa.String(120), nullable=False),
        sa.Column("who_title", sa.String(120), nullable=False),
        sa.Column("author_title", sa.String(120), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("proposals", sa.JSON(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_release")),
    )
    op.create_index(op.f("ix_content_release_state"), "content_release", ["state"])
    op.create_table(
        "content_release_file",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(300), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["release"], ["content_release.id"], ondelete="CASCADE",
                                name=op.f("fk_content_release_file_release_content_release")),
        sa.PrimaryKeyConstraint("release", "path", name=op.f("pk_content_release_file")),
    )
    op.create_index(op.f("ix_content_release_file_path"), "content_release_file", ["path"])


def downgrade() -> None:
    """Drop the tables."""
    for table in ("content_release_file", "content_release", "proposal_comment", "proposal"):
        op.drop_table(table)
