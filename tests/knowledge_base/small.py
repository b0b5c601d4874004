"""A small catalogue made in Python: builders with defaults, so that a test says only what it is about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bot.database import Base, open_engine
from knowledge_base import tables  # noqa: F401 - the tables must be known to the metadata
from knowledge_base.build import build
from knowledge_base.content import Catalogue
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.misc import ConfusableName, Event, Term, Vocabulary
from knowledge_base.schema.place import Places
from knowledge_base.schema.programme import Programme
from knowledge_base.store import KnowledgeStore

TODAY = dt.date(2026, 11, 22)
_SOURCE = {"s1": {"url": "https://example.org", "title": "Beispiel", "supports": "alles", "checked_on": TODAY}}
_VERIFIED = {"on": TODAY, "by": "test", "next": dt.date(2027, 2, 1)}


def programme(record_id: str = "kurszuschuss", **changes: Any) -> Programme:
    """A grant for courses, open to employees all over Germany, without any condition."""
    return Programme.model_validate({
        "id": record_id, "name": record_id.replace("-", " ").title(), "kind": "zuschuss", "level": "land",
        "status": "aktiv", "topics": ["qualifizierung"], "audiences": ["beschaeftigte"],
        "applicants": changes.get("audiences", ["beschaeftigte"]), "area": ["deutschland"],
        "summary": {"text": "Es gibt Geld."}, "plain": {"text": "Es gibt Geld."},
        "funding": {"text": {"text": "Ein Zuschuss."}}, "deadline": {"kind": "keine", "text": "Keine Frist."},
        "provider": {"name": "Land"}, "sources": _SOURCE, "verified": _VERIFIED, "volatility": "richtlinie",
        "confidence": "high", **changes})


def contact(record_id: str, **changes: Any) -> Contact:
    """An office for everybody in NRW."""
    return Contact.model_validate({
        "id": record_id, "name": record_id.replace("-", " ").title(), "kind": "traeger", "area": ["nrw"],
        "sources": _SOURCE, "verified": _VERIFIED, "confidence": "high", **changes})


def event(record_id: str, **changes: Any) -> Event:
    """An event of today, for employees all over NRW."""
    return Event.model_validate({
        "id": record_id, "title": record_id, "area": ["nrw"], "organisers": ["Agentur"], "topics": ["ki"],
        "audiences": ["beschaeftigte"], "summary": "Ein Treffen.", "sources": _SOURCE, "verified": _VERIFIED,
        **changes})


def places() -> Places:
    """Two Kreise as they are: Witten and Hattingen belong to other bodies than the rest of their Kreis."""
    south = {"regionalagentur": "regionalagentur-sued", "ihk": "ihk-sued", "jobcenter": None,
             "names": {"jobcenter": "Jobcenter EN"}}
    north = {"regionalagentur": "regionalagentur-mitte", "ihk": "ihk-mitte"}
    return Places.model_validate({
        "kreise": [
            {"id": "bochum", "name": "Bochum", "type": "kreisfreie-stadt", "ags": "05911", "responsible": north,
             "gemeinden": [{"id": "bochum", "name": "Bochum", "plz": ["44787"]}]},
            {"id": "ennepe-ruhr-kreis", "name": "Ennepe-Ruhr-Kreis", "type": "kreis", "ags": "05954",
             "responsible": south,
             "gemeinden": [{"id": "witten", "name": "Witten", "responsible": north},
                           {"id": "hattingen", "name": "Hattingen", "responsible": north},
                           {"id": "schwelm", "name": "Schwelm"}, {"id": "gevelsberg", "name": "Gevelsberg"}]},
            {"id": "hagen", "name": "Hagen", "type": "kreisfreie-stadt", "ags": "05914", "responsible": south,
             "gemeinden": [{"id": "hagen", "name": "Hagen"}]}],
        "regions": [{"id": "mitte", "name": "Mitte", "members": ["bochum", "witten", "hattingen"]},
                    {"id": "sued", "name": "Süd", "members": ["hagen", "schwelm", "gevelsberg"]},
                    {"id": "beide", "name": "Beide", "members": ["mitte", "sued"]}],
        "outside": [{"id": "venlo", "name": "Venlo", "land": "Niederlande"},
                    {"id": "kassel", "name": "Kassel", "land": "Hessen"}]})


def vocabulary() -> Vocabulary:
    return Vocabulary.model_validate({
        "topics": [{"id": "qualifizierung", "label": "Weiterbildung", "words": ["weiterbildung*"]}], "audiences": [],
        "purposes": [{"id": "it_sicherheit", "label": "IT-Sicherheit", "words": ["firewall*", "virenschutz"]},
                     {"id": "weiterbildung", "label": "Kurs", "words": ["kurs*", "lehrgang*"]}],
        "sectors": []})


def catalogue(programmes: list[Programme] | None = None, contacts: list[Contact] | None = None,
              events: list[Event] | None = None, terms: list[Term] | None = None,
              confusable: tuple[ConfusableName, ...] = ()) -> Catalogue:
    return Catalogue(
        programmes={p.id: p for p in sorted(programmes or [], key=lambda p: p.id)},
        contacts={c.id: c for c in sorted(contacts or [], key=lambda c: c.id)}, places=places(),
        events={e.id: e for e in events or []}, terms={t.id: t for t in terms or []}, vocabulary=vocabulary(),
        confusable=confusable, networks={})


def store_of(built: Catalogue, url: str = "sqlite://") -> KnowledgeStore:
    """A store on a fresh database that holds this catalogue."""
    engine = open_engine(url)
    Base.metadata.create_all(engine)
    build(engine, built, "hash")
    return KnowledgeStore(engine)
