"""Table of the daily counters. It holds numbers only: no text, no name of a conversation, no two things together."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base


class UsageCountRow(Base):
    """How often something happened on a day."""

    __tablename__ = "usage_count"
    __table_args__ = {"sqlite_with_rowid": False}
    """Sums of a year are read in the order of the key."""

    measure: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    """One of ``bot.records.usage.Measure``."""
    value: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    """What was counted, e.g. the id of a topic."""
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    """In Germany."""
    number: Mapped[int]
