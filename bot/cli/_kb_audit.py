"""``python -m bot kb stale`` and ``kb audit``: what has to be read again; how many errors a reader finds."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from bot.clock import today
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.curation.fact_audit.results import Result

FOLDER = Path("knowledge_base") / "audits"
_LARGEST_SEED = 1_000_000

Ahead = Annotated[int, typer.Option("--ahead", min=0, help="Auch, was in so vielen Tagen fällig wird.")]
Sample = Annotated[int, typer.Option("--sample", min=0, help="So viele offene Programme auslosen.")]
Seed = Annotated[Optional[int], typer.Option("--seed", min=0, help="Zahl für die Auslosung; sonst Zufall.")]
Take = Annotated[Optional[Path], typer.Option("--take", help="Ausgefülltes Prüfblatt auswerten.")]


def stale(ahead: Ahead = 0) -> None:
    """Nennt die Programme und Kontakte, die wieder gegen ihre Quellen gelesen werden müssen."""
    from knowledge_base.loader import load_catalogue
    from knowledge_base.review import due

    day = today()
    found = due(load_catalogue(load_settings().catalogue_dir), day, ahead)
    for each in found:
        over = each.days_over(day)
        state = f"seit {over} Tagen fällig" if over > 0 else "heute fällig" if over == 0 else f"in {-over} Tagen"
        typer.echo(f"{each.on:%d.%m.%Y}  {state:<24}  {each.why:<10}  {each.record_id}  {each.name}")
    typer.echo(f"{len(found)} Einträge sind zu prüfen." if found else "Nichts ist fällig.")


def audit(sample: Sample = 0, seed: Seed = None, take: Take = None) -> None:
    """Lost offene Programme zur Prüfung aus, wertet ein Prüfblatt aus oder zeigt alle Ergebnisse."""
    if take is not None:
        _report(take)
    elif sample:
        _draw(sample, secrets.randbelow(_LARGEST_SEED) if seed is None else seed)
    else:
        _trend()


def _draw(sample: int, seed: int) -> None:
    from bot.curation.fact_audit.sheet import draw, write
    from knowledge_base.loader import load_catalogue

    settings, day = load_settings(), today()
    sheet = draw(load_catalogue(settings.catalogue_dir).programmes.values(), sample, seed, day)
    file = settings.content_dir / FOLDER / f"{day:%Y-%m-%d}-{seed}.yml"
    write(sheet, file)
    claims = sum(len(record.claims) for record in sheet.records)
    typer.echo(f"{len(sheet.records)} von {sheet.population} offenen Programmen mit {claims} Aussagen: {file}")


def _report(file: Path) -> None:
    from bot.curation.fact_audit.results import evaluate
    from bot.curation.fact_audit.sheet import read

    result = evaluate(read(file))
    for record, claim in result.findings:
        typer.echo(f"{record.id} – {claim.about} ({claim.verdict.value if claim.verdict else ''}): {claim.text}")
        typer.echo(f"    {claim.note}")
    typer.echo(_line(result))


def _trend() -> None:
    from bot.curation.fact_audit.results import trend

    results = trend(load_settings().content_dir / FOLDER)
    for result in results:
        typer.echo(_line(result))
    if not results:
        typer.echo("Es gibt noch kein fertiges Prüfblatt – beginnen Sie mit „python -m bot kb audit --sample 40“.")


def _line(result: Result) -> str:
    from bot.evaluation.numbers import percent

    share = result.errors
    return (f"{result.drawn_on:%d.%m.%Y}: {share.right} von {share.total} Einträgen mit Fehler = "
            f"{percent(share.value)} (95 %: {percent(share.low)} bis {percent(share.high)}); "
            f"falsche Beträge oder Fristen: {result.costly}; "
            f"nicht zu klären: {result.unclear} Aussagen.")
