"""Tables of the messengers: who writes to us, what came in, what goes out, which options were offered.

Addresses of people stand in ``correspondent`` and nowhere else. Ids of messages are kept as keyed hashes, so that a
repetition is known even after everything else was erased.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import Base
from bot.records.tables import CONVERSATION_ID

_HASH = sa.String(64)
_TIME = sa.DateTime(timezone=True)


class Correspondent(Base):
    """Somebody who writes through a messenger: the one place that knows the address."""

    __tablename__ = "correspondent"

    conversation_id: Mapped[str] = mapped_column(CONVERSATION_ID, primary_key=True)
    """``<channel>:<keyed hash of the address>``."""
    channel: Mapped[str] = mapped_column(sa.String(40))
    address: Mapped[str] = mapped_column(sa.String(255))
    notice_at: Mapped[dt.datetime | None] = mapped_column(_TIME)
    """When the person was last told that a machine answers and what happens with the data."""
    last_at: Mapped[dt.datetime] = mapped_column(_TIME, index=True)
    """When the person last wrote; decides the window of the service and when the row is deleted."""
    claimed_by: Mapped[str | None] = mapped_column(sa.String(40))
    """Who is answering right now: one task of one process."""
    claimed_until: Mapped[dt.datetime | None] = mapped_column(_TIME)
    """After that another process may go on."""
    erasure: Mapped[str | None] = mapped_column(sa.String(16))
    """One of ``bot.records.correspondents.Erasure`` while the person waits to hear that everything was erased."""


class InboxMessage(Base):
    """One thing that came in. After it was handled, or erased, only the hash of its id is left for a while."""

    __tablename__ = "inbox"
    __table_args__ = (sa.UniqueConstraint("channel", "external_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(sa.String(40))
    external_hash: Mapped[str] = mapped_column(_HASH)
    conversation_id: Mapped[str | None] = mapped_column(CONVERSATION_ID, index=True)
    """``None`` after it was erased."""
    sent_at: Mapped[dt.datetime] = mapped_column(_TIME)
    received_at: Mapped[dt.datetime] = mapped_column(_TIME, index=True)
    state: Mapped[str] = mapped_column(sa.String(16), index=True)
    """One of ``bot.records.inbox.State``."""
    attempts: Mapped[int] = mapped_column(default=0)
    """So often somebody began to answer it; a message that kills every process is given up."""
    body: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    """Kind, text and token; ``None`` as soon as it was handled."""


class OutboxMessage(Base):
    """One message that goes out."""

    __tablename__ = "outbox"
    __table_args__ = (sa.UniqueConstraint("key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    """Messages of one conversation go out in this order."""
    key: Mapped[str] = mapped_column(sa.String(64))
    """Idempotency key: the same for every attempt, so that an answer is stored once."""
    conversation_id: Mapped[str] = mapped_column(CONVERSATION_ID, index=True)
    state: Mapped[str] = mapped_column(sa.String(16), index=True)
    """One of ``bot.records.outbox.State``."""
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[dt.datetime] = mapped_column(_TIME)
    """Not to be tried before."""
    body: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    """Text and options; ``None`` as soon as it was sent."""


class Choice(Base):
    """An option that was offered, known to the messenger only by its token."""

    __tablename__ = "choice"

    token: Mapped[str] = mapped_column(sa.String(22), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(CONVERSATION_ID, index=True)
    latest: Mapped[bool]
    """Whether it stands under the last answer that offered anything; only then a digit or its title chooses it."""
    number: Mapped[int]
    by_digit: Mapped[bool]
    """Whether the bare number chooses it; not if the answer asks for a number."""
    title: Mapped[str] = mapped_column(sa.String(200))
    payload: Mapped[str | None] = mapped_column(sa.Text)
    """What the bot gets; ``None`` if the option shows the rest of a shortened answer."""
    rest: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)
    """The rest of a shortened answer."""
    created_at: Mapped[dt.datetime] = mapped_column(_TIME, index=True)
