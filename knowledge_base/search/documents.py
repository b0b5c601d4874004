"""What of each record is searched, and how much each part of it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge_base.content import Catalogue
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.misc import Event
from knowledge_base.schema.programme import Programme

PROGRAMME, CONTACT, TERM, EVENT = "programme", "contact", "term", "event"
KINDS = (PROGRAMME, CONTACT, TERM, EVENT)

_NAME = 4.0
"""Name and aliases: who writes them means this record."""
_NEED = 2.5
"""Search phrases: the need in the words of users."""
_PURPOSE = 1.5
"""Everyday words for what the money is for: right, but shared by many records."""
_SUMMARY = 1.2
"""What it is and what one gets."""
_REST = 0.4
"""Conditions, steps, papers: mentioned, but not what it is about. Exclusions are no reason to be found at all."""


@dataclass(frozen=True)
class Document:
    """A record as the index sees it: texts with their weights."""

    kind: str
    id: str
    fields: tuple[tuple[float, str], ...]


def documents(catalogue: Catalogue) -> Iterator[Document]:
    """Yield all documents, in an order that depends on nothing but the catalogue."""
    purpose_words = {entry.id: " ".join(entry.words) for entry in catalogue.vocabulary.purposes}
    for programme in catalogue.programmes.values():
        yield Document(PROGRAMME, programme.id, tuple(_programme(programme, purpose_words)))
    for contact in catalogue.contacts.values():
        yield Document(CONTACT, contact.id, tuple(_contact(contact)))
    for term in catalogue.terms.values():
        yield Document(TERM, term.id, ((_NAME, _joined([term.term, *term.aliases])), (_SUMMARY, term.text.text)))
    for event in catalogue.events.values():
        yield Document(EVENT, event.id, tuple(_event(event)))


def _programme(programme: Programme, purpose_words: dict[str, str]) -> Iterator[tuple[float, str]]:
    yield _NAME, _joined([programme.name, *programme.aliases])
    yield _NEED, _joined(programme.search_phrases)
    yield _PURPOSE, _joined(purpose_words.get(purpose, "") for purpose in programme.purposes)
    yield _SUMMARY, _joined([programme.summary.text, programme.plain.text, programme.funding.text.text])
    statements = (*programme.conditions, *programme.steps, *programme.documents, *programme.combination)
    yield _REST, _joined([*(statement.text for statement in statements), programme.legal_basis or "",
                          programme.provider.name, *(topic.value for topic in programme.topics)])


def _contact(contact: Contact) -> Iterator[tuple[float, str]]:
    yield _NAME, _joined([contact.name, *contact.aliases, contact.organisation or ""])
    yield _NEED, _joined([*contact.search_phrases, contact.kind.value])
    yield _SUMMARY, _joined(contact.offers)
    yield _REST, _joined([contact.area_note or "", *(topic.value for topic in contact.topics)])


def _event(event: Event) -> Iterator[tuple[float, str]]:
    yield _NAME, event.title
    yield _SUMMARY, _joined([event.summary, event.place or "", *event.organisers])
    yield _REST, _joined(topic.value for topic in event.topics)


def _joined(texts: Iterable[str]) -> str:
    """One text; the full stops keep „§“ and a number of two texts apart."""
    return " . ".join(texts)
