"""``python -m bot callbacks``: who wants to be called back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli._inbox import TERMINAL, What, current_engine

if TYPE_CHECKING:
    from bot.curation.callbacks import Waiting


Wanted = Annotated[What, typer.Argument(metavar="[done NUMMER]", help="done: diesen Rückruf schließen.")]
Number = Annotated[str, typer.Argument(hidden=True)]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("callbacks")(callbacks)


def callbacks(what: Wanted = What.LIST, number: Number = "") -> None:
    """Zeigt, wer um einen Rückruf bittet. Mit „done NUMMER“ ist einer erledigt; seine Adresse wird gelöscht."""
    if what is What.DONE:
        _close(number.strip().upper())
        return
    from bot.curation.callbacks import waiting
    from bot.instance import load_instance
    from bot.settings import load_settings

    found = waiting(current_engine(), load_instance(load_settings()).human_handoff.reply_within)
    for each in found:
        typer.echo("\n".join(_lines(each)))
    typer.echo(f"Offene Rückrufe: {len(found)}")


def _close(number: str) -> None:
    from bot.curation.callbacks import close

    close(current_engine(), number, TERMINAL)
    typer.echo(f"{number} ist erledigt. Rufnummer oder Adresse sind gelöscht.")


def _lines(waiting: Waiting) -> Iterator[str]:
    request = waiting.request
    due = f", spätestens am {waiting.due:%d.%m.%Y}: {waiting.urgency.value}" if waiting.due else ""
    yield f"{request.number}  gewünscht am {request.changed_at:%d.%m.%Y}{due}"
    yield f"  {request.way}: {request.address}" + (f", {request.best_time}" if request.best_time else "")
    for name, value in request.about.items():
        yield f"  {name.capitalize()}: {'; '.join(value) if isinstance(value, list) else value}"
