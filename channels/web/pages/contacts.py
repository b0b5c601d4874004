"""``/anlaufstellen``: who is responsible or advises at a place; ``/anlaufstellen/<id>``: one contact."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.web.rendering import page
from channels.web.contact_finding import Answer, Asked, find_for
from channels.web.contact_view import KINDS, contact_view
from channels.web.keys import INSTANCE, STORE, TODAY
from knowledge_base.pauses import Paused
from knowledge_base.places import GERMANY
from knowledge_base.queries import directory
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.programme import Programme, Status
from knowledge_base.store import KnowledgeStore

LONGEST_PLACE = 80
"""So many characters of a place are read; no name is longer."""
_AREAS_NAMED = 12


@dataclass(frozen=True)
class Group:
    """All contacts of one kind."""

    title: str
    contacts: list[Contact]


def routes() -> list[web.AbstractRouteDef]:
    """Return the routes of the pages."""
    return [web.get("/anlaufstellen", show_all), web.get("/anlaufstellen/{id:[a-z0-9-]{1,80}}", show_one)]


async def show_all(request: web.Request) -> web.Response:
    """Show the form and what was found."""
    store, day = request.app[STORE], request.app[TODAY]()
    vocabulary = store.catalogue().vocabulary
    topics, audiences = ({entry.id: entry.label for entry in entries}
                         for entries in (vocabulary.topics, vocabulary.audiences))
    asked = Asked(_place(request.query.get("ort", "")), _known(request.query.get("thema"), topics),
                  _known(request.query.get("zielgruppe"), audiences))
    answer = find_for(store, asked, day) if asked.anything else None
    own = store.contact(request.app[INSTANCE].contact_id)
    return page(request, "contacts.html", {
        "asked": asked, "answer": answer, "topics": topics, "audiences": audiences,
        "own": contact_view(own, day) if own else None,
        "groups": [] if answer else groups(store), "shown_place": _shown_place(asked, answer),
    })


async def show_one(request: web.Request) -> web.Response:
    """Show one contact with everything known about it."""
    store = request.app[STORE]
    contact = store.contact(request.match_info["id"])
    if contact is None:
        raise web.HTTPNotFound
    labels = {entry.id: entry.label for entry in (*store.catalogue().vocabulary.topics,
                                                  *store.catalogue().vocabulary.audiences)}
    return page(request, "contact.html", {
        "view": contact_view(contact, request.app[TODAY]()), "labels": labels, "areas": _areas(store, contact),
        "programmes": programmes_of(store, contact),
    })


def groups(store: KnowledgeStore) -> list[Group]:
    """Return all active contacts by kind and name."""
    contacts = [contact for contact in store.catalogue().contacts.values() if contact.active]
    found = [Group(title, sorted((one for one in contacts if one.kind is kind), key=lambda one: one.name))
             for kind, title in KINDS.items()]
    return [group for group in found if group.contacts]


def programmes_of(store: KnowledgeStore, contact: Contact) -> list[Programme]:
    """Return the programmes that name this contact, have not ended and are not paused."""
    paused = store.pauses.of(Paused.PROGRAMME)
    programmes = store.catalogue().programmes.values()
    return sorted((one for one in programmes if contact.id in one.contact_ids
                   and one.status is not Status.AUSGELAUFEN and one.id not in paused), key=lambda one: one.name)


def _place(text: str) -> str:
    return " ".join(text[:LONGEST_PLACE].split())


def _known(value: str | None, labels: dict[str, str]) -> str | None:
    return value if value in labels else None


def _shown_place(asked: Asked, answer: Answer | None) -> str:
    """What stands in the field: the name of the place that was understood, else what was typed."""
    return answer.place_name if answer and answer.place_name else asked.place


def _areas(store: KnowledgeStore, contact: Contact) -> list[str]:
    if GERMANY in contact.area:
        return [directory(store).name(GERMANY)]
    return sorted(directory(store).name(area) for area in contact.area)[:_AREAS_NAMED]
