"""Tables of the search index. Like the catalogue tables a build product: ``reindex`` replaces all rows.

They have metadata of their own because no migration concerns them: a new shape is simply built anew.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

documents = sa.Table(
    "search_document", metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("id", sa.String(80), nullable=False),
)
"""The records in the order in which the postings count them."""

postings = sa.Table(
    "search_posting", metadata,
    sa.Column("stem", sa.String(200), primary_key=True),
    sa.Column("numbers", sa.LargeBinary, nullable=False),
    sa.Column("impacts", sa.LargeBinary, nullable=False),
)
"""Per stem the documents that hold it (32-bit integers) and how much it says about each (32-bit floats)."""

words = sa.Table(
    "search_word", metadata,
    sa.Column("word", sa.String(200), primary_key=True),
)
"""Every folded word of the catalogue: what misspelt words are corrected to and compounds are split into."""
