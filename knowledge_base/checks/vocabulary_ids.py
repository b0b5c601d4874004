"""Every value of an enumeration has words by which it is recognised; every entry stands for such a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, did_you_mean, warning
from knowledge_base.content import Catalogue
from knowledge_base.facts import BY_NAME, PURPOSES, SECTORS
from knowledge_base.schema.common import Audience, Topic
from knowledge_base.schema.contact import ContactKind
from knowledge_base.schema.programme import Kind

_COMPLETE: dict[str, tuple[str, ...]] = {
    "topics": tuple(topic.value for topic in Topic),
    "audiences": tuple(audience.value for audience in Audience),
    "purposes": PURPOSES,
    "sectors": SECTORS,
}
"""Field of the vocabulary → values that all need an entry."""
_PARTLY: dict[str, tuple[str, ...]] = {
    "contact_kinds": tuple(kind.value for kind in ContactKind),
    "programme_kinds": tuple(kind.value for kind in Kind),
}
"""Field of the vocabulary → values that may have an entry."""


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report unknown, doubled and missing entries of the vocabulary."""
    for field, entries in catalogue.vocabulary:
        ids = [entry.id for entry in entries]
        for index, entry_id in enumerate(ids):
            loc = (field, index, "id")
            if entry_id in ids[:index]:
                yield _fault(loc, f"„{entry_id}“ steht schon weiter oben – fassen Sie die Wörter zusammen.")
            yield from _unknown(field, entry_id, loc)
        for value in _COMPLETE.get(field, ()):
            if value not in ids and entries:
                yield warning(
                    "vocabulary",
                    "vocabulary",
                    (field,),
                    f"Für „{value}“ fehlen Wörter – ergänzen Sie einen Eintrag unter „{field}“.",
                )


def _unknown(field: str, entry_id: str, loc: tuple[str | int, ...]) -> Iterator[Finding]:
    known = _COMPLETE.get(field) or _PARTLY.get(field)
    if known and entry_id not in known:
        yield _fault(loc, f"„{entry_id}“ gibt es unter „{field}“ nicht – {did_you_mean(entry_id, known)}")
    if field == "life_facts":
        name, _, value = entry_id.partition("=")
        fact = BY_NAME.get(name)
        if fact is None:
            yield _fault(loc, f"Die Angabe „{name}“ gibt es nicht – {did_you_mean(name, BY_NAME)}")
        elif fact.type == "enum" and value not in fact.values:
            yield _fault(loc, f"„{value}“ ist kein Wert von „{name}“ – erlaubt sind {', '.join(fact.values)}.")
        elif fact.type == "bool" and value not in ("true", "false"):
            yield _fault(loc, f"„{value}“ ist kein Wert von „{name}“ – erlaubt sind true und false.")


def _fault(loc: tuple[str | int, ...], text: str) -> Finding:
    return Finding("vocabulary", "vocabulary", loc, text)
