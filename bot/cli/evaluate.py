"""``python -m bot evaluate``: how well the bot understands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

if TYPE_CHECKING:
    from bot.evaluation.bars import Row


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evaluate")(evaluate)


def evaluate(
    fast: Annotated[bool, typer.Option("--fast", help="Nur die Prüfsätze messen.")] = False,
    stock: Annotated[
        bool, typer.Option("--stock", help="Auch Standard-Rasa neu trainieren und messen; das dauert lange.")
    ] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Die Werte als neuen Stand übernehmen (Dateien in tests/nlu).")
    ] = False,
    reason: Annotated[
        Optional[str], typer.Option("--reason", help="Warum der neue Stand schlechter sein darf.")
    ] = None,
    shared: Annotated[
        Optional[Path], typer.Option("--shared", help="Ordner mit fremdem Prüfmaterial; sonst ../shared.")
    ] = None,
) -> None:
    """Misst, wie gut der Bot versteht, und schreibt den Bericht nach <var>/evaluation/latest."""
    import dataclasses
    import datetime as dt
    from zoneinfo import ZoneInfo

    from bot.clock import today
    from bot.evaluation import bars, baseline, output, stock_results
    from bot.evaluation.run import evaluate as measure
    from bot.evaluation.run import load_inputs
    from bot.settings import load_settings

    settings = load_settings()
    root, folder, day = settings.content_dir, settings.var_dir / "evaluation", today().isoformat()
    inputs = load_inputs(root, shared or root.parent / "shared")
    report = measure(inputs, dt.datetime.now(ZoneInfo("Europe/Berlin")), typer.echo, fast=fast)
    if stock:
        typer.echo("Standard-Rasa wird trainiert. Das dauert eine Viertelstunde …")
        stock_results.measure_stock(inputs, folder, day)
    report = dataclasses.replace(report, stock=stock_results.last_stock(root, folder))
    accepted = baseline.read_accepted(root)
    rows = bars.rows(report, accepted.get("measures", {}))
    _show(rows, report.skipped)
    typer.echo(f"Der ganze Bericht: {output.write(folder / 'latest', report, rows, accepted)}")
    if accept:
        baseline.accept(root, report, day, reason)
        typer.echo(f"Als neuer Stand übernommen: {root / baseline.FOLDER}")


def _show(rows: Sequence[Row], skipped: Sequence[str]) -> None:
    """Print the table of measures and what was left out."""
    from bot.evaluation.html import goal, verdict
    from bot.evaluation.numbers import UNITS

    table = [("Maß", "Wert", "Ziel", "Ergebnis")]
    table += [(row.bar.title, UNITS[row.bar.unit](row.value), goal(row.bar), verdict(row.ok)) for row in rows]
    left, middle, right, _ = (max(map(len, column)) for column in zip(*table, strict=True))
    for title, value, wanted, result in table:
        typer.echo(f"{title:<{left}}  {value:>{middle}}  {wanted:<{right}}  {result}".rstrip())
    for line in skipped:
        typer.echo(f"Nicht gemessen: {line}")
