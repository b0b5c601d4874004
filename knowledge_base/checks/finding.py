"""What a check reports, and the walk through records that most checks share."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from knowledge_base.content import Catalogue, Loc
from knowledge_base.problems import Severity
from knowledge_base.schema.programme import Programme, Status

_CLOSE = 0.75


@dataclass(frozen=True)
class Finding:
    """One defect of one field. The line is looked up later, so that checks stay free of files."""

    kind: str
    record_id: str
    loc: Loc
    text: str
    """German: what is wrong – how to mend it."""
    severity: Severity = Severity.FEHLER


def warning(kind: str, record_id: str, loc: Loc, text: str) -> Finding:
    """Return a finding that does not stop a build."""
    return Finding(kind, record_id, loc, text, Severity.WARNUNG)


def records(catalogue: Catalogue) -> Iterator[tuple[str, str, BaseModel]]:
    """Yield kind, id and record of everything in the catalogue."""
    for kind, group in (
        ("programme", catalogue.programmes),
        ("contact", catalogue.contacts),
        ("event", catalogue.events),
        ("term", catalogue.terms),
        ("network", catalogue.networks),
    ):
        for record_id, record in group.items():
            yield kind, record_id, record
    for confusable in catalogue.confusable:
        yield "confusable", confusable.name, confusable
    yield "places", "places", catalogue.places
    yield "vocabulary", "vocabulary", catalogue.vocabulary


def parts(record: Any, loc: Loc = ()) -> Iterator[tuple[Loc, BaseModel]]:
    """Yield a record and all its parts with the way to them."""
    if isinstance(record, BaseModel):
        yield loc, record
        for name in type(record).model_fields:
            yield from parts(getattr(record, name), (*loc, name))
    elif isinstance(record, (list, tuple)):
        for index, item in enumerate(record):
            yield from parts(item, (*loc, index))
    elif isinstance(record, dict):
        for key, item in record.items():
            yield from parts(item, (*loc, key))


def open_programmes(catalogue: Catalogue) -> Iterator[Programme]:
    """Yield the programmes that have not ended."""
    return (p for p in catalogue.programmes.values() if p.status is not Status.AUSGELAUFEN)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return how to mend an unknown id: the nearest known one, or the advice to correct it."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=_CLOSE)
    return f"meinten Sie „{near[0]}“?" if near else "berichtigen oder löschen Sie den Eintrag."
