"""Store of what the editors still have to write."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa

from bot.database import writing
from bot.records.callbacks import new_number
from bot.records.unclear_tables import EditorialTaskRow


class TaskKind(str, Enum):
    """What is to be written."""

    ENTRY = "eintrag"
    """A catalogue entry that is missing."""
    INTENT = "absicht"
    """A new intent."""
    ANSWER = "antwort"
    """An answer that somebody found wrong; the text is the number of the spot check."""


TITLES = {TaskKind.ENTRY: "Fehlender Katalogeintrag", TaskKind.INTENT: "Neue Absicht",
          TaskKind.ANSWER: "Falsche Antwort"}
"""What people read."""


@dataclass(frozen=True)
class Task:
    """A task that is not done yet."""

    number: str
    kind: TaskKind
    text: str
    note: str
    who: str
    at: dt.datetime


_COLUMNS: tuple[Any, ...] = tuple(getattr(EditorialTaskRow, name) for name in Task.__dataclass_fields__)


class TaskStore:
    """Reads and writes tasks. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, kind: TaskKind, text: str, note: str, who: str) -> str:
        """Store a task and return its number."""
        number = new_number("A")
        row = {"number": number, "kind": kind.value, "text": text, "note": note, "who": who, "at": _now()}
        with writing(self._engine).begin() as connection:
            connection.execute(sa.insert(EditorialTaskRow).values(**row))
        return number

    def open_tasks(self) -> list[Task]:
        """Return what is not done, the oldest first."""
        query = sa.select(*_COLUMNS).where(EditorialTaskRow.done_at.is_(None)).order_by(EditorialTaskRow.at)
        with self._engine.connect() as connection:
            return [Task(**{**row._mapping, "kind": TaskKind(row.kind)}) for row in connection.execute(query)]

    def close(self, number: str, who: str) -> bool:
        """Mark a task as done and forget what a person wrote; whether it was open."""
        closing = sa.update(EditorialTaskRow).where(
            EditorialTaskRow.number == number, EditorialTaskRow.done_at.is_(None))
        with writing(self._engine).begin() as connection:
            return connection.execute(closing.values(done_by=who, done_at=_now(), text="")).rowcount > 0

    def remove(self, number: str) -> None:
        """Delete a task that was made by mistake, if it is still open."""
        with writing(self._engine).begin() as connection:
            connection.execute(sa.delete(EditorialTaskRow).where(
                EditorialTaskRow.number == number, EditorialTaskRow.done_at.is_(None)))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc)
