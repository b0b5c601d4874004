"""All recognisers of one catalogue build behind one call."""

from __future__ import annotations

from dataclasses import replace

from knowledge_base.content import Catalogue
from knowledge_base.recognise.mention import Mention, Token, overlap, tokenize
from knowledge_base.recognise.names import NameRecogniser
from knowledge_base.recognise.numbers import find_numbers
from knowledge_base.recognise.places import PlaceRecogniser
from knowledge_base.recognise.vocabulary import VocabularyRecogniser
from knowledge_base.schema.programme import Status

_WRITER = frozenset({"ich", "wir"})
_WORKS = frozenset({"bin", "sind", "arbeite", "arbeiten", "berate", "beraten"})
_AT = frozenset({"bei", "beim", "vom", "von", "der", "im", "fuer"})
_EMPLOYER = 0.5
"""Confidence of the office somebody works for."""


class Recogniser:
    """Finds everything a message names. Immutable; built once per catalogue build and shared between threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._places = PlaceRecogniser(catalogue.places)
        self._vocabulary = VocabularyRecogniser(catalogue.vocabulary, self._places.words)
        knows, covers = self._vocabulary.knows, self._vocabulary.covers
        self._programmes = NameRecogniser("programme", _programme_names(catalogue), knows, covers)
        self._contacts = NameRecogniser("contact", _contact_names(catalogue), knows, covers)
        self._confusable = NameRecogniser("confusable", _confusable_names(catalogue))
        self._terms = NameRecogniser("term", _term_names(catalogue))

    def find(self, text: str) -> list[Mention]:
        """Return all mentions in ``text``; a place inside the name of a programme or contact still counts."""
        tokens = tokenize(text)
        programmes = self._programmes.find(text, tokens)
        sure = [m for m in programmes if m.confidence == 1]
        confusable = [m for m in self._confusable.find(text, tokens) if not any(overlap(m, other) for other in sure)]
        places = self._find_places(text, tokens, sure)
        towns = {(place.start, place.end) for place in places if place.confidence == 1}
        words = [m for m in self._vocabulary.find(text, tokens) if (m.start, m.end) not in towns]  # Löhne is a town
        return [
            *programmes,
            *self._find_contacts(text, tokens),
            *confusable,
            *self._terms.find(text, tokens),
            *places,
            *(_unless_employer(m, tokens) for m in words),
            *(m for m in find_numbers(text) if not _is_part_of_a_name(m, programmes)),
        ]

    def find_masked(self, text: str) -> list[Mention]:
        """Return the programmes, contacts and places alone: all that the classifier masks, in half the time."""
        tokens = tokenize(text)
        programmes = self._programmes.find(text, tokens)
        sure = [m for m in programmes if m.confidence == 1]
        return [*programmes, *self._find_contacts(text, tokens), *self._find_places(text, tokens, sure)]

    def _find_contacts(self, text: str, tokens: list[Token]) -> list[Mention]:
        return [_unless_employer(m, tokens) for m in self._contacts.find(text, tokens)]

    def _find_places(self, text: str, tokens: list[Token], programmes: list[Mention]) -> list[Mention]:
        return [m for m in self._places.find(text, tokens) if not _inside(m, programmes)]


def _unless_employer(mention: Mention, tokens: list[Token]) -> Mention:
    """„Ich bin Beraterin beim Jobcenter Hagen“ says who writes; the office is not what is sought."""
    if mention.entity not in ("contact", "contact_kind"):
        return mention
    clause = next((token.clause for token in tokens if token.start == mention.start), None)
    before = [token.folded for token in tokens if token.clause == clause and token.end <= mention.start]
    writes = bool(_WRITER & set(before)) or before[:1] == ["bin"]
    told = writes and bool(_WORKS & set(before)) and before[-1] in _AT
    return replace(mention, confidence=_EMPLOYER) if told else mention


def _is_part_of_a_name(mention: Mention, names: list[Mention]) -> bool:
    """„Was zahlt Aktion 100?“ tells no number of anything."""
    return mention.entity == "number" and any(overlap(mention, name) for name in names)


def _inside(mention: Mention, others: list[Mention]) -> bool:
    return mention.confidence < 1 and any(o.start <= mention.start and mention.end <= o.end for o in others)


def _programme_names(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Names before aliases, open programmes before ended ones, so that a shared word leads to the open one."""
    records = sorted(catalogue.programmes.values(), key=lambda p: (p.status is Status.AUSGELAUFEN, p.id))
    return [(p.name, p.id) for p in records] + [(alias, p.id) for p in records for alias in p.aliases]


def _contact_names(catalogue: Catalogue) -> list[tuple[str, str]]:
    records = sorted(catalogue.contacts.values(), key=lambda c: (not c.active, c.id))
    return [(c.name, c.id) for c in records] + [(alias, c.id) for c in records for alias in c.aliases]


def _confusable_names(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [(name, c.name) for c in catalogue.confusable for name in (c.name, *c.aliases)]


def _term_names(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [(name, t.id) for t in catalogue.terms.values() for name in (t.term, *t.aliases)]
