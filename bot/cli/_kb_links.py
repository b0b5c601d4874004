"""``python -m bot kb links``: do the addresses of the catalogue still lead somewhere?"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Optional

import typer

from bot.clock import today
from bot.settings import load_settings

Take = Annotated[Optional[Path], typer.Option("--take", help="Ergebnis übernehmen, das woanders entstand.")]
Out = Annotated[Optional[Path], typer.Option("--out", help="Ergebnis in diese Datei statt in die Werkbank.")]
Only = Annotated[str, typer.Option("--only", help="Nur Adressen, die so beginnen.")]


def links(take: Take = None, out: Out = None, only: Only = "") -> None:
    """Fragt jede Adresse des Katalogs ab (dafür ist Internet nötig) und merkt sich: erreichbar, tot oder unklar."""
    from bot.curation.links import FILE, LinkState, check, links_of, load, save
    from bot.errors import NavigatorError
    from knowledge_base.loader import load_catalogue

    settings = load_settings()
    target = out or settings.var_dir / FILE
    if take is not None:
        if not take.exists():
            raise NavigatorError(f"{take} gibt es nicht – nennen Sie die Datei, die „kb links --out“ schrieb.")
        found = list(load(take).values())
    else:
        urls = [url for url in links_of(load_catalogue(settings.catalogue_dir)) if url.startswith(only)]
        found = asyncio.run(check(urls, today()))
    save(target, found)
    for link in found:
        if link.state is not LinkState.FINE:
            typer.echo(f"{link.state.value:<8} {link.url}  {link.note}")
    counts = [f"{sum(link.state is state for link in found)} {state.value}" for state in LinkState]
    typer.echo(f"{', '.join(counts)}. Gespeichert in {target}.")
