"""How long each kind of record is kept, and the deleting of what is older. Kinds that stay: the deletion concept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from bot.database import Base, writing
from bot.log import get_logger
from bot.records.conversations import ConversationStore
from bot.records.correspondents import CorrespondentStore
from bot.records.reports import ReportStore
from bot.records.spot_checks import WORDS_DAYS, SpotCheckStore
from bot.records.staff_tables import OneTimeLink, StaffSessionRow
from bot.records.unclear_tables import EditorialTaskRow
from bot.records.usage import RETENTION_DAYS, UsageStore

TASK_DAYS = 180
"""So long a task is kept after it was done."""
_log = get_logger(__name__)


@dataclass(frozen=True)
class Rule:
    """One kind of record and its time."""

    name: str
    """In the log."""
    title: str
    """For staff."""
    days: int
    purge: Callable[[dt.datetime], int]
    """Deletes what is older and returns how much that was."""

    def apply(self, now: dt.datetime) -> int:
        """Delete what is too old; return how much that was."""
        number = self.purge(now - dt.timedelta(days=self.days))
        _log.info(f"{self.name}.forgotten", number=number, retention_days=self.days)
        return number


def retention_rules(engine: sa.Engine, retention_days: int) -> tuple[Rule, ...]:
    """Return the rules of this installation.

    Args:
        engine: The database.
        retention_days: What the agency promises in ``instance.yml``.
    """
    return (
        Rule("conversations", "Gespräche, mit Rückrufen und Bewertungen", retention_days,
             ConversationStore(engine).purge),
        Rule("messengers", "Adressen aus Messengern", retention_days, CorrespondentStore(engine).purge),
        Rule("reports", "Meldungen", retention_days, ReportStore(engine).purge),
        Rule("usage", "Zähler der Auswertung", RETENTION_DAYS, UsageStore(engine).purge),
        Rule("spot_checks", "Texte der Stichprobe (die Urteile so lange wie die Zähler)", WORDS_DAYS,
             SpotCheckStore(engine).purge),
        Rule("tasks", "Erledigte Aufgaben", TASK_DAYS, _older(engine, EditorialTaskRow, EditorialTaskRow.done_at)),
        Rule("sessions", "Abgelaufene Anmeldungen", 1, _older(engine, StaffSessionRow, StaffSessionRow.created_at)),
        Rule("links", "Abgelaufene Einladungen", 1, _older(engine, OneTimeLink, OneTimeLink.expires_at)),
    )


def _older(
    engine: sa.Engine, table: type[Base], time: InstrumentedAttribute[Any]
) -> Callable[[dt.datetime], int]:
    def purge(before: dt.datetime) -> int:
        with writing(engine).begin() as connection:
            return connection.execute(sa.delete(table).where(time < before)).rowcount

    return purge
