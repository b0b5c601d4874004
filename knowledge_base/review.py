"""Which records have to be read again, by the day their last reading set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge_base.content import Catalogue
from knowledge_base.schema.programme import Status

CONTACT = "kontakt"
"""Stands for the volatility of a contact, which has none of its own."""


@dataclass(frozen=True)
class Due:
    """One record that is due."""

    record_id: str
    name: str
    on: dt.date
    """Day by which it should have been read again."""
    why: str
    """How fast it changes: value of ``Volatility``, or ``CONTACT``."""

    def days_over(self, today: dt.date) -> int:
        """Days since it was due; negative if it is due later."""
        return (today - self.on).days


def due(catalogue: Catalogue, today: dt.date, ahead: int = 0) -> list[Due]:
    """Return what is due today or within the next days, the longest overdue first.

    Ended programmes are not read again; they say since when they have ended.
    """
    limit = today + dt.timedelta(days=ahead)
    found = [each for each in _all(catalogue) if each.on <= limit]
    return sorted(found, key=lambda each: (each.on, each.record_id))


def _all(catalogue: Catalogue) -> Iterator[Due]:
    for programme in catalogue.programmes.values():
        if programme.status is not Status.AUSGELAUFEN:
            yield Due(programme.id, programme.name, programme.verified.next, programme.volatility.value)
    for contact in catalogue.contacts.values():
        if contact.active:
            yield Due(contact.id, contact.name, contact.verified.next, CONTACT)
