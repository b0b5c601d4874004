"""A contact that is shown can be reached: by phone, mail, web or a visit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from knowledge_base.checks.finding import Finding, warning
from knowledge_base.content import Catalogue
from knowledge_base.schema.contact import ReachKind

_WAYS = (ReachKind.TELEFON, ReachKind.EMAIL, ReachKind.WEB, ReachKind.ADRESSE)


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report active contacts that nobody can reach."""
    for contact in catalogue.contacts.values():
        if contact.active and not any(reach.kind in _WAYS for reach in contact.reach):
            yield warning(
                "contact",
                contact.id,
                ("reach",),
                "Der Kontakt nennt keinen Weg, ihn zu erreichen – ergänzen Sie unter "
                "„reach“ Telefon, E-Mail, Internetseite oder Anschrift.",
            )
