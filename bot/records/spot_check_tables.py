"""Tables of the weekly spot check: answers that staff judge."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base

_TIME = sa.DateTime(timezone=True)


class SpotCheckWeekRow(Base):
    """A week of which answers were drawn; it makes several processes draw once."""

    __tablename__ = "spot_check_week"

    week: Mapped[dt.date] = mapped_column(primary_key=True)
    """Its Monday."""
    at: Mapped[dt.datetime] = mapped_column(_TIME)


class SpotCheckRow(Base):
    """One answer. Its words vanish with the conversation, and after 30 days; the verdict stays."""

    __tablename__ = "spot_check"

    id: Mapped[int] = mapped_column(primary_key=True)
    week: Mapped[dt.date] = mapped_column(index=True)
    """Monday of the week in which it was given."""
    conversation_id: Mapped[str | None] = mapped_column(sa.String(255), index=True)
    """``None`` once the words are gone."""
    asked: Mapped[str] = mapped_column(sa.Text)
    """What the bot had asked before, if the person answered that."""
    question: Mapped[str] = mapped_column(sa.Text)
    """What the person wrote or chose, without what looks personal."""
    reply: Mapped[str] = mapped_column(sa.Text)
    records: Mapped[list[list[str]]] = mapped_column(sa.JSON)
    """Records the answer cites: kind (``programme``, ``kontakte``) and id."""
    drawn_at: Mapped[dt.datetime] = mapped_column(_TIME)
    verdict: Mapped[str | None] = mapped_column(sa.String(16))
    """One of ``bot.records.spot_checks.Verdict``; ``None`` while nobody has judged."""
    note: Mapped[str] = mapped_column(sa.Text)
    judged_by: Mapped[str | None] = mapped_column(sa.String(120))
    """Name of the account."""
    judged_at: Mapped[dt.datetime | None] = mapped_column(_TIME)
    task: Mapped[str | None] = mapped_column(sa.String(16))
    """Number of the task that came of it."""
