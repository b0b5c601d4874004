"""Lists of records with search and filters, made once per build of the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from knowledge_base.content import Catalogue
from knowledge_base.schema.common import Verified
from knowledge_base.schema.programme import Programme, Status
from knowledge_base.text import fold

OWN, AS_KREIS = "eigene Stellen", "wie der Kreis"
"""States of a Gemeinde."""


@dataclass(frozen=True)
class Row:
    """One record in a list."""

    id: str
    name: str
    state: str
    topics: Sequence[str]
    by: str
    """Who read it last."""
    checked: Optional[dt.date]
    due: Optional[dt.date]
    """``None`` if it is not read again."""
    confidence: str
    questions: int
    words: str
    """What a search looks into, folded."""

    def is_overdue(self, today: dt.date) -> bool:
        """Whether it should have been read again."""
        return self.due is not None and self.due < today


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; empty means everything."""

    text: str = ""
    state: str = ""
    topic: str = ""
    by: str = ""
    confidence: str = ""
    overdue: bool = False
    questions: bool = False

    def takes(self, row: Row, today: dt.date, words: Sequence[str]) -> bool:
        """Whether a row is to be shown."""
        return (all(word in row.words for word in words)
                and self.state in ("", row.state) and self.by in ("", row.by)
                and self.confidence in ("", row.confidence) and (not self.topic or self.topic in row.topics)
                and (not self.overdue or row.is_overdue(today)) and (not self.questions or row.questions > 0))


def narrowed(rows: Sequence[Row], wanted: Wanted, today: dt.date) -> list[Row]:
    """Return the rows somebody asked for; overdue ones with the longest overdue first."""
    words = fold(wanted.text).split()
    found = [row for row in rows if wanted.takes(row, today, words)]
    return sorted(found, key=lambda row: (row.due or dt.date.max, row.name)) if wanted.overdue else found


def rows_of(catalogue: Catalogue) -> Mapping[str, Sequence[Row]]:
    """Return all rows by the kind of record; see ``KnowledgeStore.derived``."""
    return {
        "programme": list(_rows(catalogue.programmes, "name")), "kontakte": list(_rows(catalogue.contacts, "name")),
        "termine": list(_rows(catalogue.events, "title")), "begriffe": list(_rows(catalogue.terms, "term")),
        "zustaendigkeiten": list(_place_rows(catalogue)),
    }


def _rows(records: Mapping[str, Any], naming: str) -> Iterator[Row]:
    for record in sorted(records.values(), key=lambda each: str(getattr(each, naming)).casefold()):
        verified: Verified | None = getattr(record, "verified", None)
        yield Row(
            id=record.id, name=str(getattr(record, naming)), state=_state(record),
            topics=[topic.value for topic in getattr(record, "topics", ())],
            by=verified.by if verified else "", checked=verified.on if verified else None,
            due=verified.next if verified and _is_read_again(record) else None,
            confidence=record.confidence.value if hasattr(record, "confidence") else "",
            questions=len(getattr(record, "open_questions", ())),
            words=fold(" ".join([record.id, str(getattr(record, naming)), *getattr(record, "aliases", ())])))


def _place_rows(catalogue: Catalogue) -> Iterator[Row]:
    """Every Kreis, then every Gemeinde; for one without bodies of its own those of its Kreis are responsible."""
    for kreis in catalogue.places.kreise:
        yield _place_row(kreis.id, kreis.name, "")
    for kreis in catalogue.places.kreise:
        for gemeinde in kreis.gemeinden:
            if gemeinde.id != kreis.id:
                own = gemeinde.responsible.model_dump(exclude_defaults=True)
                yield _place_row(gemeinde.id, f"{gemeinde.name} ({kreis.name})", OWN if own else AS_KREIS)


def _place_row(place_id: str, name: str, state: str) -> Row:
    return Row(place_id, name, state, (), "", None, None, "", 0, fold(f"{place_id} {name}"))


def _state(record: Any) -> str:
    if isinstance(record, Programme):
        return record.status.value
    return "" if getattr(record, "active", True) else "beendet"


def _is_read_again(record: Any) -> bool:
    if isinstance(record, Programme):
        return record.status is not Status.AUSGELAUFEN
    return bool(getattr(record, "active", True))
