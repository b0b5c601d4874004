"""A contact as the templates show it: every way to reach it with its link, its source and its age."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.web.rendering import date_de
from channels.web.rendering import phone_link
from knowledge_base.german import REACH
from knowledge_base.schema.common import Source, source_keys
from knowledge_base.schema.contact import Contact, ContactKind, Reach, ReachKind

KINDS = {
    ContactKind.REGIONALAGENTUR: "Regionalagentur",
    ContactKind.AGENTUR_FUER_ARBEIT: "Agentur für Arbeit",
    ContactKind.JOBCENTER: "Jobcenter",
    ContactKind.IHK: "Industrie- und Handelskammer",
    ContactKind.HWK: "Handwerkskammer",
    ContactKind.WIRTSCHAFTSFOERDERUNG: "Wirtschaftsförderung",
    ContactKind.WEITERBILDUNGSBERATUNG: "Weiterbildungsberatung",
    ContactKind.KOMPETENZZENTRUM: "Kompetenzzentrum",
    ContactKind.DIGITALZENTRUM: "Digitalzentrum",
    ContactKind.HOCHSCHULE: "Hochschule",
    ContactKind.VERBAND: "Verband oder Kammer vor Ort",
    ContactKind.PLATTFORM: "Angebot im Internet",
    ContactKind.TRAEGER: "Träger und Beratungsstelle",
    ContactKind.KRISENHILFE: "Hilfe in der Krise",
    ContactKind.NACHBARTHEMA: "Hilfe bei verwandten Themen",
}
_MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember")


@dataclass(frozen=True)
class Way:
    """One way to reach a contact."""

    label: str
    value: str
    href: str | None
    """``tel:``, ``mailto:`` or an address on the web."""
    note: str | None
    age: str
    """From when it is, in words."""
    is_old: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class ContactView:
    """One contact, ready to be shown."""

    contact: Contact
    kind: str
    ways: tuple[Way, ...]
    is_overdue: bool
    """Whether somebody should have looked again by now."""

    @property
    def has_old(self) -> bool:
        """Whether any way to reach it is old."""
        return any(way.is_old for way in self.ways)


def contact_view(contact: Contact, on: dt.date) -> ContactView:
    """Return a contact as it is shown on a day."""
    ways = tuple(_way(contact, reach, on) for reach in contact.reach)
    return ContactView(contact, KINDS[contact.kind], ways, contact.verified.next < on)


def _way(contact: Contact, reach: Reach, on: dt.date) -> Way:
    sources = tuple(contact.sources[key] for key in source_keys(reach.source))
    return Way(REACH[reach.kind], reach.value, _href(reach), reach.note, _age(reach, sources), reach.is_old(on),
               sources)


def _href(reach: Reach) -> str | None:
    if reach.kind is ReachKind.TELEFON:
        return f"tel:{phone_link(reach.value)}"
    if reach.kind is ReachKind.EMAIL:
        return f"mailto:{reach.value}"
    return reach.value if reach.value.startswith(("https://", "http://")) else None


def _age(reach: Reach, sources: tuple[Source, ...]) -> str:
    if reach.as_of:
        return f"Angabe von {month_de(reach.as_of)}"
    read_on = max((source.checked_on for source in sources), default=None)
    return f"gelesen am {date_de(read_on)}, Angabe ohne Datum" if read_on else "Angabe ohne Datum"


def month_de(text: str) -> str:
    """Return „2025-10“ as „Oktober 2025“; a whole date in German order, anything else as it stands."""
    year, *rest = text.split("-")
    if not all(part.isdigit() for part in (year, *rest)) or len(rest) > 2:
        return text
    if len(rest) == 2:
        return f"{rest[1]}.{rest[0]}.{year}"
    return f"{_MONTHS[int(rest[0]) - 1]} {year}" if rest and 1 <= int(rest[0]) <= 12 else text
