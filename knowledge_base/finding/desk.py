"""Everything a question needs, ready in memory: catalogue, places, search index, arrays. One per store and build."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from bot.database import snapshot
from knowledge_base.content import Catalogue
from knowledge_base.eligibility import current_status
from knowledge_base.places import GERMANY, NRW, Directory
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.programme import Programme, Status
from knowledge_base.search import CONTACT, PROGRAMME, SearchIndex, TextScores
from knowledge_base.store import KnowledgeStore
from knowledge_base.text import fold

Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Distances = npt.NDArray[np.intp]
Record = TypeVar("Record", Programme, Contact)

FAR = 9
"""Distance of a record that does not touch the place."""

_lock = threading.Lock()
_desks: WeakKeyDictionary[KnowledgeStore, Desk] = WeakKeyDictionary()


class Shelf(Generic[Record]):
    """Records of one kind in a fixed order, with their features as arrays over that order."""

    def __init__(self, records: Sequence[Record], found_ids: list[str]) -> None:
        self.records: Sequence[Record] = records
        self.ids = [record.id for record in records]
        self.topics = _masks([[topic.value for topic in record.topics] for record in records])
        self.audiences = _masks([[audience.value for audience in record.audiences] for record in records])
        self.areas, self.area_of = _numbered([tuple(record.area) for record in records])
        self.kinds = _masks([[record.kind.value] for record in records])
        self._rows = _alignment(self.ids, found_ids)
        self._row_of = {record_id: row for row, record_id in enumerate(self.ids)}
        self._near: dict[str, tuple[Mask, Distances]] = {}
        wide = {NRW, GERMANY}
        self.local: Mask = np.array([not wide & set(area) for area in self.areas], np.bool_)[self.area_of]
        """Which records are for a part of NRW only."""

    def __len__(self) -> int:
        return len(self.ids)

    def row(self, record_id: str) -> int:
        """The position of a record."""
        return self._row_of[record_id]

    def none(self) -> Mask:
        """A mask that holds nothing."""
        return np.zeros(len(self), np.bool_)

    def any_of(self, masks: dict[str, Mask], values: Sequence[str] | frozenset[str] | set[str]) -> Mask:
        """Which records have at least one of the values."""
        return np.logical_or.reduce([masks[value] for value in values if value in masks] or [self.none()])

    def relevance(self, scored: TextScores) -> Floats:
        """The text scores in the order of this shelf."""
        return scored.scores if self._rows is None else np.append(scored.scores, np.float32(0))[self._rows]

    def matched(self, scored: TextScores, position: int) -> tuple[str, ...]:
        """The words that led to the record at ``position``."""
        row = position if self._rows is None else int(self._rows[position])
        return scored.matched(row) if 0 <= row < len(scored.ids) else ()

    def near(self, place: str, directory: Directory) -> tuple[Mask, Distances]:
        """Which records do not reach the place at all, and how near each one is; ``FAR`` if it does not touch it."""
        if place not in self._near:
            away = np.array([directory.covers(area, place) is False for area in self.areas], np.bool_)
            distances = [directory.distance(area, place) for area in self.areas]
            near = np.array([FAR if one is None else one for one in distances], np.intp)
            self._near[place] = (away[self.area_of], near[self.area_of])
        return self._near[place]



class ProgrammeShelf(Shelf[Programme]):
    """Programmes, with what only they have."""

    def __init__(self, records: Sequence[Programme], found_ids: list[str]) -> None:
        super().__init__(records, found_ids)
        self.applicants = _masks([[audience.value for audience in record.applicants] for record in records])
        self.purposes = _masks([record.purposes for record in records])
        self.breadth = np.array([len(record.purposes) for record in records], np.float32)
        self._status: tuple[dt.date, dict[Status, Mask]] | None = None

    def statuses(self, as_of: dt.date) -> dict[Status, Mask]:
        """Which programmes are in which state on a day; remembered for the last day asked."""
        if self._status is None or self._status[0] != as_of:
            masks = _masks([[current_status(record, as_of).value] for record in self.records])
            self._status = (as_of, {Status(value): mask for value, mask in masks.items()})
        return self._status[1]


class ContactShelf(Shelf[Contact]):
    """Contacts, with what only they have."""

    def __init__(self, records: Sequence[Contact], found_ids: list[str]) -> None:
        super().__init__(records, found_ids)
        self.purposes = _masks([record.purposes for record in records])
        self.active: Mask = np.array([record.active for record in records], np.bool_)


@dataclass(frozen=True, eq=False)
class Desk:
    """The catalogue of one build, ready to be asked."""

    build: int
    catalogue: Catalogue
    directory: Directory
    index: SearchIndex
    programmes: ProgrammeShelf
    contacts: ContactShelf
    labels: dict[str, str]
    """German names of topics and purposes by id."""

    def place_words(self, place: str | None) -> frozenset[str]:
        """The folded words that only name the place asked from; they say nothing about the need."""
        names = [self.directory.name(area) for area in self.directory.chain(place)[:2]] if place else []
        return frozenset(word for name in names for word in fold(name).split())


def desk(store: KnowledgeStore) -> Desk:
    """Return the desk of the active build of ``store``."""
    number, catalogue = store.build_number(), store.catalogue()
    with _lock:
        ready = _desks.get(store)
        if ready is None or ready.build != number or ready.catalogue is not catalogue:
            ready = _desks[store] = _set_up(store, number, catalogue)
        return ready


def _set_up(store: KnowledgeStore, number: int, catalogue: Catalogue) -> Desk:
    with snapshot(store.engine) as connection:
        index = SearchIndex.load(connection)
    index.search("Wörterbuch laden")  # once per process; else the first question would wait a second for it
    vocabulary = catalogue.vocabulary
    return Desk(
        number, catalogue, store.derived(directory_of), index,
        ProgrammeShelf(list(catalogue.programmes.values()), index.ids(PROGRAMME)),
        ContactShelf(list(catalogue.contacts.values()), index.ids(CONTACT)),
        {entry.id: entry.label for entry in (*vocabulary.topics, *vocabulary.purposes)},
    )


def directory_of(catalogue: Catalogue) -> Directory:
    """The places of a catalogue; a factory for ``KnowledgeStore.derived``."""
    return Directory(catalogue.places)


def _masks(values: list[list[str]]) -> dict[str, Mask]:
    masks: dict[str, Mask] = {}
    for row, held in enumerate(values):
        for value in held:
            masks.setdefault(value, np.zeros(len(values), np.bool_))[row] = True
    return masks


def _numbered(values: list[tuple[str, ...]]) -> tuple[list[tuple[str, ...]], npt.NDArray[np.intp]]:
    """The distinct values, and for each position the number of its value."""
    numbers: dict[tuple[str, ...], int] = {}
    rows = [numbers.setdefault(value, len(numbers)) for value in values]
    return list(numbers), np.array(rows, np.intp)


def _alignment(ids: list[str], found_ids: list[str]) -> npt.NDArray[np.intp] | None:
    """For each record the row of its text score; ``None`` if the order is the same; the last row holds zero."""
    if ids == found_ids:
        return None
    rows = {record_id: row for row, record_id in enumerate(found_ids)}
    return np.array([rows.get(record_id, len(found_ids)) for record_id in ids], np.intp)
