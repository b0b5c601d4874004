"""``python -m bot proposals``: what staff propose; release or reject it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli._inbox import person, printable

if TYPE_CHECKING:
    from bot.curation.opening import Curation
    from bot.curation.proposals import Look

Numbers = Annotated[list[str], typer.Argument(metavar="NUMMER…", help="Ein Vorschlag oder mehrere, z. B. V-KXQTMB.")]
Number = Annotated[str, typer.Argument(metavar="NUMMER", help="Ein Vorschlag, z. B. V-KXQTMB.")]
Who = Annotated[str, typer.Option("--as", help="Ihr Konto an der Werkbank; so steht es im Protokoll.")]
Why = Annotated[str, typer.Option("--why", help="Warum abgelehnt wird.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Vorschläge der Redaktion: ansehen, freigeben, ablehnen.", no_args_is_help=True)
    for name, command in (("list", list_open), ("show", show), ("release", release), ("reject", reject)):
        commands.command(name)(command)
    app.add_typer(commands, name="proposals")


def list_open() -> None:
    """Zeigt alle offenen Vorschläge, die zuletzt geänderten zuerst."""
    from bot.records.proposals import OPEN, TITLES

    found = _open().proposals.store.listed(OPEN)
    for each in found:
        typer.echo(f"{each.number}  {TITLES[each.state]}  {printable(each.title)} ({printable(each.author_title)})")
    typer.echo(f"Offene Vorschläge: {len(found)}")


def show(number: Number) -> None:
    """Zeigt einen Vorschlag: was er ändert und was die Prüfung dazu sagt."""
    for line in _lines(_open().proposals.look(number.strip().upper())):
        typer.echo(printable(line))


def release(numbers: Numbers, who: Who) -> None:
    """Gibt Vorschläge frei, alle zusammen oder keinen. Die eigenen gibt jemand anderes frei."""
    curation = _open()
    done = curation.releasing.release([number.strip().upper() for number in numbers], person(who))
    typer.echo(f"Freigegeben (Freigabe {done.release.id}). {done.live}")
    for number in done.outdated:
        typer.echo(f"{number} ist jetzt veraltet und muss noch einmal angesehen werden.")


def reject(number: Number, who: Who, why: Why) -> None:
    """Lehnt einen Vorschlag ab und sagt, warum."""
    rejected = _open().proposals.reject(number.strip().upper(), person(who), why)
    typer.echo(f"{rejected.number} ist abgelehnt.")


def _open() -> Curation:
    from bot.cli._inbox import current_engine
    from bot.curation.opening import open_curation
    from bot.settings import load_settings

    return open_curation(load_settings(), current_engine())


def _lines(look: Look) -> Iterator[str]:
    from bot.records.proposals import TITLES

    proposal = look.proposal
    yield f"{proposal.number}  {proposal.title}"
    yield f"  {TITLES[proposal.state]}, von {proposal.author_title}: {proposal.reason}"
    for path, fields in look.differences.items():
        yield f"  {path}"
        yield from (f"    {each}" for each in fields)
    for path in look.meanwhile:
        yield f"  Inzwischen geändert: {path}"
    yield from (f"  {problem}" for problem in look.problems)
