"""What visitors report, for staff: facts that are no longer right, and barriers."""

from __future__ import annotations

import sqlalchemy as sa

from bot.curation.noted_looks import NotedLooks
from bot.records.reports import OpenReport, ReportStore

_NOTED = NotedLooks(
    "meldung.angesehen", "meldung.erledigt",
    "Eine offene Meldung {} gibt es nicht – vielleicht hat sie schon jemand erledigt.")


def look(engine: sa.Engine, number: str, who: str) -> OpenReport:
    """Return a report with the address for an answer, and note who looked; see ``NotedLooks.look``."""
    return _NOTED.look(engine, ReportStore(engine).open_reports(), number, who)


def close(engine: sa.Engine, number: str, who: str) -> None:
    """Mark a report as done; its address is erased. See ``NotedLooks.closed``."""
    _NOTED.closed(engine, ReportStore(engine).close(number), number, who)


def open_report(engine: sa.Engine, number: str) -> OpenReport | None:
    """Return a report without its address being looked at; ``None`` if it is not open."""
    found = ReportStore(engine).open_reports() if number else []
    return next((each for each in found if each.number == number), None)
