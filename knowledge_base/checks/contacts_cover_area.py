"""Wherever a programme is offered, one of its contacts is responsible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, open_programmes, warning
from knowledge_base.content import Catalogue
from knowledge_base.places import GERMANY, NRW, Directory


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report open programmes whose named contacts leave a part of the area, within NRW, without anybody."""
    if not catalogue.places.kreise:
        return
    directory = Directory(catalogue.places)
    for p in open_programmes(catalogue):
        contacts = [catalogue.contacts[i] for i in p.contact_ids if i in catalogue.contacts]
        if p.contact_kinds or not contacts:
            continue
        covered = [place for contact in contacts for place in contact.area]
        for place in p.area:
            if directory.covers(covered, NRW if place == GERMANY else place) is not True:
                yield warning(
                    "programme",
                    p.id,
                    ("contact_ids",),
                    f"Nicht überall in „{place}“ ist einer der Kontakte zuständig – "
                    "ergänzen Sie einen Kontakt oder unter „contact_kinds“ die Stelle vor Ort.",
                )
