"""``python -m bot doctor``: what is wrong with this installation."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)


def doctor() -> None:
    """Prüft die Installation und sagt, was fehlt und was zu tun ist. Ändert nichts."""
    from bot.cli._doctor import Level, examine
    from bot.settings import load_settings

    found = examine(load_settings())
    for each in found:
        typer.echo(f"[{each.level.value}] {each.text}")
    count = {level: sum(each.level is level for each in found) for level in Level}
    typer.echo(f"Fehler: {count[Level.FAULT]}, Hinweise: {count[Level.HINT]}.")
    raise typer.Exit(1 if count[Level.FAULT] else 0)
