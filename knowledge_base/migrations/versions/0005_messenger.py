"""The tables of the messengers: who writes to us, what came in, what goes out, which options were offered.

Revision: 0005_messenger
Parent: 0004_told
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_messenger"
down_revision = "0004_told"
branch_labels = None
depends_on = None

_CONVERSATION = sa.String(255)
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _create_correspondent()
    _create_inbox()
    _create_outbox()
    _create_choice()


def downgrade() -> None:
    """Drop the tables."""
    for name in ("choice", "outbox", "inbox", "correspondent"):
        op.drop_table(name)


def _create_correspondent() -> None:
    op.create_table(
        "correspondent",
        sa.Column("conversation_id", _CONVERSATION, nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("address", sa.String(255), nullable=False),
        sa.Column("notice_at", _TIME, nullable=True),
        sa.Column("last_at", _TIME, nullable=False),
        sa.Column("claimed_by", sa.String(40), nullable=True),
        sa.Column("claimed_until", _TIME, nullable=True),
        sa.Column("erasure", sa.String(16), nullable=True),
        sa.PrimaryKeyConstraint("conversation_id", name=op.f("pk_correspondent")),
    )
    op.create_index(op.f("ix_correspondent_last_at"), "correspondent", ["last_at"])


def _create_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("external_hash", sa.String(64), nullable=False),
        sa.Column("conversation_id", _CONVERSATION, nullable=True),
        sa.Column("sent_at", _TIME, nullable=False),
        sa.Column("received_at", _TIME, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "external_hash", name=op.f("uq_inbox_channel_external_hash")),
    )
    for column in ("conversation_id", "received_at", "state"):
        op.create_index(op.f(f"ix_inbox_{column}"), "inbox", [column])


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("conversation_id", _CONVERSATION, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", _TIME, nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    for column in ("conversation_id", "state"):
        op.create_index(op.f(f"ix_outbox_{column}"), "outbox", [column])


def _create_choice() -> None:
    op.create_table(
        "choice",
        sa.Column("token", sa.String(22), nullable=False),
        sa.Column("conversation_id", _CONVERSATION, nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_digit", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("rest", sa.JSON(), nullable=True),
        sa.Column("created_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_choice")),
    )
    for column in ("conversation_id", "created_at"):
        op.create_index(op.f(f"ix_choice_{column}"), "choice", [column])
