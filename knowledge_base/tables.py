"""Tables of the built catalogue. They are a build product: ``build`` replaces all rows in one transaction.

Each record keeps its whole content in ``data``; the columns beside it are those one searches and joins by. Only types
that SQLite and PostgreSQL share are used.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base

_ID = sa.String(80)
_WORD = sa.String(40)
_NAME = sa.String(400)


def _of(table: str, *, primary_key: bool = True) -> Mapped[str]:
    """A column that points to a record and vanishes with it."""
    return mapped_column(_ID, sa.ForeignKey(f"{table}.id", ondelete="CASCADE"), primary_key=primary_key)


class KbBuild(Base):
    """One build of the catalogue. Exactly one is active; its number tells every process what is live."""

    __tablename__ = "kb_build"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    built_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    active: Mapped[bool] = mapped_column(index=True)


class ProgrammeRow(Base):
    """A funding programme, service or duty."""

    __tablename__ = "programme"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    name: Mapped[str] = mapped_column(_NAME)
    kind: Mapped[str] = mapped_column(_WORD)
    level: Mapped[str] = mapped_column(_WORD)
    status: Mapped[str] = mapped_column(_WORD, index=True)
    valid_from: Mapped[dt.date | None]
    valid_until: Mapped[dt.date | None]
    min_employees: Mapped[int | None]
    max_employees: Mapped[int | None]
    confidence: Mapped[str] = mapped_column(_WORD)
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


class ProgrammeTopic(Base):
    """Topic of a programme."""

    __tablename__ = "programme_topic"

    programme_id: Mapped[str] = _of("programme")
    topic: Mapped[str] = mapped_column(_WORD, primary_key=True, index=True)


class ProgrammeAudience(Base):
    """Audience of a programme, once as target group and once as applicant."""

    __tablename__ = "programme_audience"

    programme_id: Mapped[str] = _of("programme")
    audience: Mapped[str] = mapped_column(_WORD, primary_key=True, index=True)
    role: Mapped[str] = mapped_column(_WORD, primary_key=True)
    """``zielgruppe`` or ``antragsteller``."""


class ProgrammeArea(Base):
    """Place a programme is offered in."""

    __tablename__ = "programme_area"

    programme_id: Mapped[str] = _of("programme")
    place_id: Mapped[str] = mapped_column(_ID, primary_key=True, index=True)


class ProgrammePurpose(Base):
    """What the money is for, or expressly not for."""

    __tablename__ = "programme_purpose"

    programme_id: Mapped[str] = _of("programme")
    purpose: Mapped[str] = mapped_column(_WORD, primary_key=True, index=True)
    excluded: Mapped[bool]


class ContactRow(Base):
    """A contact point."""

    __tablename__ = "contact"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    name: Mapped[str] = mapped_column(_NAME)
    kind: Mapped[str] = mapped_column(_WORD, index=True)
    active: Mapped[bool]
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


class ContactTopic(Base):
    """Topic of a contact."""

    __tablename__ = "contact_topic"

    contact_id: Mapped[str] = _of("contact")
    topic: Mapped[str] = mapped_column(_WORD, primary_key=True, index=True)


class ContactAudience(Base):
    """Audience of a contact."""

    __tablename__ = "contact_audience"

    contact_id: Mapped[str] = _of("contact")
    audience: Mapped[str] = mapped_column(_WORD, primary_key=True, index=True)


class ContactArea(Base):
    """Place a contact is responsible for."""

    __tablename__ = "contact_area"

    contact_id: Mapped[str] = _of("contact")
    place_id: Mapped[str] = mapped_column(_ID, primary_key=True, index=True)


class PlaceRow(Base):
    """A Kreis, Gemeinde, region, or a place outside NRW."""

    __tablename__ = "place"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    position: Mapped[int]
    """Order within the directory."""
    name: Mapped[str] = mapped_column(_NAME)
    type: Mapped[str] = mapped_column(_WORD, primary_key=True)
    """``kreis``, ``gemeinde``, ``region`` or ``ausserhalb``. Part of the key: a kreisfreie Stadt is both Kreis and
    Gemeinde under one id."""
    parent_id: Mapped[str | None] = mapped_column(_ID)
    """The Kreis of a Gemeinde."""
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


class PlaceName(Base):
    """A name by which a place is recognised."""

    __tablename__ = "place_name"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(_NAME)
    folded: Mapped[str] = mapped_column(_NAME, index=True)
    place_id: Mapped[str | None] = mapped_column(_ID)
    kind: Mapped[str] = mapped_column(_WORD)
    """``name``, ``alias``, ``plz``, ``ortsteil``, ``kfz``, ``mehrdeutig`` (one row per possible place) or
    ``alltagswort`` (no place: the name is also an everyday word)."""


class EventRow(Base):
    """An event."""

    __tablename__ = "event"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    title: Mapped[str] = mapped_column(_NAME)
    date: Mapped[dt.date | None]
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


class TermRow(Base):
    """A word of the field."""

    __tablename__ = "term"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    term: Mapped[str] = mapped_column(_NAME)
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


class ConfusableRow(Base):
    """A name for something that does not exist or is something else."""

    __tablename__ = "confusable_name"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(_NAME)
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


class NetworkRow(Base):
    """Partners who work together in a region."""

    __tablename__ = "network"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    name: Mapped[str] = mapped_column(_NAME)
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


class VocabularyRow(Base):
    """Words for one value of an enumeration."""

    __tablename__ = "vocabulary_entry"

    kind: Mapped[str] = mapped_column(_WORD, primary_key=True)
    """Field of ``schema.misc.Vocabulary``, such as ``topics``."""
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(_ID)
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


class PauseRow(Base):
    """Something staff took out of service for a while. No part of a build."""

    __tablename__ = "pause"

    kind: Mapped[str] = mapped_column(_WORD, primary_key=True)
    """Value of ``knowledge_base.pauses.Paused``."""
    subject: Mapped[str] = mapped_column(_ID, primary_key=True)
    """Id of the programme, name of the intent or of the channel."""
    text: Mapped[str] = mapped_column(sa.Text)
    """What is said instead."""
    who: Mapped[str] = mapped_column(sa.String(120))
    """First and last name of who paused it."""
    at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
