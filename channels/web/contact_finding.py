"""What ``/anlaufstellen`` answers: who is responsible at a place, and who helps besides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from channels.web.contact_view import KINDS, ContactView, contact_view
from knowledge_base.case import FIRMS
from knowledge_base.places import OUTSIDE
from knowledge_base.queries import ContactHit, NamedPlace, directory, find_contacts, find_place
from knowledge_base.schema.contact import ContactKind
from knowledge_base.schema.place import Places
from knowledge_base.store import KnowledgeStore
from knowledge_base.text import fold

_FOR_ALL = (ContactKind.REGIONALAGENTUR, ContactKind.AGENTUR_FUER_ARBEIT, ContactKind.JOBCENTER, ContactKind.IHK,
            ContactKind.HWK, ContactKind.WIRTSCHAFTSFOERDERUNG)
_FOR_FIRMS = (ContactKind.REGIONALAGENTUR, ContactKind.WIRTSCHAFTSFOERDERUNG, ContactKind.IHK, ContactKind.HWK,
              ContactKind.AGENTUR_FUER_ARBEIT, ContactKind.JOBCENTER)
_FOR_PERSONS = (ContactKind.AGENTUR_FUER_ARBEIT, ContactKind.JOBCENTER, ContactKind.REGIONALAGENTUR, ContactKind.IHK,
                ContactKind.HWK)
_FAR_AWAY = (ContactKind.PLATTFORM.value, ContactKind.AGENTUR_FUER_ARBEIT.value)
"""Kinds that help from anywhere; for places outside and no topic."""
_OTHERS = 6


class PlaceState(str, Enum):
    """What became of the place that was asked for."""

    NONE = "none"
    CLEAR = "clear"
    SEVERAL = "several"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Asked:
    """What somebody filled in."""

    place: str = ""
    topic: str | None = None
    audience: str | None = None

    @property
    def anything(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.place or self.topic or self.audience)


@dataclass(frozen=True)
class Found:
    """A contact that was found; without ``view`` only its name is known."""

    name: str
    kind: str
    reasons: Sequence[str]
    view: ContactView | None


@dataclass(frozen=True)
class Answer:
    """What was found."""

    state: PlaceState
    place_name: str = ""
    land: str = ""
    """Of a place outside: the Land or the country."""
    choices: Sequence[tuple[str, str]] = ()
    """Of a name that several places have: id and label."""
    responsible: Sequence[Found] = ()
    is_divided: bool = False
    """Whether different bodies are responsible for parts of the place."""
    others: Sequence[Found] = ()


def find_for(store: KnowledgeStore, asked: Asked, on: dt.date) -> Answer:
    """Answer what was asked for on a day."""
    places = store.catalogue().places
    named = find_place(store, asked.place) if asked.place else NamedPlace()
    if named.choices:
        return Answer(PlaceState.SEVERAL, choices=_labelled(asked.place, named.choices, places))
    if asked.place and not (named.id or named.outside):
        return Answer(PlaceState.UNKNOWN)
    if named.outside:
        lands = {OUTSIDE + place.id: place.land for place in places.outside}
        return Answer(PlaceState.OUTSIDE, directory(store).name(named.outside), lands[named.outside],
                      others=_others(store, asked, named.outside, (), on) or _nationwide(store, named.outside, on))
    if named.id is None:
        return Answer(PlaceState.NONE, others=_others(store, asked, None, (), on))
    responsible = list(_responsible(store, asked, named.id, on))
    known = directory(store).responsible(named.id)
    return Answer(PlaceState.CLEAR, directory(store).name(named.id), responsible=responsible,
                  is_divided=len(known) < len(_FOR_ALL) - 1, others=_others(store, asked, named.id, responsible, on))


def _responsible(store: KnowledgeStore, asked: Asked, place: str, on: dt.date) -> Iterable[Found]:
    """The bodies the directory names for the place, and the business development agency that covers it."""
    places = directory(store)
    for kind in _order(asked.audience):
        if kind is ContactKind.WIRTSCHAFTSFOERDERUNG:
            hits = find_contacts(store, place, kinds=[kind.value], limit=3)
            hits = [hit for hit in hits if hit.contact and places.covers(hit.contact.area, place)]
        else:
            named = kind.value in places.responsible(place)
            hits = find_contacts(store, place, kinds=[kind.value], limit=1) if named else []
        yield from (_found(hit, on, but=f"Zuständig für {places.name(place)}") for hit in hits)


def _others(store: KnowledgeStore, asked: Asked, place: str | None, shown: Sequence[Found], on: dt.date
            ) -> list[Found]:
    """Who helps besides, the best first."""
    topics = [asked.topic] if asked.topic else []
    names = {found.name for found in shown}
    hits = find_contacts(store, place, topics, asked.audience, limit=_OTHERS + len(shown))
    return [_found(hit, on) for hit in hits if hit.contact and hit.name not in names][:_OTHERS]


def _nationwide(store: KnowledgeStore, place: str, on: dt.date) -> list[Found]:
    return [_found(hit, on) for hit in find_contacts(store, place, kinds=_FAR_AWAY, limit=_OTHERS) if hit.contact]


def _order(audience: str | None) -> Sequence[ContactKind]:
    if audience is None:
        return _FOR_ALL
    return _FOR_FIRMS if audience in FIRMS else _FOR_PERSONS


def _found(hit: ContactHit, on: dt.date, but: str = "") -> Found:
    """A hit with its reasons, without the one that the heading says already."""
    view = contact_view(hit.contact, on) if hit.contact else None
    return Found(hit.name, KINDS[ContactKind(hit.kind)], [each for each in hit.reasons if each != but], view)


def _labelled(text: str, ids: Sequence[str], places: Places) -> list[tuple[str, str]]:
    """The ids with names that tell them apart: „Altendorf in Meckenheim (Rhein-Sieg-Kreis)“."""
    labels = {}
    for kreis in places.kreise:
        for gemeinde in kreis.gemeinden:
            alone = gemeinde.name == kreis.name
            label = gemeinde.name if alone else f"{gemeinde.name} ({kreis.name})"
            labels[gemeinde.id] = label if fold(gemeinde.name) == fold(text) else f"{text} in {label}"
    return [(one, labels.get(one, one)) for one in ids]
