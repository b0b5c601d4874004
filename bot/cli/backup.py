"""``python -m bot backup`` and ``restore``: everything in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

File = Annotated[Path, typer.Argument(metavar="DATEI", help="Die Sicherung, zum Beispiel sicherung.tar.gz.")]
WithModels = Annotated[bool, typer.Option("--with-models", help="Auch das Modell; sonst wird neu trainiert.")]
WithSecrets = Annotated[bool, typer.Option("--with-secrets", help="Auch Schlüssel; dann die Datei gut verschließen.")]
Overwrite = Annotated[bool, typer.Option("--content", help="Vorhandene Inhalte durch die der Sicherung ersetzen.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(file: File, with_models: WithModels = False, with_secrets: WithSecrets = False) -> None:
    """Sichert Datenbank und Inhalte in eine Datei. Der Dienst darf dabei weiterlaufen."""
    from bot.cli._backup import back_up
    from bot.database import create_engine_from
    from bot.settings import load_settings

    settings = load_settings()
    done = back_up(settings, create_engine_from(settings), file, with_models, with_secrets)
    typer.echo(f"Gesichert in {file}: {done.rows} Zeilen der Datenbank, {done.files} Dateien, {done.models} Modelle"
               f"{', mit Schlüsseln' if done.secrets else ', ohne Schlüssel'}.")
    typer.echo("In der Sicherung stehen Gespräche und Rückrufe. Nur Sie dürfen sie lesen, das muss so bleiben.")


def restore(file: File, content: Overwrite = False) -> None:
    """Spielt eine Sicherung in eine leere Installation ein. Was abgelaufen ist, wird gleich gelöscht."""
    import datetime as dt

    from bot.cli._backup import restore as put_back
    from bot.database import create_engine_from
    from bot.instance import load_instance
    from bot.records.retention import retention_rules
    from bot.runtime.forgetting import forget
    from bot.settings import load_settings

    settings = load_settings()
    engine = create_engine_from(settings)
    done = put_back(settings, engine, file, content)
    rules = retention_rules(engine, load_instance(settings).privacy.retention_days)
    gone = forget(engine, rules, dt.datetime.now(dt.timezone.utc)) or {}
    typer.echo(f"Zurückgespielt: {done.rows} Zeilen der Datenbank, {done.files} Dateien, {done.models} Modelle"
               f"{', mit Schlüsseln' if done.secrets else ', ohne Schlüssel'}.")
    if not done.files:
        typer.echo("Die vorhandenen Inhalte sind geblieben. Mit --content ersetzt die Sicherung sie.")
    typer.echo(f"Abgelaufen und gelöscht: {sum(each or 0 for each in gone.values())}.")
    typer.echo("Wer nach dieser Sicherung um Löschung gebeten hat, ist wieder da – löschen Sie noch einmal.")
