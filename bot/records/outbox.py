"""Store of what goes out through messengers: in order, until it is delivered or given up; then it is emptied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import sqlalchemy as sa

from bot.database import writing
from bot.records.messenger_tables import OutboxMessage


class State(str, Enum):
    """How far a message is."""

    OPEN = "offen"
    SENT = "gesendet"
    GIVEN_UP = "aufgegeben"


@dataclass(frozen=True)
class Due:
    """A message that may be sent now."""

    id: int
    key: str
    """The same for every attempt."""
    body: Mapping[str, Any] = field(repr=False)
    attempts: int
    """Those before."""


class OutboxStore:
    """Reads and writes what goes out. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def due(self, conversation_id: str, now: dt.datetime) -> Due | None:
        """Return the next message of a conversation if it may be sent by now; the ones behind it wait for it."""
        query = (
            sa.select(OutboxMessage).where(*is_waiting(sa.literal(conversation_id))).order_by(OutboxMessage.id).limit(1)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query.where(OutboxMessage.next_at <= now)).one_or_none()
        return Due(row.id, row.key, row.body or {}, row.attempts) if row else None

    def sent(self, message: Due) -> None:
        """Note that a message was delivered, and empty it."""
        self._close(message, State.SENT)

    def give_up(self, message: Due) -> None:
        """Note that a message cannot be delivered, and empty it."""
        self._close(message, State.GIVEN_UP)

    def later(self, conversation_id: str, message: Due, next_at: dt.datetime) -> None:
        """Note that an attempt failed; nothing goes out to this person before the given moment."""
        with writing(self._engine).begin() as connection:
            connection.execute(
                sa.update(OutboxMessage).where(OutboxMessage.id == message.id).values(attempts=message.attempts + 1))
            waiting = sa.update(OutboxMessage).where(*is_waiting(sa.literal(conversation_id)))
            connection.execute(waiting.values(next_at=next_at))

    def _close(self, message: Due, state: State) -> None:
        closing = sa.update(OutboxMessage).where(OutboxMessage.id == message.id)
        with writing(self._engine).begin() as connection:
            connection.execute(closing.values(state=state.value, body=sa.null(), attempts=message.attempts + 1))


def is_waiting(conversation_id: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Return what holds of the messages to a person that are still to be sent."""
    return OutboxMessage.conversation_id == conversation_id, OutboxMessage.state == State.OPEN.value


Keyed = tuple[str, Mapping[str, Any]]
"""Key and body of a message."""


def enqueue(connection: sa.Connection, conversation_id: str, messages: Sequence[Keyed], now: dt.datetime) -> None:
    """Put messages behind those that wait; they wait as long as these.

    Args:
        connection: Of the transaction they belong to.
        conversation_id: To whom they go.
        messages: What goes out, in order.
        now: The present moment.
    """
    blocked = sa.select(sa.func.max(OutboxMessage.next_at)).where(*is_waiting(sa.literal(conversation_id)))
    next_at = connection.execute(blocked).scalar_one() or now
    rows = [
        {"key": key, "conversation_id": conversation_id, "state": State.OPEN.value, "attempts": 0, "next_at": next_at,
         "body": dict(body)}
        for key, body in messages
    ]
    if rows:
        connection.execute(sa.insert(OutboxMessage), rows)


def give_up_all(connection: sa.Connection, conversation_id: str) -> None:
    """Send nothing that still waits for a person."""
    waiting = sa.update(OutboxMessage).where(*is_waiting(sa.literal(conversation_id)))
    connection.execute(waiting.values(state=State.GIVEN_UP.value, body=sa.null()))
