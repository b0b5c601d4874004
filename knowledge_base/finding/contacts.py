"""Who is the right person: the body responsible for the place, the specialist for the need, the nearest office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge_base.case import Case
from knowledge_base.finding import weights as w
from knowledge_base.finding.desk import Desk, Floats, Mask
from knowledge_base.profile import Profile
from knowledge_base.schema.contact import Contact, ContactKind
from knowledge_base.schema.programme import Programme
from knowledge_base.search import CONTACT

_HOTLINE_OF = {ContactKind.JOBCENTER.value: ContactKind.AGENTUR_FUER_ARBEIT.value}
"""Kind of body → kind of the statewide contact that helps where a local one has no record."""
_ONLY_BY_TEXT = [ContactKind.KRISENHILFE.value, ContactKind.NACHBARTHEMA.value]
"""Kinds that are an answer only if the words of the question lead to them."""
_AGENCY = ContactKind.REGIONALAGENTUR.value


@dataclass(frozen=True)
class ContactHit:
    """A contact for a case. ``contact`` is ``None`` where only the official name of the body is known."""

    contact: Contact | None
    score: float
    reasons: list[str]
    name: str
    kind: str
    by_words: bool = False
    """Whether words of the question are words of the contact."""


class ContactSearch:
    """One search among all active contacts."""

    def __init__(self, desk: Desk, place: str | None, topics: Sequence[str] = (), audience: str | None = None,
                 text: str = "", purposes: Sequence[str] = ()) -> None:
        self._desk, self._shelf = desk, desk.contacts
        self._case = Case(Profile(tuple(topics), audience, place), desk.directory)
        self._place, self._topics = self._case.place, topics
        self._special = self._made_for(tuple(purposes))
        self._scored = desk.index.scores(text, CONTACT, desk.place_words(self._place))
        self._relevance = self._shelf.relevance(self._scored)
        self._bodies = desk.directory.responsible(self._place) if self._place else {}
        self._signs = list(self._all_signs())
        self._scores: Floats = np.sum([scores for scores, _ in self._signs], axis=0, dtype=np.float32)

    def find(self, kinds: Sequence[str] | None, limit: int) -> list[ContactHit]:
        """Return the best contacts; with ``kinds`` only those, a body without a record by its name."""
        allowed = self._shelf.active & ~self._elsewhere()
        if kinds:
            named = [hit for kind in kinds for hit in self._without_record(kind)]
            allowed &= self._shelf.any_of(self._shelf.kinds, list(kinds)) & ~self._not_responsible(kinds)
        else:
            named = []
            aside = self._shelf.any_of(self._shelf.kinds, _ONLY_BY_TEXT) & (self._relevance < w.CANDIDATE_TEXT)
            allowed &= (self._scores > 0) & ~aside
        rows = np.flatnonzero(allowed)
        order = rows[np.argsort(-self._scores[rows], kind="stable")]
        found = [self._hit(int(row)) for row in order[:limit]]
        return _distinct([*named, *found])[:limit]

    def by_id(self, contact_id: str) -> ContactHit | None:
        """A contact by its id, if it is active and reaches the place."""
        if contact_id not in self._desk.catalogue.contacts:
            return None
        row = self._shelf.row(contact_id)
        return self._hit(row) if (self._shelf.active & ~self._elsewhere())[row] else None

    def _made_for(self, purposes: tuple[str, ...]) -> Mask:
        """Who was made for such a need at the place: for these people if there is somebody, else for others."""
        special = self._shelf.any_of(self._shelf.purposes, purposes) & ~self._elsewhere()
        mine = special & self._shelf.any_of(self._shelf.audiences, self._case.groups)
        return mine if mine.any() else special

    def _elsewhere(self) -> Mask:
        if self._place is None:
            return self._shelf.none()
        return self._shelf.near(self._place, self._desk.directory)[0]

    def _not_responsible(self, kinds: Sequence[str]) -> Mask:
        """Local bodies of a kind for which the directory names another one."""
        others = self._shelf.none()
        for kind in kinds:
            body = self._bodies.get(kind)
            if body is not None:
                others |= self._shelf.any_of(self._shelf.kinds, [kind]) & self._shelf.local
                if body.contact_id in self._desk.catalogue.contacts:
                    others[self._shelf.row(str(body.contact_id))] = False
        return others

    def _without_record(self, kind: str) -> list[ContactHit]:
        """The responsible body that is known by name only, and the hotline that leads to it."""
        body = self._bodies.get(kind)
        if body is None or body.contact_id in self._desk.catalogue.contacts or not body.name:
            return []
        hits = [ContactHit(None, w.RESPONSIBLE, [self._responsible_for(kind)], body.name, kind)]
        wide = self._shelf.any_of(self._shelf.kinds, [kind, _HOTLINE_OF.get(kind, kind)]) & ~self._shelf.local
        rows = np.flatnonzero(wide & self._shelf.active)
        if len(rows):
            hits.append(self._hit(int(rows[np.argmax(self._scores[rows])])))
        return hits

    def _all_signs(self) -> Iterator[tuple[Floats, str]]:
        shelf = self._shelf
        yield self._relevance * np.float32(w.CONTACT_TEXT), ""
        for position, topic in enumerate(self._topics):
            label = self._desk.labels.get(topic, topic)
            yield (_weighted(shelf.any_of(shelf.topics, [topic]), w.CONTACT_TOPIC * w.TOPIC_FADES ** position),
                   f"Thema: {label}")
        if self._case.groups:
            mine = shelf.any_of(shelf.audiences, self._case.groups)
            open_to_all = ~shelf.any_of(shelf.audiences, list(shelf.audiences))
            yield _weighted(mine, w.CONTACT_AUDIENCE), "Für Sie da"
            yield _weighted(~mine & ~open_to_all & ~self._special, w.WRONG_AUDIENCE), ""
        yield _weighted(shelf.any_of(shelf.kinds, [_AGENCY]), w.AGENCY), ""
        yield _weighted(self._special, w.SPECIALIST), "Genau dafür da"
        yield from self._by_place()

    def _by_place(self) -> Iterator[tuple[Floats, str]]:
        shelf, directory = self._shelf, self._desk.directory
        if self._place is None:
            yield _weighted(shelf.local, w.CONTACT_PLACE_UNKNOWN), ""
            return
        fitting = self._fitting()
        for kind, body in self._bodies.items():
            if body.contact_id in self._desk.catalogue.contacts:
                responsible = shelf.none()
                responsible[shelf.row(str(body.contact_id))] = True
                weights = np.where(fitting, np.float32(w.RESPONSIBLE), np.float32(w.RESPONSIBLE_FOR_OTHER_THINGS))
                yield responsible * weights, self._responsible_for(kind)
        _, distances = shelf.near(self._place, directory)
        for distance, weight in w.CONTACT_NEARNESS.items():
            yield _weighted(distances == distance, weight), ""

    def _fitting(self) -> Mask:
        """Which contacts deal with a topic and with people that were named, as far as any were."""
        shelf, fitting = self._shelf, ~self._shelf.none()
        if self._topics:
            fitting &= shelf.any_of(shelf.topics, self._topics)
        if self._case.groups:
            fitting &= shelf.any_of(shelf.audiences, self._case.groups)
        return fitting

    def _responsible_for(self, kind: str) -> str:
        """„Zuständig für Ennepe-Ruhr-Kreis, außer in Hattingen, Witten“."""
        place = self._place or ""
        others = self._desk.directory.exceptions(place).get(kind, [])
        exception = f", außer in {', '.join(others)}" if others else ""
        return f"Zuständig für {self._desk.directory.name(place)}{exception}"

    def _hit(self, row: int) -> ContactHit:
        contact = self._shelf.records[row]
        matched = self._shelf.matched(self._scored, row)
        reasons = [f"Ihre Worte: {', '.join(matched)}"] if matched else []
        telling = [(scores[row], reason) for scores, reason in self._signs if reason and scores[row] > 0]
        reasons += [reason for _, reason in sorted(telling, key=lambda sign: -float(sign[0]))]
        score = round(float(self._scores[row]), 4)
        return ContactHit(contact, score, reasons, contact.name, contact.kind.value, by_words=bool(matched))


def contacts_for(desk: Desk, programme: Programme, place: str | None, fallback: str | None, limit: int
                 ) -> list[ContactHit]:
    """Who helps with a programme: those it names, the local bodies of its kinds, else the regional agency.

    Args:
        desk: The catalogue.
        programme: The programme.
        place: Id of the asker's place, if known.
        fallback: Id of the contact to name while nothing better is known.
        limit: Most contacts to return.
    """
    search = ContactSearch(desk, place, [topic.value for topic in programme.topics])
    local = [hit for kind in programme.contact_kinds for hit in search.find([kind], 2)] if place else []
    named = [hit for hit in map(search.by_id, programme.contact_ids) if hit]
    hits = sorted([*named, *local], key=lambda hit: _is_hotline_of(hit, local, desk))
    if not hits:
        hits = search.find([_AGENCY], 1) if place else []
    if not hits and fallback:
        hits = [hit for hit in [search.by_id(fallback)] if hit]
    return _distinct(hits)[:limit]


def _is_hotline_of(hit: ContactHit, local: list[ContactHit], desk: Desk) -> bool:
    """Whether it is a statewide contact while a local one of the same kind is known: that one comes first."""
    if hit.contact is None or desk.contacts.local[desk.contacts.row(hit.contact.id)]:
        return False
    return any(one.kind == hit.kind and one.name != hit.name for one in local)


def _weighted(mask: Mask, weight: float) -> Floats:
    result: Floats = mask * np.float32(weight)
    return result


def _distinct(hits: list[ContactHit]) -> list[ContactHit]:
    """Each contact once, in order."""
    seen: dict[str, ContactHit] = {}
    for hit in hits:
        seen.setdefault(hit.contact.id if hit.contact else hit.name, hit)
    return list(seen.values())
