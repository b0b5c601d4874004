"""``python -m bot usage``: what people look for and how well they are answered, in a terminal."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from bot.cli._inbox import current_engine

if TYPE_CHECKING:
    from bot.curation.usage import Figures

_DAYS = 30
_FORMATS = ["%d.%m.%Y", "%Y-%m-%d"]
First = Annotated[Optional[dt.datetime], typer.Option(
    "--from", formats=_FORMATS, help="Erster Tag, z. B. 01.11.2026; sonst 30 Tage bis zum letzten.")]
Last = Annotated[Optional[dt.datetime], typer.Option("--to", formats=_FORMATS, help="Letzter Tag; sonst heute.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("usage")(usage)


def usage(first: First = None, last: Last = None) -> None:
    """Zeigt, was Menschen suchen und wie gut der Bot antwortet: dieselben Zahlen wie die Seite „Auswertung“."""
    from bot.clock import today
    from bot.curation.usage import Period, figures
    from knowledge_base.store import KnowledgeStore

    end = last.date() if last else today()
    begin = first.date() if first else end - dt.timedelta(days=_DAYS - 1)
    engine = current_engine()
    found = figures(engine, KnowledgeStore(engine), Period.of(begin, end))
    typer.echo("\n".join(_lines(found)))


def _lines(found: Figures) -> list[str]:
    lines = [f"Auswertung vom {found.period.first:%d.%m.%Y} bis zum {found.period.last:%d.%m.%Y}", ""]
    lines += [f"{name}: {value}" for name, value in found.overview]
    for table in found.tables:
        lines += ["", f"{table.title} ({table.unit})"]
        lines += [f"  {line.text:>8}  {line.label}" for line in table.lines if line.number] or ["  noch nichts"]
    if found.weeks:
        lines += ["", "Stichprobe (richtig / teilweise / falsch)"]
    for week in found.weeks:
        counts = " / ".join(str(number) for number in week.counts)
        lines.append(f"  Woche ab {week.monday:%d.%m.%Y}: {counts}")
    return lines
