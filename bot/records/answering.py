"""The end of a message of a messenger: it is done and its answer lies in the outbox, in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from bot.database import writing
from bot.records import inbox
from bot.records.choices import Offered, offer
from bot.records.correspondents import ClaimLost, Erasure
from bot.records.inbox import Waiting
from bot.records.messenger_tables import Correspondent, InboxMessage
from bot.records.outbox import Keyed, enqueue, give_up_all


@dataclass(frozen=True)
class Answer:
    """What becomes of one message."""

    messages: Sequence[Keyed] = ()
    """What goes out, in order."""
    options: Sequence[Offered] = field(default=(), repr=False)
    notice_at: dt.datetime | None = None
    """Now, if the answer tells that a machine answers."""
    silent: bool = False
    """The person left: what waits is not sent either."""


class AnswerStore:
    """Writes answers. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def finish(self, worker: str, message: Waiting, answer: Answer, now: dt.datetime) -> None:
        """Close a message and put its answer into the outbox.

        Raises:
            ClaimLost: If another process took over; nothing is stored.
        """
        person = Correspondent.conversation_id == message.conversation_id
        with writing(self._engine).begin() as connection:
            query = sa.select(Correspondent.erasure).where(person, Correspondent.claimed_by == worker)
            row = connection.execute(query.with_for_update()).one_or_none()
            if row is None or not _close(connection, message, keep=row.erasure != Erasure.CONFIRM.value):
                raise ClaimLost
            # An erasure is confirmed by this answer; who writes again after that stays.
            erasure = Erasure.LEAVE.value if row.erasure == Erasure.CONFIRM.value else None
            changes: dict[str, Any] = {"erasure": erasure}
            if answer.notice_at is not None:
                changes["notice_at"] = answer.notice_at
            connection.execute(sa.update(Correspondent).where(person).values(**changes))
            if answer.silent:
                give_up_all(connection, message.conversation_id)
            enqueue(connection, message.conversation_id, answer.messages, now)
            offer(connection, message.conversation_id, answer.options, now)


def _close(connection: sa.Connection, message: Waiting, keep: bool) -> bool:
    """Empty the message; whether it was open. What was erased does not know its conversation any more."""
    values: dict[str, Any] = {"state": inbox.State.DONE.value, "body": sa.null()}
    if not keep:
        values["conversation_id"] = None
    open_row = sa.update(InboxMessage).where(
        InboxMessage.id == message.id, InboxMessage.state == inbox.State.OPEN.value)
    return connection.execute(open_row.values(**values)).rowcount > 0
