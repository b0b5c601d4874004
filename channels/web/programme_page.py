"""Everything the page of one programme shows besides the record itself: people, place, what exists instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from channels.web.contact_view import ContactView, contact_view, month_de
from channels.web.programme_query import LONGEST_PLACE, PATH, Place, understood_place
from channels.web.programme_view import ProgrammeView
from knowledge_base.queries import contact_for, directory
from knowledge_base.schema.programme import Programme
from knowledge_base.store import KnowledgeStore

PLAIN = "einfach"
"""Value of „sprache“ for the plain-language summary."""
_MOST_PEOPLE = 3
_RESPONSIBLE = "Zuständig"


@dataclass(frozen=True)
class Helper:
    """Somebody who helps; without ``view`` only the name is known."""

    name: str
    reason: str
    view: ContactView | None


def programme_context(store: KnowledgeStore, programme: Programme, day: dt.date, fallback: str,
                      query: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page of a programme needs.

    Args:
        store: The knowledge base.
        programme: The programme.
        day: The day for which it is shown.
        fallback: Id of the contact to name while nobody better is known.
        query: The query of the address: ``ort`` and ``sprache``.
    """
    place = understood_place(store, " ".join(query.get("ort", "")[:LONGEST_PLACE].split()))
    plain = query.get("sprache") == PLAIN
    view = ProgrammeView(programme, day)
    successor = store.programme(programme.successor.id) if programme.successor else None
    others = [store.programme(other) for other in programme.alternatives]
    return {
        "view": view, "programme": programme, "place": place, "plain": plain, "day": day,
        "month_de": month_de, **_words(store, programme),
        "holds": _holds(store, programme, place),
        "helpers": _helpers(store, programme, place, fallback, day),
        "successor": _open_view(successor, day),
        "alternatives": [other for other in (_open_view(each, day) for each in others)
                         if other and other.programme is not successor],
        "address": address(programme, place, plain),
        "pdf_address": address(programme, place, plain, ".pdf"),
        "other_language": address(programme, place, not plain),
    }


def _words(store: KnowledgeStore, programme: Programme) -> dict[str, list[str]]:
    """The ids of the record in German."""
    vocabulary = store.catalogue().vocabulary
    audiences = {entry.id: entry.label for entry in vocabulary.audiences}
    purposes = {entry.id: entry.label for entry in vocabulary.purposes}
    return {
        "audiences": [audiences[each.value] for each in programme.audiences],
        "applicants": [audiences[each.value] for each in programme.applicants],
        "not_for": [purposes[each] for each in programme.not_for],
        "areas": [directory(store).name(area) for area in programme.area],
    }


def address(programme: Programme, place: Place, plain: bool, ending: str = "") -> str:
    """Return the address of the page; what is empty is left out."""
    values = {"ort": place.typed if place.id else "", "sprache": PLAIN if plain else ""}
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{PATH}/{programme.id}{ending}" + (f"?{query}" if query else "")


def _holds(store: KnowledgeStore, programme: Programme, place: Place) -> str:
    """Whether it holds at the place: „yes“, „no“ or „partly“; empty if no place is known."""
    if place.id is None:
        return ""
    return {True: "yes", False: "no", None: "partly"}[directory(store).covers(programme.area, place.id)]


def _helpers(store: KnowledgeStore, programme: Programme, place: Place, fallback: str, day: dt.date) -> list[Helper]:
    """Who helps with the programme; said is whether they are responsible for the place."""
    hits = contact_for(store, programme, place.id, fallback, _MOST_PEOPLE)
    return [Helper(hit.name, next((one for one in hit.reasons if one.startswith(_RESPONSIBLE)), ""),
                   contact_view(hit.contact, day) if hit.contact else None) for hit in hits]


def _open_view(programme: Programme | None, day: dt.date) -> ProgrammeView | None:
    """A programme that may be offered instead: one that has not ended itself."""
    view = ProgrammeView(programme, day) if programme else None
    return view if view and not view.is_ended else None
