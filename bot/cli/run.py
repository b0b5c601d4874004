"""``python -m bot run``: everything up to date, then the web service."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("run")(run)


def run() -> None:
    """Bringt Datenbank, Wissensbasis und Modell auf den neuesten Stand und startet den Webdienst."""
    from bot import log
    from bot.instance import load_instance
    from bot.runtime.prepare import timed
    from bot.runtime.quiet import drop_warnings, quiet_rasa
    from bot.settings import load_settings

    settings = load_settings()
    log.configure(settings.log_level)
    instance = load_instance(settings)
    say = timed(typer.echo)
    say("Der Digitalnavigator startet …")
    drop_warnings()
    quiet_rasa()
    from bot.cli._service import start_service

    start_service(settings, instance, say)
