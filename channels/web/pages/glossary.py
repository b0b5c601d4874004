"""``/begriffe``: the words of the field in plain German, and names that are easily mistaken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from aiohttp import web

from bot.web.rendering import page
from channels.web.keys import STORE
from knowledge_base.content import Catalogue
from knowledge_base.schema.common import Id
from knowledge_base.schema.misc import ConfusableName, Term
from knowledge_base.text import fold


@dataclass(frozen=True)
class Glossary:
    """All terms by letter; a factory for ``KnowledgeStore.derived``."""

    letters: tuple[tuple[str, tuple[Term, ...]], ...]
    confusable: tuple[ConfusableName, ...]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Glossary:
        """Order the terms of a catalogue as a German would look for them."""
        terms = sorted(catalogue.terms.values(), key=lambda term: (fold(term.term), term.id))
        letters = groupby(terms, key=lambda term: fold(term.term)[0].upper())
        return cls(tuple((letter, tuple(group)) for letter, group in letters),
                   tuple(sorted(catalogue.confusable, key=lambda each: fold(each.name))))


def routes() -> list[web.AbstractRouteDef]:
    """Return the route of the page."""
    return [web.get("/begriffe", show)]


async def show(request: web.Request) -> web.Response:
    """Show the page."""
    store = request.app[STORE]
    catalogue = store.catalogue()
    return page(request, "glossary.html", {
        "glossary": store.derived(Glossary.of), "named": lambda ids: list(links(catalogue, ids))})


def links(catalogue: Catalogue, ids: list[Id]) -> Iterator[tuple[str, str]]:
    """Yield address and name of programmes and contacts."""
    for one in ids:
        if one in catalogue.programmes:
            yield f"/foerderung/{one}", catalogue.programmes[one].name
        elif one in catalogue.contacts:
            yield f"/anlaufstellen/{one}", catalogue.contacts[one].name
