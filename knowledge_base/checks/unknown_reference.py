"""What one record says about another one leads somewhere: successors, alternatives, contacts, members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from knowledge_base.checks.finding import Finding, did_you_mean
from knowledge_base.content import Catalogue, Loc
from knowledge_base.schema.contact import ContactKind
from knowledge_base.schema.place import Responsible

_CONTACT_KINDS = frozenset(kind.value for kind in ContactKind)
_RESPONSIBLE = tuple(name for name in Responsible.model_fields if name != "names")


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report references to records that do not exist, and records that refer to themselves."""
    yield from _of_programmes(catalogue)
    yield from _of_others(catalogue)
    yield from _of_places(catalogue)


def _of_programmes(catalogue: Catalogue) -> Iterator[Finding]:
    programmes, contacts = _known(catalogue, catalogue.programmes), _known(catalogue, catalogue.contacts)
    for p in catalogue.programmes.values():
        others: list[tuple[Loc, str]] = [
            (("alternatives", index), other) for index, other in enumerate(p.alternatives)
        ]
        if p.successor:
            others.append((("successor", "id"), p.successor.id))
        for loc, other in others:
            if other == p.id:
                yield Finding(
                    "programme", p.id, loc, "Das Programm verweist auf sich selbst – löschen Sie den Eintrag."
                )
            yield from _unknown("programme", p.id, loc, other, programmes, "ein Programm")
        yield from _all("programme", p.id, "contact_ids", p.contact_ids, contacts, "einen Kontakt")
        yield from _all("programme", p.id, "contact_kinds", p.contact_kinds, _CONTACT_KINDS, "eine Art von Kontakt")


def _of_others(catalogue: Catalogue) -> Iterator[Finding]:
    programmes, contacts = _known(catalogue, catalogue.programmes), _known(catalogue, catalogue.contacts)
    for term in catalogue.terms.values():
        yield from _all("term", term.id, "see", term.see, programmes, "ein Programm")
    for event in catalogue.events.values():
        yield from _all("event", event.id, "contact_ids", event.contact_ids, contacts, "einen Kontakt")
    for network in catalogue.networks.values():
        yield from _all("network", network.id, "contact_ids", network.contact_ids, contacts, "einen Kontakt")
    for confusable in catalogue.confusable:
        yield from _all(
            "confusable",
            confusable.name,
            "leads_to",
            confusable.leads_to,
            {*programmes, *contacts, *catalogue.terms},
            "ein Programm, einen Kontakt oder einen Begriff",
        )


def _of_places(catalogue: Catalogue) -> Iterator[Finding]:
    places, contacts = catalogue.places, _known(catalogue, catalogue.contacts)
    gemeinden = {gemeinde.id for kreis in places.kreise for gemeinde in kreis.gemeinden}
    areas = {*gemeinden, *(kreis.id for kreis in places.kreise), *(region.id for region in places.regions)}
    for k, kreis in enumerate(places.kreise):
        yield from _of_responsible(("kreise", k), kreis.responsible, contacts)
        for g, gemeinde in enumerate(kreis.gemeinden):
            yield from _of_responsible(("kreise", k, "gemeinden", g), gemeinde.responsible, contacts)
    for r, region in enumerate(places.regions):
        for m, member in enumerate(region.members):
            yield from _unknown("places", "places", ("regions", r, "members", m), member, areas, "einen Ort")
    for name, ids in places.ambiguous.items():
        for i, place_id in enumerate(ids):
            yield from _unknown("places", "places", ("ambiguous", name, i), place_id, gemeinden, "eine Gemeinde")


def _of_responsible(at: Loc, responsible: Responsible, contacts: Collection[str]) -> Iterator[Finding]:
    for name in _RESPONSIBLE:
        contact_id = getattr(responsible, name)
        if contact_id is not None:
            yield from _unknown("places", "places", (*at, "responsible", name), contact_id, contacts, "einen Kontakt")
    for name in responsible.names:
        if name not in _RESPONSIBLE:
            yield Finding(
                "places",
                "places",
                (*at, "responsible", "names", name),
                f"„{name}“ ist keine Art von Stelle – erlaubt sind {', '.join(_RESPONSIBLE)}.",
            )


def _known(catalogue: Catalogue, records: Iterable[str]) -> frozenset[str]:
    """Ids that may be referred to; a record that is broken itself is not reported a second time here."""
    return frozenset(records) | catalogue.unreadable


def _all(
    kind: str, record_id: str, field: str, ids: list[str], known: Collection[str], what: str
) -> Iterator[Finding]:
    for index, other in enumerate(ids):
        yield from _unknown(kind, record_id, (field, index), other, known, what)


def _unknown(kind: str, record_id: str, loc: Loc, other: str, known: Collection[str], what: str) -> Iterator[Finding]:
    """Report an id that is not known. Where nothing at all is known a whole file is missing, which is reported."""
    if known and other not in known:
        yield Finding(
            kind,
            record_id,
            loc,
            f"„{other}“ bezeichnet hier {what}, den Eintrag gibt es aber nicht – {did_you_mean(other, known)}",
        )
