"""``python -m bot pause …``: take one programme, intent or channel out of service at once, and put it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli._inbox import account, current_engine, printable
from bot.errors import NavigatorError

if TYPE_CHECKING:
    from bot.curation.pausing import Pausing
    from knowledge_base.pauses import Paused

Kind = Annotated[str, typer.Argument(metavar="ART", help="programm, absicht oder kanal")]
What = Annotated[str, typer.Argument(metavar="WAS", help="Kennung oder Name.")]
Text = Annotated[str, typer.Argument(metavar="TEXT", help="Was der Bot stattdessen sagt.")]
Who = Annotated[str, typer.Option("--as", help="Ihr Konto an der Werkbank; es braucht die Rolle Freigabe.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Pausen: sofort herausnehmen und wieder aufnehmen.", no_args_is_help=True)
    for name, command in (("list", list_all), ("set", pause), ("end", end)):
        commands.command(name)(command)
    app.add_typer(commands, name="pause")


def list_all() -> None:
    """Zeigt, was pausiert ist."""
    from bot.curation.pausing import KINDS

    found = _pausing().all()
    for each in found:
        typer.echo(printable(f"{KINDS[each.kind]} {each.subject}, von {each.who}: {each.text}"))
    typer.echo(f"Pausiert: {len(found)}")


def pause(kind: Kind, what: What, text: Text, who: Who) -> None:
    """Nimmt etwas sofort heraus, ohne zweite Person. Der Bot sagt dann Ihren Text."""
    from bot.records.rights import Right

    made = _pausing().pause(_kind(kind), what, text, account(who, Right.RELEASE))
    typer.echo(f"Pausiert: {made.subject}. In einer Sekunde gilt es.")


def end(kind: Kind, what: What, who: Who) -> None:
    """Beendet eine Pause."""
    from bot.records.rights import Right

    _pausing().resume(_kind(kind), what, account(who, Right.RELEASE))
    typer.echo("Die Pause ist beendet.")


def _kind(value: str) -> Paused:
    from knowledge_base.pauses import Paused

    if value not in {kind.value for kind in Paused}:
        raise NavigatorError(f"„{value[:40]}“ lässt sich nicht pausieren – möglich sind programm, absicht und kanal.")
    return Paused(value)


def _pausing() -> Pausing:
    from bot.curation.pausing import Pausing
    from bot.instance import load_instance
    from bot.settings import load_settings
    from knowledge_base.store import KnowledgeStore

    engine = current_engine()
    return Pausing(engine, KnowledgeStore(engine), load_instance(load_settings()))
