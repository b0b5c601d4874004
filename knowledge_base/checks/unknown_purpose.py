"""Purposes are those of ``knowledge_base/facts.py``; what a programme is for it cannot exclude at the same time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, did_you_mean
from knowledge_base.content import Catalogue
from knowledge_base.facts import PURPOSES


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report unknown purposes and purposes that are both meant and excluded."""
    for c in catalogue.contacts.values():
        yield from _unknown("contact", c.id, "purposes", c.purposes)
    for p in catalogue.programmes.values():
        for field, purposes in (("purposes", p.purposes), ("not_for", p.not_for)):
            yield from _unknown("programme", p.id, field, purposes)
        for index, purpose in enumerate(p.not_for):
            if purpose in p.purposes:
                yield Finding(
                    "programme",
                    p.id,
                    ("not_for", index),
                    f"„{purpose}“ steht unter „purposes“ und unter „not_for“ – behalten Sie nur eines.",
                )


def _unknown(kind: str, record_id: str, field: str, purposes: list[str]) -> Iterator[Finding]:
    for index, purpose in enumerate(purposes):
        if purpose not in PURPOSES:
            message = f"Den Zweck „{purpose}“ gibt es nicht – {did_you_mean(purpose, PURPOSES)}"
            yield Finding(kind, record_id, (field, index), message)
