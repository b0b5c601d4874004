"""``python -m bot models …``: which models there are, train and compare one, activate it, go back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli._inbox import account, current_engine, printable
from bot.errors import NavigatorError

if TYPE_CHECKING:
    from bot.curation.model_reports import ModelReport
    from bot.curation.models import Model, Models
    from bot.curation.training_job import TrainingJob

Name = Annotated[str, typer.Argument(metavar="MODELL", help="Ein Modell, wie „list“ es nennt; der Anfang genügt.")]
Who = Annotated[str, typer.Option("--as", help="Ihr Konto an der Werkbank; es braucht die Rolle Freigabe.")]
Note = Annotated[str, typer.Option("--note", help="Eine Notiz zum Modell.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Modelle: trainieren, vergleichen, aktivieren, zurück.", no_args_is_help=True)
    for name, command in (
        ("list", list_all), ("train", train), ("compare", compare), ("activate", activate), ("back", back),
    ):
        commands.command(name)(command)
    app.add_typer(commands, name="models")


def list_all() -> None:
    """Zeigt alle Modelle, das neueste zuerst."""
    found = _models().all()
    for model in found:
        report = model.report
        state = "antwortet" if model.is_in_use else "nicht geprüft" if not report else (
            "gesperrt" if report.problems else "kann aktiviert werden")
        measured = f", {report.right} von {report.sentences} Prüfsätzen richtig" if report else ""
        note = f" – {report.note}" if report and report.note else ""
        typer.echo(printable(f"{model.name}  {state}{measured}{note}"))
    typer.echo(f"Modelle: {len(found)}")


def train(who: Who, note: Note = "") -> None:
    """Trainiert ein neues Modell, prüft es und vergleicht es mit dem, das antwortet. Das dauert einige Minuten."""
    from bot.curation.training_job import STAGES
    from bot.records.rights import Right

    person, job = account(who, Right.RELEASE), _job()
    _models().hold()
    job.start(person.title, note)
    _audit(person.name, "modell.training", note or "ohne Notiz")
    stage = -1
    while (progress := job.wait(1)).running:
        if progress.stage != stage:
            stage = progress.stage
            typer.echo(f"{STAGES[stage]} …")
    if progress.problem or not progress.model:
        raise NavigatorError(progress.problem or "Das Training wurde abgebrochen.")
    _say(_models().get(progress.model).report)


def compare(name: Name) -> None:
    """Zeigt, was ein Modell besser und was es schlechter macht als das, mit dem es verglichen wurde."""
    model = _named(name)
    if model.report is None:
        raise NavigatorError("Dieses Modell wurde nicht geprüft – „python -m bot models train“ macht ein neues.")
    _say(model.report)
    for title, flips in (("Schlechter", model.report.worse), ("Besser", model.report.better)):
        for flip in flips:
            typer.echo(printable(f"  {title}: „{flip.text}“ ({flip.meant}): {flip.before} → {flip.after}"))
    for area in model.report.areas:
        for each in area.worse:
            typer.echo(printable(f"  Schlechter: {area.title}: {each}"))


def activate(name: Name, who: Who) -> None:
    """Lässt ein Modell antworten, das geprüft ist und nichts verschlechtert."""
    from bot.records.rights import Right

    person, model = account(who, Right.RELEASE), _named(name)
    _models().activate(model.name, person)
    typer.echo(f"{model.name} ist aktiviert. Laufende Dienste wechseln in etwa einer halben Minute.")


def back(who: Who) -> None:
    """Geht zurück zu dem Modell, das davor geantwortet hat."""
    from bot.records.rights import Right

    person, earlier = account(who, Right.RELEASE), _models().earlier()
    if earlier is None:
        raise NavigatorError("Es gibt kein Modell davor.")
    _models().activate(earlier.name, person)
    typer.echo(f"Zurück zu {earlier.name}.")


def _say(report: ModelReport | None) -> None:
    if report is None:
        raise NavigatorError("Das Modell ist da, aber nicht geprüft – starten Sie das Training noch einmal.")
    before = f"; das Modell davor {report.compared_right}" if report.compared_with else ""
    typer.echo(f"{report.model}: {report.right} von {report.sentences} Prüfsätzen richtig{before}.")
    typer.echo(f"  Schlechter verstanden: {len(report.worse)}, besser: {len(report.better)}")
    for area in report.areas:
        typer.echo(f"  {area.title}: {area.right} von {area.total} richtig, {len(area.worse)} schlechter als davor")
    for problem in report.problems:
        typer.echo(f"  Gesperrt: {problem}")


def _models() -> Models:
    from bot.curation.models import Models
    from bot.records.model_choices import ModelChoices
    from bot.settings import load_settings

    return Models(load_settings(), ModelChoices(current_engine()))


def _job() -> TrainingJob:
    from bot.curation.training_job import TrainingJob
    from bot.settings import load_settings

    return TrainingJob(load_settings())


def _named(name: str) -> Model:
    found = [model for model in _models().all() if model.name.startswith(name.strip())]
    if len(found) != 1:
        raise NavigatorError(f"„{name[:80]}“ ist kein Modell oder passt zu mehreren – „models list“ zeigt alle.")
    return found[0]


def _audit(who: str, action: str, subject: str) -> None:
    from bot.records.audit import AuditLog

    AuditLog(current_engine()).add(who, action, subject)
