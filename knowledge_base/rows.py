"""From records to table rows and back. The only place that knows how a record is spread over columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import sqlalchemy as sa
from pydantic import BaseModel

from bot.database import Base
from knowledge_base import tables as t
from knowledge_base.content import Catalogue
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.misc import ConfusableName, Event, Network, Term, Vocabulary
from knowledge_base.schema.place import ForeignPlace, Gemeinde, Kreis, Places, Region
from knowledge_base.schema.programme import Programme
from knowledge_base.text import fold

TARGET_GROUP, APPLICANT = "zielgruppe", "antragsteller"
KREIS, GEMEINDE, REGION, OUTSIDE = "kreis", "gemeinde", "region", "ausserhalb"
AMBIGUOUS, EVERYDAY_WORD = "mehrdeutig", "alltagswort"

Row = dict[str, Any]
Rows = dict[type[Base], list[Row]]
M = TypeVar("M", bound=BaseModel)


def catalogue_rows(catalogue: Catalogue) -> Rows:
    """Return the rows of all tables, in an order in which they can be inserted."""
    return {
        **_programme_rows(catalogue),
        **_contact_rows(catalogue),
        t.PlaceRow: list(_place_rows(catalogue.places)),
        t.PlaceName: [
            {"number": number, "folded": fold(row["name"]), **row}
            for number, row in enumerate(_place_names(catalogue.places))
        ],
        t.EventRow: [
            {"id": e.id, "title": e.title, "date": e.date, "data": _data(e)} for e in catalogue.events.values()
        ],
        t.TermRow: [{"id": x.id, "term": x.term, "data": _data(x)} for x in catalogue.terms.values()],
        t.ConfusableRow: [
            {"position": position, "name": c.name, "data": _data(c)}
            for position, c in enumerate(catalogue.confusable)
        ],
        t.NetworkRow: [{"id": n.id, "name": n.name, "data": _data(n)} for n in catalogue.networks.values()],
        t.VocabularyRow: [
            {"kind": kind, "position": position, "id": entry.id, "data": _data(entry)}
            for kind, entries in catalogue.vocabulary
            for position, entry in enumerate(entries)
        ],
    }


def read_catalogue_rows(connection: sa.Connection) -> Catalogue:
    """Rebuild the catalogue from the tables. The connection must be a snapshot."""
    vocabulary: dict[str, list[Row]] = {kind: [] for kind in Vocabulary.model_fields}
    query = sa.select(t.VocabularyRow.kind, t.VocabularyRow.data)
    for kind, data in connection.execute(query.order_by(t.VocabularyRow.kind, t.VocabularyRow.position)):
        vocabulary[kind].append(data)
    return Catalogue(
        programmes=_by_id(connection, t.ProgrammeRow, Programme),
        contacts=_by_id(connection, t.ContactRow, Contact),
        places=_read_places(connection),
        events=_by_id(connection, t.EventRow, Event),
        terms=_by_id(connection, t.TermRow, Term),
        vocabulary=Vocabulary.model_validate(vocabulary),
        confusable=tuple(
            ConfusableName.model_validate(data)
            for data in connection.scalars(sa.select(t.ConfusableRow.data).order_by(t.ConfusableRow.position))
        ),
        networks=_by_id(connection, t.NetworkRow, Network),
    )


def _data(record: BaseModel, exclude: set[str] | None = None) -> Row:
    """The whole record as JSON. Defaults are left out: smaller, and a new field needs no migration."""
    return record.model_dump(mode="json", exclude_defaults=True, exclude=exclude)


def _by_id(connection: sa.Connection, table: Any, model: type[M]) -> dict[str, M]:
    rows = connection.execute(sa.select(table.id, table.data))
    return {record_id: model.model_validate(data) for record_id, data in sorted(rows, key=lambda row: str(row[0]))}


def _programme_rows(catalogue: Catalogue) -> Rows:
    rows: Rows = {
        table: []
        for table in (t.ProgrammeRow, t.ProgrammeTopic, t.ProgrammeAudience, t.ProgrammeArea, t.ProgrammePurpose)
    }
    for p in catalogue.programmes.values():
        rows[t.ProgrammeRow].append(
            {
                "id": p.id,
                "name": p.name,
                "kind": p.kind.value,
                "level": p.level.value,
                "status": p.status.value,
                "valid_from": p.valid_from,
                "valid_until": p.valid_until,
                "min_employees": p.company_size.min_employees,
                "max_employees": p.company_size.max_employees,
                "confidence": p.confidence.value,
                "data": _data(p),
            }
        )
        rows[t.ProgrammeTopic] += [{"programme_id": p.id, "topic": topic} for topic in _unique(p.topics)]
        for role, audiences in ((TARGET_GROUP, p.audiences), (APPLICANT, p.applicants)):
            rows[t.ProgrammeAudience] += [
                {"programme_id": p.id, "audience": audience, "role": role} for audience in _unique(audiences)
            ]
        rows[t.ProgrammeArea] += [{"programme_id": p.id, "place_id": place} for place in _unique(p.area)]
        purposes = {**dict.fromkeys(p.not_for, True), **dict.fromkeys(p.purposes, False)}
        rows[t.ProgrammePurpose] += [
            {"programme_id": p.id, "purpose": purpose, "excluded": excluded} for purpose, excluded in purposes.items()
        ]
    return rows


def _contact_rows(catalogue: Catalogue) -> Rows:
    rows: Rows = {table: [] for table in (t.ContactRow, t.ContactTopic, t.ContactAudience, t.ContactArea)}
    for c in catalogue.contacts.values():
        rows[t.ContactRow].append(
            {"id": c.id, "name": c.name, "kind": c.kind.value, "active": c.active, "data": _data(c)}
        )
        rows[t.ContactTopic] += [{"contact_id": c.id, "topic": topic} for topic in _unique(c.topics)]
        rows[t.ContactAudience] += [{"contact_id": c.id, "audience": audience} for audience in _unique(c.audiences)]
        rows[t.ContactArea] += [{"contact_id": c.id, "place_id": place} for place in _unique(c.area)]
    return rows


def _unique(values: list[Any]) -> list[str]:
    return list(dict.fromkeys(getattr(value, "value", value) for value in values))


def _place_rows(places: Places) -> Iterator[Row]:
    position = 0
    for kreis in places.kreise:
        yield _place_row(position, KREIS, kreis, data=_data(kreis, exclude={"gemeinden"}))
        for gemeinde in kreis.gemeinden:
            position += 1
            yield _place_row(position, GEMEINDE, gemeinde, parent=kreis.id)
        position += 1
    for kind, others in ((REGION, places.regions), (OUTSIDE, places.outside)):
        for place in others:
            yield _place_row(position, kind, place)
            position += 1


def _place_row(position: int, kind: str, place: Any, parent: str | None = None, data: Row | None = None) -> Row:
    return {
        "id": place.id,
        "position": position,
        "type": kind,
        "name": place.name,
        "parent_id": parent,
        "data": _data(place) if data is None else data,
    }


def _place_names(places: Places) -> Iterator[Row]:
    for kreis in places.kreise:
        yield from _names(kreis, ("name", [kreis.name]), ("alias", kreis.aliases), ("kfz", kreis.kfz))
        for gemeinde in kreis.gemeinden:
            yield from _names(
                gemeinde,
                ("name", [gemeinde.name]),
                ("alias", gemeinde.aliases),
                ("plz", gemeinde.plz),
                ("ortsteil", gemeinde.districts),
            )
    others: tuple[Region | ForeignPlace, ...] = (*places.regions, *places.outside)
    for place in others:
        yield from _names(place, ("name", [place.name]), ("alias", place.aliases))
    for name, ids in places.ambiguous.items():
        for place_id in ids:
            yield {"name": name, "place_id": place_id, "kind": AMBIGUOUS}
    for word in places.everyday_words:
        yield {"name": word, "place_id": None, "kind": EVERYDAY_WORD}


def _names(place: Any, *named: tuple[str, list[str]]) -> Iterator[Row]:
    for kind, names in named:
        for name in names:
            yield {"name": name, "place_id": place.id, "kind": kind}


def _read_places(connection: sa.Connection) -> Places:
    found: dict[str, list[Row]] = {KREIS: [], REGION: [], OUTSIDE: []}
    gemeinden: dict[str, list[Gemeinde]] = {}
    for row in connection.execute(sa.select(t.PlaceRow).order_by(t.PlaceRow.position)):
        if row.type == GEMEINDE:
            gemeinden.setdefault(row.parent_id, []).append(Gemeinde.model_validate(row.data))
        else:
            found[row.type].append(row.data)
    ambiguous: dict[str, list[str]] = {}
    everyday: list[str] = []
    special = sa.select(t.PlaceName).where(t.PlaceName.kind.in_((AMBIGUOUS, EVERYDAY_WORD)))
    for name in connection.execute(special.order_by(t.PlaceName.number)):
        if name.kind == AMBIGUOUS:
            ambiguous.setdefault(name.name, []).append(name.place_id)
        else:
            everyday.append(name.name)
    return Places.model_validate(
        {
            "kreise": [
                Kreis.model_validate({**data, "gemeinden": gemeinden.get(data["id"], [])}) for data in found[KREIS]
            ],
            "regions": found[REGION],
            "outside": found[OUTSIDE],
            "ambiguous": ambiguous,
            "everyday_words": everyday,
        }
    )
