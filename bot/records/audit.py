"""The log of who changed what: entries are added and read, there is nothing else one can do with them.

Nothing in it comes from a citizen. Entries are kept as long as the service runs: they show who answers for a fact.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.database import writing
from bot.records.staff_tables import AuditRow

TERMINAL = "Terminal"
"""Who did it, if somebody used a command."""
_COLUMNS: tuple[Any, ...] = (
    AuditRow.id, AuditRow.at, AuditRow.who, AuditRow.action, AuditRow.subject, AuditRow.before, AuditRow.after)
_AT_ONCE = 500


@dataclass(frozen=True)
class Entry:
    """Something a member of staff did."""

    id: int
    at: dt.datetime
    who: str
    action: str
    subject: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Filter:
    """Which entries are wanted; what is empty does not restrict."""

    who: str = ""
    action: str = ""
    """The beginning of an action, e.g. ``konto.``."""
    subject: str = ""
    """Part of a subject."""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    """Only earlier entries."""


def note(connection: sa.Connection, who: str, action: str, subject: str, *, before: Any = None, after: Any = None
         ) -> None:
    """Add an entry in the transaction of the change itself, so that neither is there without the other.

    Args:
        connection: With an open transaction.
        who: Name of the account.
        action: Dotted name in German, e.g. ``vorschlag.freigegeben``.
        subject: What it was done to.
        before: What was there, as JSON; never anything a citizen wrote, and no password.
        after: What is there now.
    """
    connection.execute(sa.insert(AuditRow).values(
        at=dt.datetime.now(dt.timezone.utc), who=who[:120], action=action, subject=subject[:200], before=before,
        after=after))


class AuditLog:
    """Adds and reads entries. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, who: str, action: str, subject: str, *, before: Any = None, after: Any = None) -> None:
        """Add an entry on its own; see ``note``."""
        with writing(self._engine).begin() as connection:
            note(connection, who, action, subject, before=before, after=after)

    def find(self, wanted: Filter, limit: int = 50, before_id: int | None = None) -> list[Entry]:
        """Return the newest entries.

        Args:
            wanted: Which ones.
            limit: At most so many.
            before_id: Only older ones than this entry, to leaf through them.
        """
        query = sa.select(*_COLUMNS).where(*_conditions(wanted)).order_by(AuditRow.id.desc()).limit(limit)
        if before_id is not None:
            query = query.where(AuditRow.id < before_id)
        with self._engine.connect() as connection:
            return [Entry(**row._mapping) for row in connection.execute(query)]

    def all(self, wanted: Filter) -> Iterator[Entry]:
        """Yield every entry, the newest first, without holding them all in memory."""
        last: int | None = None
        while found := self.find(wanted, _AT_ONCE, last):
            yield from found
            last = found[-1].id

    def actors(self) -> list[str]:
        """Return everybody who stands in the log, by name."""
        with self._engine.connect() as connection:
            return list(connection.execute(sa.select(AuditRow.who).distinct().order_by(AuditRow.who)).scalars())


def _conditions(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.who:
        found.append(AuditRow.who == wanted.who)
    if wanted.action:
        found.append(AuditRow.action.startswith(wanted.action, autoescape=True))
    if wanted.subject:
        found.append(AuditRow.subject.icontains(wanted.subject, autoescape=True))
    if wanted.since:
        found.append(AuditRow.at >= wanted.since)
    if wanted.until:
        found.append(AuditRow.at < wanted.until)
    return found
