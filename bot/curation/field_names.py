"""How staff call the fields of our files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.curation.edits import MISSING, at
from knowledge_base.content import Loc

NAMES: Mapping[str, str] = {
    "id": "Kennung", "name": "Name", "aliases": "Weitere Namen", "kind": "Art", "level": "Ebene", "status": "Status",
    "status_note": "Hinweis zum Status", "valid_from": "Gilt ab", "valid_until": "Gilt bis", "topics": "Themen",
    "audiences": "Zielgruppen", "applicants": "Wer den Antrag stellt", "area": "Gebiet",
    "company_size": "Betriebsgröße", "purposes": "Vorhaben", "not_for": "Nicht für",
    "search_phrases": "Suchwendungen", "summary": "Zusammenfassung",
    "plain": "Einfache Sprache", "funding": "Förderung", "amounts": "Beträge",
    "deadline": "Frist", "opens": "Öffnet am", "date": "Datum", "apply_before_start": "Antrag vor Beginn",
    "conditions": "Bedingungen", "exclusions": "Ausschlüsse", "rules": "Regeln", "any_of": "Eine davon",
    "unless": "Außer wenn", "decisive": "Entscheidend", "fact": "Angabe", "op": "Vergleich", "value": "Höhe",
    "unit": "Einheit", "bound": "Grenze", "case": "Fall", "when": "Fall als Regel", "what": "Was",
    "steps": "Schritte", "documents": "Unterlagen", "combination": "Kombination", "legal_basis": "Rechtsgrundlage",
    "provider": "Fördergeber", "contact_ids": "Anlaufstellen", "contact_kinds": "Arten von Anlaufstellen",
    "successor": "Nachfolger", "not_replaced": "Nicht ersetzt", "alternatives": "Alternativen", "sources": "Quellen",
    "source": "Quelle", "url": "Adresse im Netz", "title": "Titel", "supports": "Belegt",
    "page_date": "Stand der Seite", "checked_on": "Gelesen am", "verified": "Prüfung",
    "on": "Geprüft am", "by": "Geprüft von",
    "readings": "Unabhängig gelesen", "next": "Nächste Prüfung", "volatility": "Wie schnell es sich ändert",
    "confidence": "Sicherheit", "open_questions": "Offene Fragen", "organisation": "Träger",
    "area_note": "Hinweis zum Gebiet", "active": "Noch tätig", "offers": "Angebote", "reach": "Erreichbarkeit",
    "note": "Hinweis", "as_of": "Stand der Angabe", "phone": "Telefon", "email": "E-Mail", "text": "Text",
    "min_employees": "Beschäftigte mindestens", "max_employees": "Beschäftigte höchstens",
    "max_turnover_eur": "Umsatz höchstens", "unlimited": "Keine Grenze", "recurring": "Wiederkehrend",
    "when_text": "Wann", "place": "Ort", "end_date": "Ende", "organisers": "Veranstalter", "term": "Begriff",
    "see": "Siehe auch", "words": "Wörter", "label": "Bezeichnung", "implies": "Daraus folgt",
    "leads_to": "Führt zu", "partners": "Partner", "purpose": "Zweck", "responsible": "Zuständig",
    "gemeinden": "Gemeinden", "kreise": "Kreise", "regions": "Regionen", "districts": "Ortsteile",
    "plz": "Postleitzahlen", "intents": "Absichten", "intent": "Absicht", "examples": "Beispielsätze",
    "sentences": "Prüfsätze",
    "responses": "Texte", "buttons": "Knöpfe", "payload": "Auslöser", "topic": "Thema", "importance": "Gewicht",
    "owner": "Verantwortlich", "answer": "Antwort", "description": "Beschreibung", "example": "Beispiel",
    "entities": "Gemeintes", "cases": "Fälle", "profile": "Angaben", "result": "Ergebnis",
}  # fmt: skip
_UNITS: Mapping[str, str] = {
    "prozent": " %", "prozentpunkte": " Prozentpunkte", "eur": " €", "eur_pro_monat": " € im Monat",
    "eur_pro_jahr": " € im Jahr", "eur_pro_tag": " € am Tag", "eur_pro_stunde": " € je Stunde",
    "stunden": " Stunden", "tage": " Tage", "wochen": " Wochen", "monate": " Monate", "jahre": " Jahre", "anzahl": "",
}  # fmt: skip
_SPEAKING = ("name", "what", "title", "id", "term", "intent", "text")
"""Fields by which an entry of a list is known."""
_RULES = {"rules", "any_of", "unless", "when"}
_LONGEST = 60
_SILENT = ("nlu", "text")
"""Steps that say nothing to a reader when others stand beside them."""


def name(step: str) -> str:
    """Return how staff call a field."""
    return NAMES.get(step, step)


def in_words(loc: Loc, data: Any) -> str:
    """Return the way to a field, e.g. „Förderung › Beträge › Zuschuss im Jahr › Höhe“."""
    words: list[str] = []
    for number, step in enumerate(loc):
        if isinstance(step, int):
            words.append(_entry(at(data, loc[: number + 1]), step))
        elif step not in _SILENT or len(loc) == 1:
            words.append("Wert" if step == "value" and _RULES & set(loc[:number]) else name(step))
    return " › ".join(word for word in words if word) or "Text"


def value_in_words(loc: Loc, value: Any, data: Any) -> str:
    """Return a value as a reader writes it: with its unit, days and truth values in German."""
    if value is None:
        return "ohne Angabe"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, (int, float)):
        unit = at(data, (*loc[:-1], "unit")) if loc and loc[-1] == "value" else ""
        return _number(value, str(unit).startswith("eur")) + _UNITS.get(str(unit), "")
    if isinstance(value, dict):
        parts = (f"{name(key)}: {value_in_words((*loc, key), each, MISSING)}" for key, each in value.items())
        return "; ".join(parts) or "leer"
    if isinstance(value, (list, tuple)):
        return ", ".join(value_in_words((*loc, 0), each, MISSING) for each in value) or "leer"
    text = str(value)
    return f"{text[8:]}.{text[5:7]}.{text[:4]}" if _is_day(text) else text or "leer"


def _entry(value: Any, number: int) -> str:
    if isinstance(value, dict):
        named = next((" ".join(value[each].split()) for each in _SPEAKING if isinstance(value.get(each), str)), "")
        if named:
            return f"„{named if len(named) <= _LONGEST else named[:_LONGEST] + '…'}“"
    return f"{number + 1}." if isinstance(value, (dict, list)) else ""


def _number(value: float, is_money: bool) -> str:
    text = f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".").removesuffix(",00")
    return text if is_money or "," not in text else text.rstrip("0")


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit()
