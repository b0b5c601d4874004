"""Store of conversations: events are appended, one turn is one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.database import Base, snapshot, writing
from bot.errors import NavigatorError
from bot.records.callbacks import State
from bot.records.correspondents import erase_correspondence
from bot.records.masking import Masking
from bot.records.spot_checks import erase_checks
from bot.records.tables import Callback, Conversation, ConversationEvent, ConversationReply, Feedback
from bot.records.unclear_turns import Unclear, erase_unclear, note_unclear

_DRAFT_KEPT = dt.timedelta(days=1)
"""So long an address may lie in a call-back request that was never sent."""

# The statements of every turn, put together once: SQLAlchemy takes longer to build them than to run them.
_conversation, _event, _reply, _callback = (
    Base.metadata.tables[each.__tablename__]
    for each in (Conversation, ConversationEvent, ConversationReply, Callback))
_ID: sa.BindParameter[str] = sa.bindparam("of_conversation")
_FIND_CHECKPOINT = sa.select(
    _conversation.c.checkpoint_seq, _conversation.c.checkpoint).where(_conversation.c.id == _ID)
_FIND_EVENTS = sa.select(_event.c.data).where(
    _event.c.conversation_id == _ID, _event.c.seq >= sa.bindparam("first")).order_by(_event.c.seq)
_FIND_REPLY = sa.select(_reply.c.messages).where(
    _reply.c.conversation_id == _ID, _reply.c.message_id == sa.bindparam("of_message"))
_FIND_ADDRESS = sa.select(_callback.c.address).where(
    _callback.c.conversation_id == _ID, _callback.c.address.is_not(None))
_TOUCH, _BEGIN = sa.update(_conversation).where(_conversation.c.id == _ID), sa.insert(_conversation)
_ADD_EVENTS, _ADD_REPLY = sa.insert(_event), sa.insert(_reply)


class ConversationConflict(NavigatorError):
    """Somebody else stored a turn of the same conversation meanwhile. Load it again and repeat the turn."""


@dataclass(frozen=True)
class Checkpoint:
    """From where on events are loaded, and what was known just before."""

    seq: int = 0
    """Number of the first event that is loaded."""
    state: dict[str, Any] | None = None
    """Slots and active loop before that event; ``None`` at the start of a session."""


@dataclass(frozen=True)
class StoredWindow:
    """The part of a conversation that matters for the next turn."""

    checkpoint: Checkpoint
    events: list[dict[str, Any]]

    @property
    def next_seq(self) -> int:
        """Number of the next event."""
        return self.checkpoint.seq + len(self.events)


@dataclass(frozen=True)
class Begun:
    """What a turn begins with."""

    window: StoredWindow | None
    """``None`` if there is no such conversation."""
    reply: list[dict[str, Any]] | None = None
    """The messages that were sent for this message id, if it was answered before; then no window is read."""


@dataclass(frozen=True)
class StoredReply:
    """A reply that is kept for a repeated message."""

    message_id: str
    messages: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Turn:
    """What one turn adds to a conversation."""

    conversation_id: str
    first_seq: int
    """Number of the first new event."""
    events: Sequence[dict[str, Any]] = field(default_factory=list)
    """New events as Rasa's dictionaries."""
    checkpoint: Checkpoint | None = None
    """New checkpoint, if it moves."""
    reply: StoredReply | None = None
    channel: str = "rasa"
    unclear: Unclear | None = None
    """The turn, if staff should look at it."""


