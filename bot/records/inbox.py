"""Store of what came in through messengers: each thing once, worked off in order, emptied once it is answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import sqlalchemy as sa

from bot.database import insert_or_ignore, writing
from bot.records.messenger_tables import Correspondent, InboxMessage


class State(str, Enum):
    """How far a message is."""

    OPEN = "offen"
    DONE = "erledigt"


@dataclass(frozen=True)
class NewMessage:
    """Something that came in."""

    external_hash: str
    """Keyed hash of the id the service gave it."""
    conversation_id: str
    address: str = field(repr=False)
    sent_at: dt.datetime
    body: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Waiting:
    """A message that is to be answered now."""

    id: int
    external_hash: str
    conversation_id: str
    body: Mapping[str, Any] = field(repr=False)
    attempts: int
    """This one included."""


class InboxStore:
    """Reads and writes what came in. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, channel: str, messages: Sequence[NewMessage], now: dt.datetime) -> int:
        """Store what came in, all or nothing; what came before is ignored. Return how much was new."""
        with writing(self._engine).begin() as connection:
            return sum(_add(connection, channel, message, now) for message in messages)

    def take(self, conversation_id: str) -> Waiting | None:
        """Return the message of a conversation that is to be answered next, and count the attempt."""
        query = (
            sa.select(InboxMessage)
            .where(*is_waiting(sa.literal(conversation_id)))
            .order_by(InboxMessage.sent_at, InboxMessage.id)
            .limit(1)
        )
        with writing(self._engine).begin() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            attempts = row.attempts + 1
            connection.execute(sa.update(InboxMessage).where(InboxMessage.id == row.id).values(attempts=attempts))
        return Waiting(row.id, row.external_hash, conversation_id, row.body or {}, attempts)


def is_waiting(conversation_id: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what holds of the messages of a conversation that nobody has answered yet."""
    return InboxMessage.conversation_id == conversation_id, InboxMessage.state == State.OPEN.value


def _add(connection: sa.Connection, channel: str, message: NewMessage, now: dt.datetime) -> int:
    row = {
        "channel": channel,
        "external_hash": message.external_hash,
        "conversation_id": message.conversation_id,
        "sent_at": message.sent_at,
        "received_at": now,
        "state": State.OPEN.value,
        "attempts": 0,
        "body": dict(message.body),
    }
    if not insert_or_ignore(connection, InboxMessage, row):
        return 0
    person = {"conversation_id": message.conversation_id, "channel": channel, "address": message.address,
              "last_at": now}
    if not insert_or_ignore(connection, Correspondent, person):
        known = sa.update(Correspondent).where(Correspondent.conversation_id == message.conversation_id)
        connection.execute(known.values(last_at=now))
    return 1
