"""``python -m bot db …``: the tables of the database."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Tabellen der Datenbank.", no_args_is_help=True, callback=_group)
    commands.command("upgrade")(upgrade_tables)
    app.add_typer(commands, name="db")


def _group() -> None:
    """Tabellen der Datenbank."""


def upgrade_tables() -> None:
    """Legt die Tabellen an oder bringt sie auf den neuesten Stand."""
    from bot.database import create_engine_from
    from bot.settings import load_settings
    from knowledge_base.migrate import upgrade

    engine = create_engine_from(load_settings())
    upgrade(engine)
    typer.echo("Die Tabellen sind auf dem neuesten Stand.")