class ConversationStore:
    """Reads and writes conversations. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def begin(self, conversation_id: str, message_id: str | None) -> Begun:
        """Return the stored reply of a repeated message, else the events since the checkpoint."""
        with snapshot(self._engine) as connection:
            reply = self._reply(connection, conversation_id, message_id) if message_id is not None else None
            return Begun(self._window(connection, conversation_id) if reply is None else None, reply)

    def load(self, conversation_id: str) -> StoredWindow | None:
        """Return the events since the checkpoint, or ``None`` if there is no such conversation."""
        return self.begin(conversation_id, None).window

    def load_all(self, conversation_id: str) -> StoredWindow | None:
        """Return every event of the conversation, or ``None`` if there is no such conversation."""
        with self._engine.connect() as connection:
            events = self._events(connection, conversation_id, 0)
        return StoredWindow(Checkpoint(), events) if events else None

    def append(self, turn: Turn) -> None:
        """Store events, checkpoint and reply of one turn together, without anything personal (``masking.py``).

        Raises:
            ConversationConflict: If another process was faster.
        """
        now = dt.datetime.now(dt.timezone.utc)
        try:
            with writing(self._engine).begin() as connection:
                own = _own_addresses(connection, turn.conversation_id)
                turn = _masked(turn, own)
                self._touch(connection, turn, now)
                self._add_events(connection, turn)
                if turn.reply is not None:
                    connection.execute(_ADD_REPLY, {
                        "conversation_id": turn.conversation_id, "message_id": turn.reply.message_id,
                        "created_at": now, "messages": list(turn.reply.messages)})
                if turn.unclear is not None:
                    note_unclear(connection, turn.conversation_id, turn.unclear, own)
        except IntegrityError as error:
            raise ConversationConflict("Die Unterhaltung ging inzwischen weiter. Bitte erneut senden.") from error

    def find_reply(self, conversation_id: str, message_id: str) -> list[dict[str, Any]] | None:
        """Return the messages that were sent for this message id, if it was answered before."""
        with self._engine.connect() as connection:
            return self._reply(connection, conversation_id, message_id)

    def ids(self) -> list[str]:
        """Return the ids of all conversations."""
        with self._engine.connect() as connection:
            return list(connection.execute(sa.select(Conversation.id).order_by(Conversation.started_at)).scalars())

    def erase(self, conversation_id: str) -> bool:
        """Delete a conversation with everything that belongs to it; whether there was one."""
        with writing(self._engine).begin() as connection:
            erase_correspondence(connection, conversation_id)
            return _delete(connection, Conversation.id == conversation_id) > 0

    def purge(self, before: dt.datetime) -> int:
        """Delete the conversations whose last turn was earlier; return how many. Old call-back requests go too."""
        forgotten = dt.datetime.now(dt.timezone.utc) - _DRAFT_KEPT
        unsent = sa.and_(Callback.state == State.DRAFT.value, Callback.changed_at < forgotten)
        with writing(self._engine).begin() as connection:
            connection.execute(sa.delete(Callback).where(sa.or_(Callback.changed_at < before, unsent)))
            return _delete(connection, Conversation.last_at < before)

    @staticmethod
    def _reply(connection: sa.Connection, conversation_id: str, message_id: str) -> list[dict[str, Any]] | None:
        key = {"of_conversation": conversation_id, "of_message": message_id}
        return connection.execute(_FIND_REPLY, key).scalar_one_or_none()

    def _window(self, connection: sa.Connection, conversation_id: str) -> StoredWindow | None:
        row = connection.execute(_FIND_CHECKPOINT, {"of_conversation": conversation_id}).one_or_none()
        if row is None:
            return None
        events = self._events(connection, conversation_id, row.checkpoint_seq)
        return StoredWindow(Checkpoint(row.checkpoint_seq, row.checkpoint), events)

    @staticmethod
    def _events(connection: sa.Connection, conversation_id: str, first_seq: int) -> list[dict[str, Any]]:
        key = {"of_conversation": conversation_id, "first": first_seq}
        return list(connection.execute(_FIND_EVENTS, key).scalars())

    @staticmethod
    def _touch(connection: sa.Connection, turn: Turn, now: dt.datetime) -> None:
        """Update the row of the conversation, or begin one."""
        values: dict[str, Any] = {"last_at": now}
        if turn.checkpoint is not None:
            values.update(checkpoint_seq=turn.checkpoint.seq, checkpoint=turn.checkpoint.state)
        if connection.execute(_TOUCH, {"of_conversation": turn.conversation_id, **values}).rowcount == 0:
            row = {"id": turn.conversation_id, "channel": turn.channel, "started_at": now, "checkpoint_seq": 0}
            connection.execute(_BEGIN, {**row, **values})

    @staticmethod
    def _add_events(connection: sa.Connection, turn: Turn) -> None:
        rows = [
            {"conversation_id": turn.conversation_id, "seq": turn.first_seq + number, "type": event["event"],
             "timestamp": event["timestamp"], "data": event}
            for number, event in enumerate(turn.events)
        ]
        if rows:
            connection.execute(_ADD_EVENTS, rows)


def _delete(connection: sa.Connection, which: sa.ColumnElement[bool]) -> int:
    ids = sa.select(Conversation.id).where(which).scalar_subquery()
    erase_unclear(connection, ids)
    erase_checks(connection, ids)
    for child in (ConversationReply, ConversationEvent, Feedback, Callback):
        connection.execute(sa.delete(child).where(child.conversation_id.in_(ids)))
    return connection.execute(sa.delete(Conversation).where(which)).rowcount


def _own_addresses(connection: sa.Connection, conversation_id: str) -> list[str]:
    """The address this person left for a call-back, if any."""
    found = connection.execute(_FIND_ADDRESS, {"of_conversation": conversation_id}).scalars()
    return [address for address in found if address]


def _masked(turn: Turn, own: Sequence[str]) -> Turn:
    said = (str(event.get("text") or "") for event in turn.events if event.get("event") == "user")
    masking, reply, checkpoint = Masking(own, said), turn.reply, turn.checkpoint
    return replace(
        turn,
        events=[masking.event(event) for event in turn.events],
        checkpoint=checkpoint and replace(checkpoint, state=masking.of_person(checkpoint.state)),
        reply=reply and replace(reply, messages=masking.of_bot(list(reply.messages))),
    )
