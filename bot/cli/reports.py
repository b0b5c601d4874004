"""``python -m bot reports``: what people report, and whether answers help them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli._inbox import TERMINAL, What, current_engine

if TYPE_CHECKING:
    from bot.records.feedback import Counts
    from bot.records.reports import OpenReport


Wanted = Annotated[What, typer.Argument(metavar="[done NUMMER]", help="done: diese Meldung schließen.")]
Number = Annotated[str, typer.Argument(hidden=True)]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("reports")(reports)


def reports(what: Wanted = What.LIST, number: Number = "") -> None:
    """Zeigt, was Menschen melden und wie sie Antworten bewerten. Mit „done NUMMER“ ist eine Meldung erledigt."""
    from bot.records.feedback import FeedbackStore
    from bot.records.reports import ReportStore

    engine = current_engine()
    if what is What.DONE:
        _close(number.strip().upper())
        return
    found = ReportStore(engine).open_reports()
    for report in found:
        typer.echo("\n".join(_lines(report)))
    typer.echo(f"Offene Meldungen: {len(found)}")
    typer.echo(_ratings(FeedbackStore(engine).counts()))


def _close(number: str) -> None:
    from bot.curation.reports import close

    close(current_engine(), number, TERMINAL)
    typer.echo(f"{number} ist erledigt. Eine Adresse, die dabei stand, ist gelöscht.")


def _lines(report: OpenReport) -> Iterator[str]:
    kinds = {"fehler": "Stimmt nicht mehr", "barriere": "Barriere"}
    about = f": {report.subject}" if report.subject else ""
    yield f"{report.number}  {kinds[report.kind.value]}{about}, gemeldet am {report.created_at:%d.%m.%Y}"
    yield from (f"  {line}" for line in _printable(report.text).splitlines())
    if report.contact:
        yield f"  Antwort an: {report.contact}"


def _printable(text: str) -> str:
    """Leave out control characters, which could steer the terminal of the reader."""
    return "".join(letter for letter in text if letter.isprintable() or letter == "\n")


def _ratings(counts: Counts) -> str:
    from bot.records.feedback import TITLES

    reasons = "; ".join(f"{TITLES[reason]}: {number}" for reason, number in counts.reasons.items())
    return (f"Bewertete Antworten: {counts.helpful} hilfreich, {counts.not_helpful} nicht"
            + (f" ({reasons})" if reasons else ""))
