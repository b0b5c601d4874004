"""Words for contacts."""

from __future__ import annotations

import datetime as dt
from typing import Sequence

from actions.german import date_de
from knowledge_base.german import REACH
from knowledge_base.schema.contact import Contact, Reach, ReachKind


def contact_block(contact: Contact, today: dt.date, offers: int = 2) -> str:
    """Name, what one gets there, every way to reach it with the age of old data, and the day of checking."""
    lines = [contact.name]
    if contact.offers and offers:
        lines.append("Dort bekommen Sie: " + "; ".join(offer.rstrip(".") for offer in contact.offers[:offers]) + ".")
    lines += [_reach(reach, today) for reach in contact.reach]
    if contact.area_note:
        lines.append(f"Gebiet: {contact.area_note}")
    if contact.status_note:
        lines.append(contact.status_note)
    lines.append(stand(contact))
    return "\n".join(lines)


def contact_line(contact: Contact, today: dt.date) -> str:
    """The contact in one line: name and the best way to reach it."""
    for kind in (ReachKind.TELEFON, ReachKind.EMAIL, ReachKind.WEB):
        for reach in contact.reach:
            if reach.kind is kind:
                return f"{contact.name}, {_reach(reach, today)}"
    return contact.name


def stand(contact: Contact) -> str:
    """„Stand“ and source of a contact."""
    first = next(iter(contact.sources.values()))
    return (
        f"Stand: {date_de(contact.verified.on)}. Quelle: {first.url if first.url.startswith('http') else first.title}"
    )


def contact_list(contacts: Sequence[Contact], today: dt.date) -> str:
    """Several contacts, one block each."""
    return "\n\n".join(contact_block(contact, today) for contact in contacts)


def _reach(reach: Reach, today: dt.date) -> str:
    note = f" ({reach.note})" if reach.note else ""
    return f"{REACH[reach.kind]}: {reach.value}{note}{_age(reach, today)}"


def _age(reach: Reach, today: dt.date) -> str:
    """A warning when the evidence is old; data without a date is not called old."""
    return f" – Angabe von {str(reach.as_of)[:4]}, bitte prüfen" if reach.is_old(today) else ""
