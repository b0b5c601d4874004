"""``/``: the landing page with the chat in the middle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.web.rendering import page
from channels.web.keys import STORE, TODAY
from knowledge_base.eligibility import current_status
from knowledge_base.schema.programme import Status
from knowledge_base.store import KnowledgeStore


@dataclass(frozen=True)
class Entrance:
    """A starting point for one group of people."""

    title: str
    text: str
    questions: Sequence[str]


ENTRANCES = (
    Entrance("Unternehmen", "Digitaler werden, Beschäftigte schulen, Fachkräfte gewinnen.", (
        "Welche Förderung gibt es für Digitalisierung in meinem Betrieb?",
        "Wer zahlt die Weiterbildung meiner Beschäftigten?",
        "Wer berät uns zu künstlicher Intelligenz?",
    )),
    Entrance("Beschäftigte und Arbeitsuchende", "Weiterkommen, umlernen, Abschlüsse anerkennen lassen.", (
        "Wer bezahlt meine Weiterbildung?",
        "Ich suche Arbeit und möchte eine Umschulung machen.",
        "Wird mein ausländischer Abschluss anerkannt?",
    )),
    Entrance("Beratungsstellen", "Bedingungen nachschlagen, Zuständige finden, Auskünfte belegen.", (
        "Was sind die Voraussetzungen für den Bildungsscheck?",
        "Welche Industrie- und Handelskammer ist für Witten zuständig?",
        "Was bedeutet De-minimis?",
    )),
)


@dataclass(frozen=True)
class Holdings:
    """What the catalogue holds today."""

    programmes: int
    contacts: int
    checked_on: dt.date
    """Last day on which a record was checked."""


def routes() -> list[web.AbstractRouteDef]:
    """Return the route of the page."""
    return [web.get("/", start)]


async def start(request: web.Request) -> web.Response:
    """Show the page."""
    store = request.app[STORE]
    return page(request, "start.html", {
        "entrances": ENTRANCES,
        "topics": store.catalogue().vocabulary.topics,
        "holdings": holdings(store, request.app[TODAY]()),
    })


def holdings(store: KnowledgeStore, on: dt.date) -> Holdings:
    """Count what people can find on a day; what has ended does not count."""
    catalogue = store.catalogue()
    programmes, contacts = catalogue.programmes.values(), catalogue.contacts.values()
    return Holdings(
        sum(current_status(programme, on) is not Status.AUSGELAUFEN for programme in programmes),
        sum(contact.active for contact in contacts),
        max(*(programme.verified.on for programme in programmes), *(contact.verified.on for contact in contacts)),
    )
