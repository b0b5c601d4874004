"""Who is responsible for which topic in which part of NRW, derived by the rule that also answers people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.finding.desk import Desk, desk
from knowledge_base.queries import find_contacts
from knowledge_base.schema.contact import Contact, Reach, ReachKind
from knowledge_base.store import KnowledgeStore

_LOOKED_AT = 5
"""So many contacts are looked at before a topic counts as not covered."""


@dataclass(frozen=True)
class Cell:
    """One topic in one place."""

    place: str
    """Id of a Kreis, or of a Gemeinde where other bodies are responsible than in its Kreis."""
    place_name: str
    topic: str
    contact: Contact | None
    """Who is responsible for the place, a split Kreis apart from its exceptions; ``None``: nobody is known."""
    as_of: dt.date

    @property
    def ways(self) -> list[Reach]:
        """Ways to reach the contact beyond a web address: phone, mail, street."""
        wanted = (ReachKind.TELEFON, ReachKind.EMAIL, ReachKind.ADRESSE)
        return [reach for reach in self.contact.reach if reach.kind in wanted] if self.contact else []

    @property
    def only_old_ways(self) -> bool:
        """Whether everything beyond the web address may have changed meanwhile."""
        return bool(self.ways) and all(reach.is_old(self.as_of) for reach in self.ways)


def coverage(store: KnowledgeStore, as_of: dt.date) -> list[Cell]:
    """Return a cell for every place and topic, places in the order of the catalogue."""
    table = desk(store)
    topics = [topic.id for topic in table.catalogue.vocabulary.topics]
    return [
        Cell(place, table.directory.name(place), topic, _responsible(store, table, place, topic), as_of)
        for place in _places(table)
        for topic in topics
    ]


def _places(table: Desk) -> Iterator[str]:
    """Every Kreis, and every Gemeinde for which the directory names other bodies."""
    for kreis in table.catalogue.places.kreise:
        yield kreis.id
        for gemeinde in kreis.gemeinden:
            if gemeinde.id != kreis.id and gemeinde.responsible.model_dump(exclude_defaults=True):
                yield gemeinde.id


def _responsible(store: KnowledgeStore, table: Desk, place: str, topic: str) -> Contact | None:
    bodies = {body.contact_id for body in table.directory.responsible(place).values()}
    for hit in find_contacts(store, place, [topic], limit=_LOOKED_AT):
        contact = hit.contact
        if contact is None or topic not in [each.value for each in contact.topics]:
            continue
        if contact.id in bodies or table.directory.covers(list(contact.area), place) is True:
            return contact
    return None
