"""Tables of changes to the content: what staff propose, what they say about it, and what was released."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base

_TIME = sa.DateTime(timezone=True)
_NUMBER = sa.String(16)
_PERSON = sa.String(120)


class ProposalRow(Base):
    """A change that somebody proposes."""

    __tablename__ = "proposal"

    number: Mapped[str] = mapped_column(_NUMBER, primary_key=True)
    """E.g. ``V-KXQTMB``."""
    state: Mapped[str] = mapped_column(sa.String(20), index=True)
    """One of ``bot.records.proposals.State``."""
    kind: Mapped[str] = mapped_column(sa.String(40))
    """What is changed, e.g. ``wissensbasis``."""
    title: Mapped[str] = mapped_column(sa.String(200))
    reason: Mapped[str] = mapped_column(sa.Text)
    author: Mapped[str] = mapped_column(_PERSON)
    """Name of the account."""
    author_title: Mapped[str] = mapped_column(_PERSON)
    edits: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    """``bot.curation.edits.to_json``."""
    base: Mapped[dict[str, str | None]] = mapped_column(sa.JSON)
    """File → its text when editing began; ``None`` if there was no such file."""
    report: Mapped[str | None] = mapped_column(_NUMBER)
    """Number of the message of a visitor that led to it."""
    reverts: Mapped[int | None]
    """Release that it takes back."""
    release: Mapped[int | None] = mapped_column(index=True)
    """Release by which it became true."""
    created_at: Mapped[dt.datetime] = mapped_column(_TIME)
    changed_at: Mapped[dt.datetime] = mapped_column(_TIME, index=True)


class ProposalCommentRow(Base):
    """What somebody says about a proposal."""

    __tablename__ = "proposal_comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal: Mapped[str] = mapped_column(_NUMBER, sa.ForeignKey("proposal.number", ondelete="CASCADE"), index=True)
    who: Mapped[str] = mapped_column(_PERSON)
    """First and last name."""
    text: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[dt.datetime] = mapped_column(_TIME)


class ReleaseRow(Base):
    """Changes that became true together. It is noted before any file is written, and marked when all are."""

    __tablename__ = "content_release"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(sa.String(20), index=True)
    """One of ``bot.records.releases.Step``."""
    title: Mapped[str] = mapped_column(sa.String(200))
    who: Mapped[str] = mapped_column(_PERSON)
    """Name of the account that released it."""
    who_title: Mapped[str] = mapped_column(_PERSON)
    author_title: Mapped[str] = mapped_column(_PERSON)
    """Who proposed it, in words."""
    emergency: Mapped[bool] = mapped_column(default=False)
    """Taken back by one person alone."""
    proposals: Mapped[list[str]] = mapped_column(sa.JSON)
    at: Mapped[dt.datetime] = mapped_column(_TIME)


class ReleaseFileRow(Base):
    """A file before and after a release."""

    __tablename__ = "content_release_file"

    release: Mapped[int] = mapped_column(sa.ForeignKey("content_release.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[str] = mapped_column(sa.String(300), primary_key=True, index=True)
    before: Mapped[str | None] = mapped_column(sa.Text)
    after: Mapped[str | None] = mapped_column(sa.Text)


class ModelChoiceRow(Base):
    """A model somebody activated; the newest row says which one answers."""

    __tablename__ = "model_choice"

    id: Mapped[int] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(sa.String(120))
    """Name of the file."""
    who: Mapped[str] = mapped_column(_PERSON)
    """First and last name."""
    at: Mapped[dt.datetime] = mapped_column(_TIME)
