"""``python -m bot staff …``: accounts of the workbench in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import sqlalchemy as sa

    from bot.records.accounts import Account
    from bot.settings import Settings

Name = Annotated[str, typer.Argument(metavar="NAME", help="Name, mit dem sich die Person anmeldet.")]
Title = Annotated[str, typer.Option("--title", help="Vor- und Nachname.")]
Roles = Annotated[
    list[str],
    typer.Option("--role", help="Rolle, mehrmals möglich: lesen, redaktion, freigabe, verwaltung, datenschutz."),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Konten der Werkbank.", no_args_is_help=True)
    commands.command("list")(show)
    commands.command("invite")(invite)
    commands.command("reset")(reset)
    app.add_typer(commands, name="staff")


def show() -> None:
    """Zeigt alle Konten mit ihren Rollen."""
    from bot.cli._inbox import current_engine
    from bot.records.accounts import AccountStore

    found = AccountStore(current_engine()).all()
    for account in found:
        roles = ", ".join(account.role_titles) or "keine Rolle"
        typer.echo(f"{account.name}  {account.title}: {roles}{_state(account)}")
    typer.echo(f"Konten: {len(found)}")


def invite(name: Name, title: Title = "", role: Roles = ["lesen"]) -> None:  # noqa: B006
    """Legt ein Konto an und zeigt einen Link, mit dem die Person einmal ein Kennwort wählt."""
    from bot.errors import NavigatorError
    from bot.records.accounts import AccountStore
    from bot.records.audit import TERMINAL
    from bot.records.rights import Role

    known = {each.value: each for each in Role}
    wrong = [each for each in role if each not in known]
    if wrong:
        raise NavigatorError(f"Die Rolle „{wrong[0]}“ gibt es nicht – möglich sind {', '.join(known)}.")
    settings, engine = _open()
    account = AccountStore(engine).add(name, title or name, [known[each] for each in role], TERMINAL)
    typer.echo(f"Konto „{account.name}“ ist angelegt: {', '.join(account.role_titles)}.")
    _echo_link(settings, engine, account)


def reset(name: Name) -> None:
    """Zeigt einen Link, mit dem die Person einmal ein neues Kennwort wählt."""
    from bot.errors import NavigatorError
    from bot.records.accounts import AccountStore

    settings, engine = _open()
    account = AccountStore(engine).named(name)
    if account is None or not account.active:
        raise NavigatorError(
            f"Ein offenes Konto „{name}“ gibt es nicht – sehen Sie mit „python -m bot staff list“ nach.")
    _echo_link(settings, engine, account)


def _open() -> tuple[Settings, sa.Engine]:
    from bot.cli._inbox import current_engine
    from bot.settings import load_settings

    return load_settings(), current_engine()


def _echo_link(settings: Settings, engine: sa.Engine, account: Account) -> None:
    from bot.records.audit import TERMINAL
    from bot.records.one_time_links import VALID, LinkStore
    from bot.workbench.secret import load_secret
    from bot.workbench.start import link_to

    token = LinkStore(engine, load_secret(settings)).make(account.id, TERMINAL, account.name)
    typer.echo(f"Link für {account.title} (einmal, {VALID.days} Tage lang): {link_to(settings, token)}")


def _state(account: Account) -> str:
    if not account.active:
        return ", gesperrt"
    return "" if account.has_password or account.subject else ", noch kein Kennwort"
