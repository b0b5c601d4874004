"""``python -m bot inbox``: what the bot did not answer well, and what becomes of it, in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli._inbox import current_engine, person, printable
from bot.errors import NavigatorError

if TYPE_CHECKING:
    from bot.curation.inbox import Inbox

Number = Annotated[int, typer.Argument(metavar="NUMMER", help="Ein Satz, wie „list“ ihn nummeriert.")]
Intent = Annotated[str, typer.Argument(metavar="ABSICHT", help="Name, Titel oder ein paar Buchstaben davon.")]
Who = Annotated[str, typer.Option("--as", help="Ihr Konto an der Werkbank.")]
Sentence = Annotated[str, typer.Option("--sentence", help="So wird der Satz aufgenommen; sonst wie geschrieben.")]
Note = Annotated[str, typer.Option("--note", help="Eine Notiz zur Aufgabe.")]
Limit = Annotated[int, typer.Option("--limit", help="So viele Gruppen zeigen.", min=1)]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Posteingang: Fragen, die der Bot nicht gut beantwortet hat.", no_args_is_help=True)
    for name, command in (
        ("list", list_open), ("show", show), ("add", add), ("off-topic", off_topic), ("task", task),
        ("discard", discard), ("undo", undo), ("propose", propose), ("tasks", list_tasks), ("done", done),
    ):
        commands.command(name)(command)
    app.add_typer(commands, name="inbox")


def list_open(limit: Limit = 20) -> None:
    """Zeigt offene Sätze, ähnliche zusammen, die häufigsten zuerst."""
    inbox = _open()
    for group in inbox.groups()[:limit]:
        more = f"  (+ {group.size - 1} ähnliche)" if group.size > 1 else ""
        typer.echo(printable(f"{group.first.id:6}  {group.first.text}{more}"))
    typer.echo(f"Offene Sätze: {inbox.store.count()}")


def show(number: Number) -> None:
    """Zeigt, wie der Bot einen Satz verstanden hat und welche Sätze ähnlich sind."""
    seen = _open().look(number)
    if seen is None:
        raise NavigatorError(f"Einen Satz {number} gibt es nicht – „python -m bot inbox list“ zeigt alle.")
    typer.echo(printable(seen.turn.text))
    typer.echo(f"  Verstanden: {seen.understood or 'nichts Bestimmtes'} ({seen.turn.confidence:.0%} sicher)")
    for suggestion in seen.suggestions:
        typer.echo(f"  Vielleicht: {suggestion.title} ({suggestion.intent})")
    for near in seen.near:
        typer.echo(printable(f"  Ähnlich: {near.text} – {near.title}"))
    if seen.stands:
        typer.echo(f"  {'Misst' if seen.stands.measures else 'Steht'} schon bei „{seen.stands_title}“.")


def add(number: Number, intent: Intent, who: Who, sentence: Sentence = "") -> None:
    """Merkt einen Satz für eine Absicht vor; jeder zweite dient nur dem Messen."""
    typer.echo(_open().add(number, person(who), intent, sentence))


def off_topic(number: Number, who: Who, sentence: Sentence = "") -> None:
    """Merkt einen Satz vor, den der Bot nicht beantworten soll."""
    typer.echo(_open().off_topic(number, person(who), sentence))


def task(number: Number, who: Who, note: Note = "") -> None:
    """Macht eine Aufgabe daraus: Ein Katalogeintrag fehlt."""
    from bot.records.editorial_tasks import TaskKind

    typer.echo(_open().make_task(number, person(who), TaskKind.ENTRY, note))


def discard(number: Number, who: Who) -> None:
    """Verwirft einen Satz."""
    typer.echo(_open().discard(number, person(who)))


def undo(who: Who) -> None:
    """Nimmt Ihren letzten Schritt zurück."""
    turn = _open().undo(person(who))
    typer.echo(printable(f"Wieder offen: {turn.id}  {turn.text}"))


def propose(who: Who) -> None:
    """Schlägt alles, was Sie vorgemerkt haben, zusammen vor. Eine zweite Person gibt es frei."""
    made = _open().propose(person(who))
    typer.echo(f"{made.number} ist eingereicht: {made.title}")


def list_tasks() -> None:
    """Zeigt, was noch zu schreiben ist."""
    from bot.records.editorial_tasks import TITLES, TaskKind

    found = _open().tasks.open_tasks()
    for each in found:
        about = f"Stichprobe {each.text}:" if each.kind is TaskKind.ANSWER else each.text
        typer.echo(printable(f"{each.number}  {TITLES[each.kind]}: {about} {each.note}".rstrip()))
    typer.echo(f"Offene Aufgaben: {len(found)}")


def done(number: Annotated[str, typer.Argument(metavar="NUMMER", help="Eine Aufgabe, z. B. A-KXQTMB.")], who: Who
         ) -> None:
    """Erledigt eine Aufgabe."""
    if not _open().tasks.close(number.strip().upper(), person(who).name):
        raise NavigatorError(f"Eine offene Aufgabe „{number}“ gibt es nicht – „inbox tasks“ zeigt alle.")
    typer.echo(f"{number.strip().upper()} ist erledigt.")


def _open() -> Inbox:
    from bot.curation.inbox import Inbox
    from bot.curation.opening import open_curation
    from bot.settings import load_settings

    settings, engine = load_settings(), current_engine()
    return Inbox(engine, open_curation(settings, engine).proposals, settings.content_dir)
