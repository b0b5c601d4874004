"""Tables of the built catalogue.

Revision: 0001_catalogue
Parent: none
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001_catalogue"
down_revision = None
branch_labels = None
depends_on = None

_ID, _WORD, _NAME = sa.String(80), sa.String(40), sa.String(400)
_TABLES = ("kb_build", "programme", "contact", "place", "place_name", "event", "term", "confusable_name", "network",
           "vocabulary_entry")
_LINKS = {
    "programme": {"topic": ("topic", _WORD), "audience": ("audience", _WORD), "area": ("place_id", _ID),
                  "purpose": ("purpose", _WORD)},
    "contact": {"topic": ("topic", _WORD), "audience": ("audience", _WORD), "area": ("place_id", _ID)},
}
"""Record table → suffix of the link table → its column and type."""


def upgrade() -> None:
    """Apply."""
    op.create_table("kb_build", sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
            _required("content_hash", sa.String(64)), _required("built_at", sa.DateTime(timezone=True)),
            _required("active", sa.Boolean, index=True))
    op.create_table("programme", _key(), _required("name", _NAME), _required("kind", _WORD), _required("level", _WORD),
            _required("status", _WORD, index=True), sa.Column("valid_from", sa.Date),
            sa.Column("valid_until", sa.Date), sa.Column("min_employees", sa.Integer),
            sa.Column("max_employees", sa.Integer), _required("confidence", _WORD), _data())
    op.create_table("contact", _key(), _required("name", _NAME), _required("kind", _WORD, index=True),
            _required("active", sa.Boolean), _data())
    op.create_table("place", _key(), _required("position", sa.Integer), _required("name", _NAME),
            sa.Column("type", _WORD, primary_key=True), sa.Column("parent_id", _ID), _data())
    op.create_table("place_name", sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
            _required("name", _NAME), _required("folded", _NAME, index=True), sa.Column("place_id", _ID),
            _required("kind", _WORD))
    op.create_table("event", _key(), _required("title", _NAME), sa.Column("date", sa.Date), _data())
    op.create_table("term", _key(), _required("term", _NAME), _data())
    op.create_table("confusable_name", sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
            _required("name", _NAME), _data())
    op.create_table("network", _key(), _required("name", _NAME), _data())
    op.create_table("vocabulary_entry", sa.Column("kind", _WORD, primary_key=True),
            sa.Column("position", sa.Integer, primary_key=True, autoincrement=False), _required("id", _ID), _data())
    for record, links in _LINKS.items():
        for suffix, (column, kind) in links.items():
            _create_link(record, suffix, column, kind)


def downgrade() -> None:
    """Take back."""
    for record, links in _LINKS.items():
        for suffix in links:
            op.drop_table(f"{record}_{suffix}")
    for table in _TABLES:
        op.drop_table(table)


def _create_link(record: str, suffix: str, column: str, kind: sa.String) -> None:
    further = {"programme_audience": [sa.Column("role", _WORD, primary_key=True)],
               "programme_purpose": [_required("excluded", sa.Boolean)]}
    table = f"{record}_{suffix}"
    owner = f"{record}_id"
    foreign = sa.ForeignKey(f"{record}.id", name=f"fk_{table}_{owner}_{record}", ondelete="CASCADE")
    op.create_table(table, sa.Column(owner, _ID, foreign, primary_key=True),
            sa.Column(column, kind, primary_key=True, index=True), *further.get(table, []))


def _key() -> sa.Column[Any]:
    return sa.Column("id", _ID, primary_key=True)


def _required(name: str, kind: Any, *, index: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, index=index)


def _data() -> sa.Column[Any]:
    return _required("data", sa.JSON)
