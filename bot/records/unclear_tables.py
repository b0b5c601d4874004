"""Tables of what staff have to look at: turns that the bot did not answer well, and tasks that came of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base

_TIME = sa.DateTime(timezone=True)


class UnclearTurnRow(Base):
    """Something a person wrote that was not understood or not answered well. It vanishes with its conversation."""

    __tablename__ = "unclear_turn"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        sa.String(255), sa.ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    request_id: Mapped[str] = mapped_column(sa.String(64))
    """Request that was answered; a rating names it."""
    at: Mapped[dt.datetime] = mapped_column(_TIME)
    why: Mapped[str] = mapped_column(sa.String(20))
    """One of ``bot.records.unclear_turns.Why``."""
    rating: Mapped[str | None] = mapped_column(sa.String(40))
    """Why the answer did not help, if the person said so (``bot.records.feedback.Reason``)."""
    text: Mapped[str] = mapped_column(sa.Text)
    """What the person wrote, without what looks personal."""
    intent: Mapped[str] = mapped_column(sa.String(80))
    """What the bot took it for."""
    confidence: Mapped[float]
    alternatives: Mapped[list[list[Any]]] = mapped_column(sa.JSON)
    """Likeliest intents with their confidence."""
    entities: Mapped[list[list[str]]] = mapped_column(sa.JSON)
    """What was recognised: kind and value."""
    decision: Mapped[str | None] = mapped_column(sa.String(20), index=True)
    """One of ``bot.records.unclear_turns.Decision``; ``None`` while nobody has decided."""
    chosen_intent: Mapped[str | None] = mapped_column(sa.String(80))
    sentence: Mapped[str | None] = mapped_column(sa.Text)
    """The sentence as it is to be added; ``None`` for a further copy of one that is added already."""
    decided_by: Mapped[str | None] = mapped_column(sa.String(120))
    """Name of the account."""
    decided_at: Mapped[dt.datetime | None] = mapped_column(_TIME)
    task: Mapped[str | None] = mapped_column(sa.String(16))
    """Number of the task that was made of it."""
    proposal: Mapped[str | None] = mapped_column(sa.String(16))
    """Number of the proposal that adds it."""


class EditorialTaskRow(Base):
    """Something the editors have to write, e.g. a catalogue entry that is missing."""

    __tablename__ = "editorial_task"

    number: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    """E.g. ``A-KXQTMB``."""
    kind: Mapped[str] = mapped_column(sa.String(20))
    """One of ``bot.records.editorial_tasks.TaskKind``."""
    text: Mapped[str] = mapped_column(sa.Text)
    """The sentence that led to it, without what looks personal."""
    note: Mapped[str] = mapped_column(sa.Text)
    who: Mapped[str] = mapped_column(sa.String(120))
    """Who made it, in words."""
    at: Mapped[dt.datetime] = mapped_column(_TIME)
    done_by: Mapped[str | None] = mapped_column(sa.String(120))
    done_at: Mapped[dt.datetime | None] = mapped_column(_TIME, index=True)
