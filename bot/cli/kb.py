"""``python -m bot kb …``: check, build and look into the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli._kb_audit import audit, stale
from bot.cli._kb_coverage import coverage
from bot.cli._kb_links import links
from bot.clock import today
from bot.errors import NavigatorError
from bot.settings import load_settings

if TYPE_CHECKING:
    from knowledge_base.profile import Profile
    from knowledge_base.recognise.mention import Mention

_CERTAIN = 0.8
Place = Annotated[str, typer.Option("--place", help="Ort oder Kreis, z. B. Hagen.")]
Force = Annotated[bool, typer.Option("--force", help="Auch bauen, wenn sich nichts geändert hat.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Katalog der Programme und Kontakte.", no_args_is_help=True)
    for name, command in (("check", check), ("build", build), ("show", show), ("find", find), ("stale", stale),
                          ("audit", audit), ("coverage", coverage), ("links", links)):
        commands.command(name)(command)
    app.add_typer(commands, name="kb")


def check() -> None:
    """Prüft alle Dateien des Katalogs und nennt jeden Fehler mit Datei und Zeile."""
    from knowledge_base.checks import check_directory
    from knowledge_base.problems import errors

    catalogue, problems = check_directory(load_settings().catalogue_dir, today())
    for problem in problems:
        typer.echo(str(problem))
    wrong = len(errors(problems))
    typer.echo(
        f"{len(catalogue.programmes)} Programme, {len(catalogue.contacts)} Kontakte, "
        f"{len(catalogue.terms)} Begriffe: {wrong} Fehler, {len(problems) - wrong} Warnungen."
    )
    if wrong:
        raise typer.Exit(1)


def build(force: Force = False) -> None:
    """Prüft den Katalog und stellt ihn in die Datenbank; laufende Dienste übernehmen ihn von selbst."""
    from bot.database import create_engine_from
    from knowledge_base.build import build_from_files
    from knowledge_base.migrate import upgrade

    settings = load_settings()
    engine = create_engine_from(settings)
    upgrade(engine)
    number = build_from_files(engine, settings.catalogue_dir, today(), force=force)
    typer.echo("Der Katalog ist unverändert." if number is None else f"Stand {number} des Katalogs ist in Betrieb.")


def show(record_id: Annotated[str, typer.Argument(metavar="ID", help="id eines Programms oder Kontakts.")]) -> None:
    """Zeigt ein Programm oder einen Kontakt, wie er in Betrieb ist."""
    from bot.cli._records import contact_lines, programme_lines
    from knowledge_base import access

    store = access.store()
    programme, contact = store.programme(record_id), store.contact(record_id)
    if programme is None and contact is None:
        raise NavigatorError(f"„{record_id}“ gibt es nicht – suchen Sie mit „python -m bot kb find WORT“.")
    lines = [*(programme_lines(programme) if programme else []), *(contact_lines(contact) if contact else [])]
    typer.echo("\n".join(lines))


def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Frage oder Stichwörter.")], place: Place = ""
) -> None:
    """Zeigt, welche Programme und Kontakte zu einer Frage gefunden werden, und warum."""
    from knowledge_base import access
    from knowledge_base.queries import find_contacts, find_programmes

    store = access.store()
    mentions = access.recogniser().find(text)
    profile = _profile(mentions, _place_id(place) if place else None)
    named = [mention.value for mention in mentions if mention.entity == "programme"]
    findings = find_programmes(store, profile, text, today(), named=named)
    typer.echo(f"Programme ({len(findings.hits)} gezeigt, {findings.more} weitere):")
    for hit in findings.hits:
        _echo_hit(hit.score, hit.programme.id, hit.programme.name, [hit.verdict.result, *hit.reasons])
    typer.echo("Kontakte:")
    for found in find_contacts(store, profile.place, profile.topics, profile.audience, text=text):
        _echo_hit(found.score, found.contact.id if found.contact else "(ohne Eintrag)", found.name, found.reasons)


def _echo_hit(score: float, record_id: str, name: str, reasons: Sequence[str]) -> None:
    typer.echo(f"  {score:5.2f}  {record_id}  {name}")
    typer.echo(f"         {'; '.join(reasons)}")


def _place_id(place: str) -> str:
    from knowledge_base import access

    for mention in access.recogniser().find(f"in {place}"):
        if mention.entity == "place":
            return str(mention.value)
    raise NavigatorError(
        f"Den Ort „{place}“ kenne ich nicht – nennen Sie eine Stadt, Gemeinde oder einen Kreis in NRW."
    )


def _profile(mentions: list[Mention], place: str | None) -> Profile:
    """What the words of a question say about the case; enough for a look at the ranking."""
    from knowledge_base.facts import BY_NAME
    from knowledge_base.profile import Profile

    def named(entity: str) -> list[str]:
        return list(dict.fromkeys(m.value for m in mentions if m.entity == entity and m.confidence >= _CERTAIN))

    return Profile(
        topics=tuple(named("topic")),
        audience=next(iter(named("audience")), None),
        place=place or next(iter(named("place")), None),
        purposes=tuple(named("purpose")),
        facts={
            m.entity: m.value for m in mentions if m.entity in BY_NAME and m.entity not in ("audience", "purpose")
        },
    )
