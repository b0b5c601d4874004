"""``/termine``: what is still to come, and what takes place regularly."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.web.rendering import date_de, page
from channels.web.keys import STORE, TODAY
from knowledge_base.queries import directory, find_events
from knowledge_base.schema.common import Source
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.misc import Event
from knowledge_base.store import KnowledgeStore


@dataclass(frozen=True)
class EventView:
    """One event, ready to be shown."""

    event: Event
    when: str
    areas: str
    contacts: list[Contact]
    source: Source


def routes() -> list[web.AbstractRouteDef]:
    """Return the route of the page."""
    return [web.get("/termine", show)]


async def show(request: web.Request) -> web.Response:
    """Show the page."""
    store = request.app[STORE]
    views = [_view(store, event) for event in find_events(store, request.app[TODAY]())]
    return page(request, "events.html", {
        "dated": [view for view in views if view.event.recurring is None],
        "recurring": [view for view in views if view.event.recurring is not None],
    })


def _view(store: KnowledgeStore, event: Event) -> EventView:
    contacts = [contact for one in event.contact_ids if (contact := store.contact(one)) is not None]
    areas = ", ".join(directory(store).name(area) for area in event.area)
    return EventView(event, when_de(event), areas, contacts, next(iter(event.sources.values())))


def when_de(event: Event) -> str:
    """Return „12.03.2027“, „12.03.2027 bis 14.03.2027“, or the words of the organiser."""
    days = [date_de(day) for day in (event.date, event.end_date) if day]
    return event.recurring or event.when_text or " bis ".join(dict.fromkeys(days)) or "Termin bitte erfragen"
