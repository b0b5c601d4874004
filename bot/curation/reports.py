"""What visitors report, for staff: facts that are no longer right, and barriers."""

from __future__ import annotations

import sqlalchemy as sa

from bot.errors import NavigatorError
from bot.records.audit import AuditLog
from bot.records.reports import OpenReport, ReportStore

LOOKED = "meldung.angesehen"
DONE = "meldung.erledigt"


def look(engine: sa.Engine, number: str, who: str) -> OpenReport:
    """Return a report with the address for an answer, and note who looked.

    Raises:
        NavigatorError: If it is not open.
    """
    report = next((each for each in ReportStore(engine).open_reports() if each.number == number), None)
    if report is None:
        raise _not_open(number)
    AuditLog(engine).add(who, LOOKED, number)
    return report


def close(engine: sa.Engine, number: str, who: str) -> None:
    """Mark a report as done; its address is erased.

    Raises:
        NavigatorError: If it is not open.
    """
    if not ReportStore(engine).close(number):
        raise _not_open(number)
    AuditLog(engine).add(who, DONE, number)


def _not_open(number: str) -> NavigatorError:
    return NavigatorError(f"Eine offene Meldung {number} gibt es nicht – vielleicht hat sie schon jemand erledigt.")
