"""How the fields of a form are called, what helps to fill them, and in which parts they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.curation import field_names

LABELS: Mapping[str, str] = {
    "Responsible.regionalagentur": "Regionalagentur", "Responsible.jobcenter": "Jobcenter",
    "Responsible.agentur_fuer_arbeit": "Agentur für Arbeit", "Responsible.hwk": "Handwerkskammer",
    "Responsible.ihk": "Industrie- und Handelskammer",
    "Reach.value": "Nummer, Adresse oder Zeit", "Reach.kind": "Weg", "Rule.value": "Wert", "Rule.op": "Vergleich",
    "Rule.fact": "Worum geht es?", "Amount.when": "Für wen gilt der Betrag?", "Amount.value": "Höhe",
    "Amount.what": "Was wird gezahlt?", "Amount.case": "Für welchen Fall?", "Deadline.date": "Frist bis",
    "Condition.rules": "Alle diese Angaben müssen stimmen", "Condition.unless": "Gilt nicht, wenn",
    "Condition.any_of": "Eine dieser Gruppen muss stimmen", "Condition.any_of.item": "Gruppe",
    "Condition.decisive": "Das muss jemand ansehen, bevor der Bot sagt: passt",
    "Programme.steps": "So geht es (Schritte)", "Programme.combination": "Mit anderem zusammen?",
    "Programme.conditions": "Wer bekommt es? (Bedingungen)", "Programme.exclusions": "Wer bekommt es nicht?",
    "Programme.contact_kinds": "Zuständig am Ort", "Programme.provider": "Wer vergibt es?",
    "Programme.summary": "Kurz gesagt", "Programme.plain": "In Einfacher Sprache",
    "Successor.id": "Nachfolger", "Successor.not_replaced": "Was der Nachfolger nicht ersetzt",
    "Programme.successor": "Nachfolger", "Statement.text": "Satz", "Funding.text": "Was bekommt man?",
    "Provider.name": "Name", "Provider.url": "Adresse im Netz", "Contact.reach": "So erreicht man die Stelle",
    "Source.supports": "Was steht dort?", "Event.date": "Tag", "Event.end_date": "Letzter Tag",
    "Event.recurring": "Läuft regelmäßig", "Event.when_text": "Ungefähr wann", "Event.url": "Adresse im Netz",
    "Term.text": "Erklärung", "Term.plain": "In Einfacher Sprache", "Term.see": "Wichtig für diese Programme",
    "CompanySize.unlimited": "Es gibt keine Grenze", "Verified.by": "Geprüft von", "Contact.kind": "Art der Stelle",
    "Contact.active": "Die Stelle gibt es noch", "Contact.status_note": "Wenn es sie nicht mehr gibt: seit wann?",
    "Amount.valid_from": "Gilt ab", "Amount.valid_until": "Gilt bis", "Deadline.opens": "Anträge ab",
    "Deadline.kind": "Art der Frist",
}
HELP: Mapping[str, str] = {
    "Responsible.regionalagentur": "Bei einer Gemeinde nur, was anders ist als im Kreis.",
    "aliases": "Wie Menschen es nennen, auch Abkürzungen. Eine Zeile je Name.",
    "search_phrases": "Wie Menschen ihr Anliegen sagen, dem das hilft. Nur zum Finden, wird nie gezeigt. Eine Zeile "
                      "je Wendung.",
    "area": "Gemeinde, Kreis, Region, Nordrhein-Westfalen oder Deutschland. Leere Felder zählen nicht.",
    "offers": "Eine Zeile je Angebot.",
    "open_questions": "Was ist noch nicht sicher? Eine Zeile je Frage.",
    "Programme.summary": "Höchstens zwei Sätze, die eine Bäckerin versteht.",
    "Programme.plain": "Nur kurze Hauptsätze, höchstens zwölf Wörter.",
    "Programme.topics": "Mindestens ein Thema.",
    "Programme.audiences": "Wem hilft es?",
    "Programme.applicants": "Wer füllt den Antrag aus?",
    "Programme.purposes": "Wofür ist das Geld oder die Hilfe?",
    "Programme.not_for": "Was ist ausdrücklich ausgeschlossen?",
    "Programme.status_note": "Ein Satz: seit wann beendet, warum pausiert, wann die nächste Runde ist.",
    "Programme.apply_before_start": "Muss der Antrag vor dem Beginn gestellt sein?",
    "Programme.conditions": "Schreiben Sie jede Bedingung als Satz. Mit Angaben darunter kann der Bot selbst prüfen. "
                            "Ohne Angaben sagt er, dass die Beratung das ansieht.",
    "Programme.exclusions": "Schreiben Sie, wen das Angebot ausschließt. Die Angaben sagen, wann das zutrifft.",
    "Programme.contact_kinds": "Bei diesen Arten nennt der Bot die Stelle, die für den Ort zuständig ist.",
    "Programme.contact_ids": "Stellen, die überall die richtigen sind.",
    "Funding.text": "Alle Stufen in einfachen Worten. So liest es die Besucherin.",
    "Funding.amounts": "Jede Zahl aus dem Satz noch einmal für sich. Neue Höhe ab einem Tag: neuer Eintrag mit „Gilt "
                       "ab“.",
    "Amount.value": "Nur die Zahl. Leer heißt: Ab dem Tag „Gilt ab“ gibt es das nicht mehr.",
    "source": "Eine Quelle dieses Eintrags. Nötig, sobald eine Zahl dasteht.",
    "page_date": "Jahr, Jahr-Monat oder Jahr-Monat-Tag, so wie es auf der Seite steht, z. B. 2026-08.",
    "as_of": "Jahr oder Jahr-Monat, z. B. 2025-03.",
    "Source.url": "Beginnt mit https://",
    "Verified.next": "An diesem Tag erinnert die Werkbank daran.",
    "readings": "Wie viele Menschen haben es unabhängig voneinander gelesen?",
    "phone": "Mit Vorwahl, z. B. 02331 123456.",
    "Rule.value": "Wählen Sie zuerst, worum es geht.",
    "Term.plain": "Nur kurze Hauptsätze.",
}
SECTIONS: Mapping[str, Sequence[tuple[str, Sequence[str]]]] = {
    "Programme": (
        ("Das Wichtigste", ("name", "kind", "level", "status", "status_note", "valid_from", "valid_until", "summary",
                            "plain", "provider")),
        ("Für wen, wo und wofür", ("topics", "audiences", "applicants", "area", "purposes", "not_for",
                                   "company_size")),
        ("Was bekommt man?", ("funding",)),
        ("Antrag", ("deadline", "apply_before_start", "steps", "documents")),
        ("Bedingungen", ("conditions", "exclusions")),
        ("Wer hilft weiter?", ("contact_ids", "contact_kinds")),
        ("Danach und daneben", ("successor", "alternatives", "combination", "legal_basis")),
        ("So wird es gefunden", ("aliases", "search_phrases")),
        ("Quellen und Prüfung", ("sources", "verified", "volatility", "confidence", "open_questions")),
    ),
    "Contact": (
        ("Das Wichtigste", ("name", "organisation", "kind", "active", "status_note", "area", "area_note")),
        ("So erreicht man die Stelle", ("reach",)),
        ("Wofür und für wen", ("topics", "audiences", "purposes", "offers")),
        ("So wird sie gefunden", ("aliases", "search_phrases")),
        ("Quellen und Prüfung", ("sources", "verified", "confidence", "open_questions")),
    ),
    "Event": (
        ("Das Wichtigste", ("title", "date", "end_date", "recurring", "when_text", "place", "area", "summary",
                            "url")),
        ("Für wen und von wem", ("organisers", "contact_ids", "topics", "audiences")),
        ("Quellen und Prüfung", ("sources", "verified")),
    ),
    "Responsible": (
        ("Wer ist hier zuständig?", ("regionalagentur", "agentur_fuer_arbeit", "jobcenter", "ihk", "hwk")),
    ),
    "Term": (
        ("Der Begriff", ("term", "aliases", "text", "plain", "see")),
        ("Quellen", ("sources",)),
    ),
}
"""The first part stands open, the others are opened."""
ONE: Mapping[str, str] = {
    "Funding.amounts": "Betrag", "Programme.conditions": "Bedingung", "Programme.exclusions": "Ausschluss",
    "Programme.steps": "Schritt", "Programme.documents": "Unterlage", "Programme.combination": "Satz",
    "Contact.reach": "Weg", "Condition.any_of": "Gruppe", "Condition.any_of.item": "Angabe", "sources": "Quelle",
}
"""What one more of a list is called."""


def label(key: str) -> str:
    """Return the label of a field, e.g. of ``Amount.value``."""
    return LABELS.get(key) or field_names.name(key.removesuffix(".item").rpartition(".")[2])


def help_for(key: str) -> str:
    """Return what helps to fill a field; empty if its label says it all."""
    return HELP.get(key) or HELP.get(key.rpartition(".")[2], "")


def one_more(key: str) -> str:
    """Return what an entry of a list is called."""
    return ONE.get(key) or ONE.get(key.rpartition(".")[2], "Angabe")
