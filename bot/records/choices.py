"""Store of the options that were offered: a messenger knows only their tokens, numbers and titles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.records.messenger_tables import Choice


@dataclass(frozen=True)
class Offered:
    """One option that was offered."""

    token: str
    number: int
    title: str
    by_digit: bool = True
    """Whether the bare number chooses it."""
    payload: str | None = None
    """What the bot gets; ``None`` if it shows the rest of a shortened answer."""
    rest: Mapping[str, Any] | None = None
    """The rest of a shortened answer, as a message of the bot."""


class ChoiceStore:
    """Reads options. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def find(self, conversation_id: str, token: str) -> Offered | None:
        """Return the option with a token, however old; only to the person it was offered to."""
        query = _rows().where(Choice.conversation_id == conversation_id, Choice.token == token)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return Offered(**row._mapping) if row else None

    def latest(self, conversation_id: str) -> list[Offered]:
        """Return the options under the last answer that had any, in order."""
        query = _rows().where(Choice.conversation_id == conversation_id, Choice.latest).order_by(Choice.number)
        with self._engine.connect() as connection:
            return [Offered(**row._mapping) for row in connection.execute(query)]


def offer(connection: sa.Connection, conversation_id: str, options: Sequence[Offered], now: dt.datetime) -> None:
    """Store new options within a transaction; from now on numbers mean these. Without any the earlier ones stay."""
    if not options:
        return
    earlier = sa.update(Choice).where(Choice.conversation_id == conversation_id, Choice.latest)
    connection.execute(earlier.values(latest=False))
    rows = [
        {"conversation_id": conversation_id, "latest": True, "created_at": now, "token": option.token,
         "number": option.number, "title": option.title, "by_digit": option.by_digit, "payload": option.payload,
         "rest": dict(option.rest) if option.rest is not None else sa.null()}
        for option in options
    ]
    connection.execute(sa.insert(Choice), rows)


def _rows() -> sa.Select[Any]:
    return sa.select(Choice.token, Choice.number, Choice.title, Choice.by_digit, Choice.payload, Choice.rest)
