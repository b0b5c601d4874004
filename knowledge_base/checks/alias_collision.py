"""A name leads to one record: no two programmes, and no programme and confusable name, share a name or alias."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from knowledge_base.checks.finding import Finding, warning
from knowledge_base.content import Catalogue, Loc
from knowledge_base.text import tokens

_Use = tuple[str, str, Loc, str]
"""Kind, id, field and the name as written."""


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report names that two records share; between contacts and between terms it is only a warning."""
    programmes = [
        use for p in catalogue.programmes.values() for use in _uses("programme", p.id, "name", p.name, p.aliases)
    ]
    confusable = [use for c in catalogue.confusable for use in _uses("confusable", c.name, "name", c.name, c.aliases)]
    contacts = [
        use
        for c in catalogue.contacts.values()
        if c.active
        for use in _uses("contact", c.id, "name", c.name, c.aliases)
    ]
    terms = [use for t in catalogue.terms.values() for use in _uses("term", t.id, "term", t.term, t.aliases)]
    for first, (kind, record_id, loc, name) in _collisions([*programmes, *confusable]):
        yield Finding(
            kind,
            record_id,
            loc,
            f"„{name}“ heißt auch {first[1]} – ein Name darf nur zu einem Eintrag führen, "
            "löschen Sie ihn hier oder dort.",
        )
    for group in (contacts, terms):
        for first, (kind, record_id, loc, name) in _collisions(group):
            yield warning(
                kind, record_id, loc, f"„{name}“ heißt auch {first[1]} – prüfen Sie, wohin der Name führen soll."
            )


def _uses(kind: str, record_id: str, field: str, name: str, aliases: list[str]) -> Iterator[_Use]:
    yield kind, record_id, (field,), name
    for index, alias in enumerate(aliases):
        yield kind, record_id, ("aliases", index), alias


def _collisions(uses: Iterable[_Use]) -> Iterator[tuple[_Use, _Use]]:
    """Yield pairs of uses of one name by two records; spaces, hyphens and spelling of umlauts do not count."""
    by_name: dict[str, list[_Use]] = defaultdict(list)
    for use in uses:
        by_name[_folded(use[3])].append(use)
    for same in by_name.values():
        for other in same[1:]:
            if other[:2] != same[0][:2]:
                yield same[0], other


@lru_cache(maxsize=50_000)
def _folded(name: str) -> str:
    return "".join(tokens(name))
