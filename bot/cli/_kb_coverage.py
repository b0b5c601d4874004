"""``python -m bot kb coverage``: topic by Kreis, who is responsible and how one reaches them."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.clock import today

Topic = Annotated[str, typer.Option("--topic", help="Nur dieses Thema, z. B. qualifizierung.")]


def coverage(topic: Topic = "") -> None:
    """Zeigt je Kreis und Thema, wer zuständig ist und wie man die Stelle erreicht."""
    from bot.evaluation.numbers import percent
    from knowledge_base import access
    from knowledge_base.coverage import coverage as cells_of

    cells = cells_of(access.store(), today())
    for cell in cells:
        if topic and cell.topic != topic:
            continue
        name = cell.contact.name if cell.contact else "– niemand bekannt –"
        ways = ", ".join(sorted({reach.kind.value for reach in cell.ways})) or "nur Adresse im Netz"
        old = " (alte Angabe)" if cell.only_old_ways else ""
        typer.echo(f"{cell.place_name:<32} {cell.topic:<20} {name}: {ways}{old}")
    covered = [cell for cell in cells if cell.contact]
    reached = [cell for cell in covered if cell.ways]
    share = percent(len(covered) / len(cells))
    typer.echo(f"{len(covered)} von {len(cells)} Feldern mit zuständiger Stelle ({share})")
    typer.echo(f"{len(reached)} davon mit Telefon, E-Mail oder Anschrift ({percent(len(reached) / len(covered))}), "
               f"{sum(cell.only_old_ways for cell in reached)} davon nur mit alten Angaben.")
