"""Store of what people report through a form: facts that are no longer right, and barriers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa

from bot.database import writing
from bot.records.callbacks import State, new_number
from bot.records.masking import without_personal
from bot.records.tables import Report

_SHOWN = ("number", "kind", "subject", "text", "contact", "created_at")


class ReportKind(str, Enum):
    """What a report is about."""

    ERROR = "fehler"
    """„Stimmt nicht mehr?“: the subject is the id of a programme or contact."""
    BARRIER = "barriere"
    """Something on a page cannot be used; the subject is the page."""


@dataclass(frozen=True)
class OpenReport:
    """A report that nobody has closed yet."""

    number: str
    kind: ReportKind
    subject: str
    text: str
    contact: str | None
    created_at: dt.datetime


class ReportStore:
    """Reads and writes reports. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, kind: ReportKind, subject: str, text: str, contact: str | None = None) -> str:
        """Store a report; what looks personal is struck out of its text.

        Args:
            kind: What it is about.
            subject: Id of the programme or contact, or the page; at most 200 characters.
            text: What the person wrote.
            contact: Mail address to which the person wants an answer.

        Returns:
            The number that the person may quote.
        """
        number = new_number("M")
        own = [contact] if contact else []
        row = {
            "number": number,
            "kind": kind.value,
            "state": State.OPEN.value,
            "subject": without_personal(subject, own),
            "text": without_personal(text, own),
            "contact": contact or None,
            "created_at": dt.datetime.now(dt.timezone.utc),
        }
        with writing(self._engine).begin() as connection:
            connection.execute(sa.insert(Report).values(**row))
        return number

    def open_reports(self) -> list[OpenReport]:
        """Return what is not done yet, the oldest first."""
        columns: list[Any] = [getattr(Report, name) for name in _SHOWN]
        query = sa.select(*columns).where(Report.state == State.OPEN.value).order_by(Report.created_at)
        with self._engine.connect() as connection:
            rows = connection.execute(query).all()
        return [OpenReport(**{**row._mapping, "kind": ReportKind(row.kind)}) for row in rows]

    def close(self, number: str) -> bool:
        """Mark a report as done and erase the address; whether it was open."""
        closing = sa.update(Report).where(Report.number == number, Report.state == State.OPEN.value)
        with writing(self._engine).begin() as connection:
            return connection.execute(closing.values(state=State.DONE.value, contact=None)).rowcount > 0

    def purge(self, before: dt.datetime) -> int:
        """Delete the reports that came earlier, done or not; return how many."""
        with writing(self._engine).begin() as connection:
            return connection.execute(sa.delete(Report).where(Report.created_at < before)).rowcount
