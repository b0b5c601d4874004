"""The whole catalogue in memory: immutable records by id, and where each of them stands in the files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from knowledge_base.schema.contact import Contact
from knowledge_base.schema.misc import ConfusableName, Event, Network, Term, Vocabulary
from knowledge_base.schema.place import Places
from knowledge_base.schema.programme import Programme

Loc = tuple[str | int, ...]
"""Way to a field within a record, e.g. ``("funding", "amounts", 0, "value")``."""

Locator = Callable[[Loc], tuple[str, int]]
"""Returns path and line of a field of one record."""


@dataclass(frozen=True)
class Catalogue:
    """Everything we know. Records are ordered by id, so that nothing depends on the file system."""

    programmes: Mapping[str, Programme]
    contacts: Mapping[str, Contact]
    places: Places
    events: Mapping[str, Event]
    terms: Mapping[str, Term]
    vocabulary: Vocabulary
    confusable: tuple[ConfusableName, ...]
    networks: Mapping[str, Network]
    locators: Mapping[tuple[str, str], Locator] = field(default_factory=dict, repr=False, compare=False)
    """By kind and id, e.g. ``("programme", "bildungsscheck-2-0")``. Empty if the catalogue came from the database."""
    unreadable: frozenset[str] = frozenset()
    """Ids of records whose file exists but cannot be used; only set while files are being checked."""

    def locate(self, kind: str, record_id: str, loc: Loc = ()) -> tuple[str, int | None]:
        """Return path and line of a field; without files the kind and id stand for the path."""
        locator = self.locators.get((kind, record_id))
        return locator(loc) if locator else (f"{kind}/{record_id}", None)


EMPTY_VOCABULARY = Vocabulary(topics=[], audiences=[], purposes=[], sectors=[])
EMPTY_PLACES = Places(kreise=[], regions=[])
