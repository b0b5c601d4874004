"""Tables of the conversations and of what people tell us. What belongs to a ``conversation`` vanishes with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base

CONVERSATION_ID = sa.String(255)
_PARENT = "conversation.id"


class Conversation(Base):
    """Somebody who talks to the bot, known only by a random token of the channel."""

    __tablename__ = "conversation"

    id: Mapped[str] = mapped_column(CONVERSATION_ID, primary_key=True)
    channel: Mapped[str] = mapped_column(sa.String(40))
    started_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    last_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True), index=True)
    """Time of the last turn, UTC; decides when the conversation is deleted."""
    checkpoint_seq: Mapped[int] = mapped_column(default=0)
    """Only events from this number on are loaded again."""
    checkpoint: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    """State of the dialogue (slots, active loop) just before that event; ``None`` at the start of a session."""


class ConversationEvent(Base):
    """One Rasa event. Rows are appended and never changed."""

    __tablename__ = "conversation_event"

    conversation_id: Mapped[str] = mapped_column(
        CONVERSATION_ID, sa.ForeignKey(_PARENT, ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Number within the conversation, from 0; the key makes a second writer fail instead of mixing turns."""
    type: Mapped[str] = mapped_column(sa.String(60))
    timestamp: Mapped[float]
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON)


class ConversationReply(Base):
    """The reply to a message that came with an id: a repeated message gets it again."""

    __tablename__ = "conversation_reply"

    conversation_id: Mapped[str] = mapped_column(
        CONVERSATION_ID, sa.ForeignKey(_PARENT, ondelete="CASCADE"), primary_key=True)
    message_id: Mapped[str] = mapped_column(sa.String(128), primary_key=True)
    created_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    messages: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)


class Callback(Base):
    """The wish of somebody to be called or written to; one per conversation.

    The address stands here and nowhere else (see ``bot/records/masking.py``). There is no foreign key: a wish may be
    noted before the first turn of its conversation is stored.
    """

    __tablename__ = "callback"

    conversation_id: Mapped[str] = mapped_column(CONVERSATION_ID, primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(16), unique=True)
    """What the person is told, e.g. ``R-KXQTMB``."""
    state: Mapped[str] = mapped_column(sa.String(16))
    """One of ``bot.records.callbacks.State``."""
    way: Mapped[str | None] = mapped_column(sa.String(16))
    """``telefon`` or ``email``."""
    address: Mapped[str | None] = mapped_column(sa.String(254))
    """Phone number or mail address as the person wrote it; erased when the wish is done."""
    best_time: Mapped[str | None] = mapped_column(sa.String(120))
    about: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    """What it is about: topic, place, programmes, in words."""
    created_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    changed_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True), index=True)


class Feedback(Base):
    """Whether one answer helped; a later rating of the same answer replaces the earlier one."""

    __tablename__ = "feedback"

    conversation_id: Mapped[str] = mapped_column(
        CONVERSATION_ID, sa.ForeignKey(_PARENT, ondelete="CASCADE"), primary_key=True)
    request_id: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    """Request that was answered."""
    helpful: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(sa.String(40))
    """One of ``bot.records.feedback.Reason``."""
    changed_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))


class Report(Base):
    """What somebody tells us through a form: a fact that is no longer right, or a barrier."""

    __tablename__ = "report"

    number: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    """What the person is told, e.g. ``M-KXQTMB``."""
    kind: Mapped[str] = mapped_column(sa.String(16))
    """One of ``bot.records.reports.ReportKind``."""
    state: Mapped[str] = mapped_column(sa.String(16))
    """``offen`` or ``erledigt`` (``bot.records.callbacks.State``)."""
    subject: Mapped[str] = mapped_column(sa.String(200))
    """Id of the programme or contact, or the page it is about."""
    text: Mapped[str] = mapped_column(sa.Text)
    """What the person wrote, without addresses."""
    contact: Mapped[str | None] = mapped_column(sa.String(254))
    """Mail address for an answer, if the person gave one; erased when the report is done."""
    created_at: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True), index=True)


class Secret(Base):
    """A random key that all processes share, e.g. to sign forms. Made once, when it is first needed."""

    __tablename__ = "secret"

    name: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    value: Mapped[str] = mapped_column(sa.String(64))
