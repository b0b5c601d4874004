"""Store of the people who write through messengers: who they are, and which process answers them right now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum

import sqlalchemy as sa

from bot.database import writing
from bot.records import inbox, outbox
from bot.records.messenger_tables import Choice, Correspondent, InboxMessage, OutboxMessage


class Erasure(str, Enum):
    """How far the erasure of a correspondence is."""

    CONFIRM = "bestaetigen"
    """Everything is gone but the address; the person must be told."""
    LEAVE = "entfernen"
    """The person is being told; the address goes as soon as that was delivered."""


class ClaimLost(Exception):
    """Another process answers this person meanwhile; it does what is left to do."""


@dataclass(frozen=True)
class Claimed:
    """Somebody whom this process answers for a while, and nobody else."""

    conversation_id: str
    by: str
    """Who took the person; a claim that ran out and was taken anew is another one, in the same process too."""
    address: str = field(repr=False)
    notice_at: dt.datetime | None
    """When the person was last told that a machine answers, UTC."""
    erasure: Erasure | None


class CorrespondentStore:
    """Reads and writes correspondents. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def claim(self, channel: str, worker: str, now: dt.datetime, until: dt.datetime) -> Claimed | None:
        """Take somebody who waits for something and whom nobody else answers; who waits longest comes first.

        Args:
            channel: Only people who write through this channel.
            worker: Who takes the person.
            now: The present moment.
            until: So long the claim holds if it is not kept up.
        """
        free = sa.or_(Correspondent.claimed_until.is_(None), Correspondent.claimed_until <= now)
        first = sa.select(sa.func.min(InboxMessage.id)).where(*inbox.is_waiting(Correspondent.conversation_id))
        query = (
            sa.select(Correspondent)
            .where(Correspondent.channel == channel, free, _has_work(now))
            .order_by(sa.func.coalesce(first.scalar_subquery(), 0))
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with writing(self._engine).begin() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            mine = sa.update(Correspondent).where(Correspondent.conversation_id == row.conversation_id)
            connection.execute(mine.values(claimed_by=worker, claimed_until=until))
        notice_at = row.notice_at and row.notice_at.replace(tzinfo=row.notice_at.tzinfo or dt.timezone.utc)
        erasure = Erasure(row.erasure) if row.erasure else None
        return Claimed(row.conversation_id, worker, row.address, notice_at, erasure)

    def keep(self, conversation_id: str, worker: str, until: dt.datetime) -> bool:
        """Keep a claim for longer; whether it still was the worker's."""
        update = sa.update(Correspondent).where(*_mine(conversation_id, worker)).values(claimed_until=until)
        with writing(self._engine).begin() as connection:
            return connection.execute(update).rowcount > 0

    def release(self, conversation_id: str, worker: str) -> None:
        """Let others claim the person; who was erased and told so is forgotten."""
        with writing(self._engine).begin() as connection:
            query = sa.select(Correspondent).where(*_mine(conversation_id, worker)).with_for_update()
            row = connection.execute(query).one_or_none()
            if row is None:
                return
            if row.erasure == Erasure.LEAVE.value and not _is_busy(connection, conversation_id):
                for table in (OutboxMessage, Choice, Correspondent):
                    connection.execute(sa.delete(table).where(table.conversation_id == conversation_id))
                return
            free = sa.update(Correspondent).where(Correspondent.conversation_id == conversation_id)
            connection.execute(free.values(claimed_by=None, claimed_until=None))

    def erasure(self, conversation_id: str) -> Erasure | None:
        """Return how far the erasure of a correspondence is; ``None`` if nobody asked for it."""
        query = sa.select(Correspondent.erasure).where(Correspondent.conversation_id == conversation_id)
        with self._engine.connect() as connection:
            found = connection.execute(query).scalar_one_or_none()
        return Erasure(found) if found else None

    def purge(self, before: dt.datetime) -> int:
        """Delete everybody who wrote nothing since, with all that belongs to them; return how many."""
        with writing(self._engine).begin() as connection:
            gone = connection.execute(sa.delete(Correspondent).where(Correspondent.last_at < before)).rowcount
            known = sa.select(Correspondent.conversation_id)
            done = sa.and_(OutboxMessage.state != outbox.State.OPEN.value, OutboxMessage.next_at < before)
            for table, old in (
                (InboxMessage, InboxMessage.received_at < before),
                (OutboxMessage, sa.or_(done, OutboxMessage.conversation_id.not_in(known))),
                (Choice, sa.or_(Choice.created_at < before, Choice.conversation_id.not_in(known))),
            ):
                connection.execute(sa.delete(table).where(old))
        return gone


def erase_correspondence(connection: sa.Connection, conversation_id: str) -> None:
    """Erase what a messenger knows of a conversation, within the transaction that erases the conversation.

    What the person wrote since stays and begins a new conversation. The address stays until the person was told.
    """
    for table in (OutboxMessage, Choice):
        connection.execute(sa.delete(table).where(table.conversation_id == conversation_id))
    answered = sa.update(InboxMessage).where(
        InboxMessage.conversation_id == conversation_id, InboxMessage.state == inbox.State.DONE.value)
    connection.execute(answered.values(conversation_id=None, body=sa.null()))
    told = sa.update(Correspondent).where(Correspondent.conversation_id == conversation_id)
    connection.execute(told.values(erasure=Erasure.CONFIRM.value, notice_at=None))


def _mine(conversation_id: str, worker: str) -> tuple[sa.ColumnElement[bool], ...]:
    return Correspondent.conversation_id == conversation_id, Correspondent.claimed_by == worker


def _has_work(now: dt.datetime) -> sa.ColumnElement[bool]:
    """Something came in, something may go out, or somebody is to be forgotten."""
    came_in = sa.exists().where(*inbox.is_waiting(Correspondent.conversation_id))
    waiting = outbox.is_waiting(Correspondent.conversation_id)
    goes_out = sa.exists().where(*waiting, OutboxMessage.next_at <= now)
    leaves = sa.and_(Correspondent.erasure == Erasure.LEAVE.value, sa.not_(sa.exists().where(*waiting)))
    return sa.or_(came_in, goes_out, leaves)


def _is_busy(connection: sa.Connection, conversation_id: str) -> bool:
    came_in = sa.exists().where(*inbox.is_waiting(sa.literal(conversation_id)))
    goes_out = sa.exists().where(*outbox.is_waiting(sa.literal(conversation_id)))
    return bool(connection.execute(sa.select(sa.or_(came_in, goes_out))).scalar_one())
