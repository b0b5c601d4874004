"""Whoever finds an open programme also finds a person: it names contacts, or kinds of contact at the place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, open_programmes
from knowledge_base.content import Catalogue


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report open programmes without a contact that is still there."""
    for p in open_programmes(catalogue):
        if not p.contact_ids and not p.contact_kinds:
            yield Finding(
                "programme",
                p.id,
                (),
                "Das Programm läuft, nennt aber keine Ansprechstelle – ergänzen Sie "
                "„contact_ids“ oder „contact_kinds“.",
            )
            continue
        closed = [i for i in p.contact_ids if i in catalogue.contacts and not catalogue.contacts[i].active]
        if closed and len(closed) == len(p.contact_ids) and not p.contact_kinds:
            yield Finding(
                "programme",
                p.id,
                ("contact_ids",),
                "Alle genannten Ansprechstellen gibt es nicht mehr – nennen Sie eine, die noch besteht.",
            )
