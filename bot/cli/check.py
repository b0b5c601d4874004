"""``python -m bot check``: all data checks at once."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(check_everything)


def check_everything() -> None:
    """Prüft Katalog, Trainingsdaten und Texte und nennt alle Fehler auf einmal."""
    import datetime as dt

    from bot.curation.checks import check_nlu_data
    from bot.settings import load_settings
    from knowledge_base.checks import check_directory
    from knowledge_base.problems import errors

    settings = load_settings()
    problems = [
        *check_directory(settings.content_dir / "knowledge_base" / "catalogue", dt.date.today())[1],
        *check_nlu_data(settings.content_dir),
    ]
    for problem in problems:
        typer.echo(str(problem))
    wrong = len(errors(problems))
    typer.echo(f"{wrong} Fehler, {len(problems) - wrong} Warnungen.")
    raise typer.Exit(1 if wrong else 0)
