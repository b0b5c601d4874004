"""Store of call-back requests: drafted in the conversation, sent with consent, closed by staff."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import sqlalchemy as sa

from bot.database import writing
from bot.records.tables import Callback

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that no word comes about, and no digits, which one mistakes for an amount."""
_LENGTH = 6
_FIELDS = ("way", "address", "best_time", "about")


class State(str, Enum):
    """How far a request is. Staff see only what was sent."""

    DRAFT = "entwurf"
    OPEN = "offen"
    DONE = "erledigt"


@dataclass(frozen=True)
class CallbackRequest:
    """One request as it stands in the table."""

    number: str
    state: State
    changed_at: dt.datetime
    way: str | None = None
    address: str | None = None
    best_time: str | None = None
    about: dict[str, Any] = field(default_factory=dict)


class CallbackStore:
    """Reads and writes requests. Synchronous: call it in a thread. One conversation has at most one request."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def find(self, conversation_id: str) -> CallbackRequest | None:
        """Return the request of a conversation, whatever its state."""
        with self._engine.connect() as connection:
            row = connection.execute(_rows().where(Callback.conversation_id == conversation_id)).one_or_none()
        return _request(row) if row else None

    def conversation_of(self, number: str) -> str | None:
        """Return the conversation in which a request was made; ``None`` if there is no such number."""
        query = sa.select(Callback.conversation_id).where(Callback.number == number)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar_one_or_none()

    def draft(self, conversation_id: str, **changes: Any) -> CallbackRequest:
        """Note what is known so far; a request that was sent stays as it is.

        Args:
            conversation_id: Whose request it is.
            **changes: New values of ``way``, ``address``, ``best_time``, ``about``.
        """
        assert set(changes) <= set(_FIELDS), changes
        now = _now()
        of_conversation = Callback.conversation_id == conversation_id
        with writing(self._engine).begin() as connection:
            connection.execute(sa.delete(Callback).where(of_conversation, Callback.state == State.DONE.value))
            update = sa.update(Callback).where(of_conversation, Callback.state == State.DRAFT.value)
            changed = connection.execute(update.values(**changes, changed_at=now)).rowcount
            if not changed and not connection.execute(_rows().where(of_conversation)).one_or_none():
                row = {
                    "about": {},
                    **changes,
                    "conversation_id": conversation_id,
                    "number": new_number(),
                    "state": State.DRAFT.value,
                    "created_at": now,
                    "changed_at": now,
                }
                connection.execute(sa.insert(Callback).values(**row))
            return _request(connection.execute(_rows().where(of_conversation)).one())

    def send(self, conversation_id: str) -> CallbackRequest | None:
        """Hand the draft to staff; sent twice it is still one request. ``None`` if there is nothing to send."""
        of_conversation = Callback.conversation_id == conversation_id
        draft = sa.update(Callback).where(
            of_conversation, Callback.state == State.DRAFT.value, Callback.address.is_not(None)
        )
        with writing(self._engine).begin() as connection:
            connection.execute(draft.values(state=State.OPEN.value, changed_at=_now()))
            row = connection.execute(_rows().where(of_conversation, Callback.state == State.OPEN.value)).one_or_none()
        return _request(row) if row else None

    def withdraw(self, conversation_id: str, *, only_draft: bool = False) -> bool:
        """Erase the request of a conversation; whether there was one."""
        which = [Callback.conversation_id == conversation_id]
        which += [Callback.state == State.DRAFT.value] if only_draft else []
        with writing(self._engine).begin() as connection:
            return connection.execute(sa.delete(Callback).where(*which)).rowcount > 0

    def open_requests(self) -> list[CallbackRequest]:
        """Return what was sent and not yet done, the oldest first."""
        query = _rows().where(Callback.state == State.OPEN.value).order_by(Callback.changed_at)
        with self._engine.connect() as connection:
            return [_request(row) for row in connection.execute(query)]

    def close(self, number: str) -> bool:
        """Mark a request as done and erase what is personal; whether it was open."""
        closing = sa.update(Callback).where(Callback.number == number, Callback.state == State.OPEN.value)
        erased = {"address": None, "best_time": None, "state": State.DONE.value, "changed_at": _now()}
        with writing(self._engine).begin() as connection:
            return connection.execute(closing.values(**erased)).rowcount > 0


def new_number(kind: str = "R") -> str:
    """Return a number that nobody can guess and everybody can spell on the phone, e.g. ``R-KXQTMB``."""
    return f"{kind}-" + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def _rows() -> sa.Select[Any]:
    return sa.select(Callback.number, Callback.state, Callback.changed_at, *(getattr(Callback, f) for f in _FIELDS))


def _request(row: sa.Row[Any]) -> CallbackRequest:
    return CallbackRequest(**{**row._mapping, "state": State(row.state)})


def _now() -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc)
