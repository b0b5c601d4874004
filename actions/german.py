"""German forms of dates, numbers and lists."""

from __future__ import annotations

import datetime as dt
import re
from typing import Sequence

from knowledge_base.schema.programme import Kind, Level, Status

_BUTTON_NAME = 40

KINDS = {
    Kind.ZUSCHUSS: "Zuschuss",
    Kind.GUTSCHEIN: "Gutschein",
    Kind.DARLEHEN: "Kredit",
    Kind.STEUERVORTEIL: "Steuervorteil",
    Kind.BERATUNG: "Beratung",
    Kind.COACHING: "Begleitung",
    Kind.NETZWERK: "Netzwerk",
    Kind.STIPENDIUM: "Stipendium",
    Kind.MASSNAHME: "Angebot",
    Kind.FREISTELLUNG: "Freistellung",
    Kind.BUERGSCHAFT: "Bürgschaft",
    Kind.PFLICHT: "Gesetzliche Pflicht",
}
LEVELS = {Level.EU: "EU", Level.BUND: "Bund", Level.LAND: "Land NRW", Level.REGION: "Region"}
STATUS = {
    Status.AKTIV: "läuft",
    Status.AUSGELAUFEN: "ausgelaufen",
    Status.PAUSIERT: "zurzeit pausiert",
    Status.GEPLANT: "geplant, noch nicht offen",
    Status.UNKLAR: "Stand unklar, bitte vorher nachfragen",
    Status.LOSVERFAHREN: "offen im Losverfahren",
    Status.AUSGESCHOEPFT: "Mittel zurzeit ausgeschöpft",
}
TOPICS = {
    "qualifizierung": "Weiterbildung",
    "digitalisierung": "Digitalisierung",
    "ki": "Künstliche Intelligenz",
    "innovation": "Forschung und Innovation",
    "fachkraefte": "Personal und Fachkräfte",
    "ausbildung": "Ausbildung",
    "anerkennung": "Anerkennung ausländischer Abschlüsse",
    "wiedereinstieg": "Rückkehr in Arbeit",
    "gruendung": "Gründung",
    "transformation": "Wandel im Betrieb",
    "it-sicherheit": "IT-Sicherheit",
    "personalentwicklung": "Personalentwicklung",
}


def short_name(name: str) -> str:
    """A name as it fits on a button: without what stands in brackets, at most 40 characters."""
    bare = re.sub(r"\s*\(.*?\)", "", name).strip() or name
    return bare if len(bare) <= _BUTTON_NAME else f"{bare[: _BUTTON_NAME - 1].rstrip()}…"


def date_de(day: dt.date) -> str:
    """21.11.2026"""
    return day.strftime("%d.%m.%Y")


def number_de(value: float) -> str:
    """50.000 or 0,5"""
    whole = float(value).is_integer()
    return f"{value:,.0f}".replace(",", ".") if whole else f"{value:g}".replace(".", ",")


def join_de(words: Sequence[str], last: str = "und") -> str:
    """„A, B und C“"""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def sentence(text: str) -> str:
    """The text with a full stop at its end."""
    return text if text.rstrip().endswith((".", "!", "?", "“")) else f"{text.rstrip()}."
