"""``python -m bot train``: train the model."""

from __future__ import annotations

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("train")(train)


def train(
    force: Annotated[bool, typer.Option("--force", help="Auch dann, wenn sich nichts geändert hat.")] = False,
) -> None:
    """Trainiert das Modell, wenn sich die Trainingsdaten geändert haben."""
    from bot import log
    from bot.runtime.prepare import prepare_database, timed
    from bot.runtime.quiet import drop_warnings
    from bot.settings import load_settings
    from bot.training import train_if_needed

    settings = load_settings()
    log.configure(settings.log_level)
    drop_warnings()
    say = timed(typer.echo)
    prepare_database(settings, say)
    train_if_needed(settings, say, force=force)
