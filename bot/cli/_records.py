"""A record as lines of plain text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from knowledge_base.schema.common import Source, Statement, Verified
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.programme import Programme


def programme_lines(p: Programme) -> Iterator[str]:
    """Yield the lines of a programme."""
    yield f"{p.name}  [{p.id}]"
    yield f"  {p.kind.value}, {p.level.value}, Status: {p.status.value}"
    if p.status_note:
        yield f"  {p.status_note.text}"
    yield f"  {p.summary.text}"
    yield f"  Was es gibt: {p.funding.text.text}"
    yield f"  Frist: {p.deadline.text}"
    yield from _listed("Voraussetzungen", p.conditions)
    yield from _listed("Ausgeschlossen", p.exclusions)
    yield from _listed("Schritte", p.steps)
    yield from _listed("Unterlagen", p.documents)
    yield from _listed("Kombination", p.combination)
    yield f"  Gebiet: {', '.join(p.area)}"
    yield f"  Stelle: {p.provider.name}"
    yield f"  Kontakte: {', '.join([*p.contact_ids, *p.contact_kinds]) or 'keine'}"
    yield from _evidence(p.sources, p.verified)


def contact_lines(c: Contact) -> Iterator[str]:
    """Yield the lines of a contact."""
    yield f"{c.name}  [{c.id}]"
    yield f"  {c.kind.value}{'' if c.active else ', nicht mehr tätig'}"
    if c.status_note:
        yield f"  {c.status_note}"
    for reach in c.reach:
        age = f" (Stand {reach.as_of})" if reach.as_of else ""
        yield f"  {reach.kind.value}: {reach.value}{age}"
    for offer in c.offers:
        yield f"  - {offer}"
    yield f"  Gebiet: {', '.join(c.area)}"
    yield from _evidence(c.sources, c.verified)


def _listed(title: str, statements: Sequence[Statement]) -> Iterator[str]:
    if statements:
        yield f"  {title}:"
        yield from (f"    - {statement.text}" for statement in statements)


def _evidence(sources: Mapping[str, Source], verified: Verified) -> Iterator[str]:
    yield f"  Stand: {verified.on:%d.%m.%Y}, nächste Prüfung: {verified.next:%d.%m.%Y}"
    for key, source in sources.items():
        yield f"  {key}: {source.title} – {source.url}"
