"""``python -m bot purge``: delete what is older than promised."""

from __future__ import annotations

import typer

from bot.errors import NavigatorError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("purge")(purge)


def purge() -> None:
    """Löscht, was älter ist als zugesagt. Der laufende Dienst tut das von selbst alle sechs Stunden."""
    import datetime as dt

    from bot.cli._inbox import current_engine
    from bot.instance import load_instance
    from bot.records.retention import retention_rules
    from bot.runtime.forgetting import forget
    from bot.settings import load_settings

    engine = current_engine()
    rules = retention_rules(engine, load_instance(load_settings()).privacy.retention_days)
    gone = forget(engine, rules, dt.datetime.now(dt.timezone.utc))
    if gone is None:
        raise NavigatorError("Es löscht gerade ein anderer Prozess – versuchen Sie es in einer Minute noch einmal.")
    for rule in rules:
        said = "hat nicht geklappt, siehe Protokoll" if gone[rule.name] is None else f"{gone[rule.name]} gelöscht"
        typer.echo(f"{rule.title} (älter als {rule.days} {'Tag' if rule.days == 1 else 'Tage'}): {said}")
    if None in gone.values():
        raise NavigatorError("Nicht alles ließ sich löschen – prüfen Sie die Datenbank und starten Sie noch einmal.")
