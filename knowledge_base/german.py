"""Names of kinds, levels, states and ways to reach people, and numbers: one wording for chat and pages."""

from __future__ import annotations

from knowledge_base.schema.contact import ReachKind
from knowledge_base.schema.programme import Kind, Level, Status

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
REACH = {
    ReachKind.TELEFON: "Telefon",
    ReachKind.EMAIL: "E-Mail",
    ReachKind.WEB: "Internet",
    ReachKind.ADRESSE: "Adresse",
    ReachKind.ZEITEN: "Zeiten",
}


def number_de(value: float) -> str:
    """50.000 or 0,5"""
    whole = float(value).is_integer()
    return f"{value:,.0f}".replace(",", ".") if whole else f"{value:g}".replace(".", ",")
