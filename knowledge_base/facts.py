"""The facts about a person or firm that conditions are written in. One entry each: type, label, question.

A rule in the catalogue may only name facts of this list (``kb check``). Questions are asked by the Fördercheck.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One thing the bot may know about the case."""

    name: str
    type: str
    """``int``, ``float``, ``bool``, ``enum``, ``date``."""
    label: str
    """German name, used in reasons."""
    question: str
    """German question, Sie-form."""
    values: tuple[str, ...] = ()
    """Allowed values of an ``enum``."""


SECTORS = ("handwerk", "industrie", "handel", "gastgewerbe", "gesundheit_pflege", "it", "dienstleistung",
           "freie_berufe", "landwirtschaft", "bau", "logistik", "verein", "oeffentlich")
PURPOSES = (
    "weiterbildung", "aufstieg_meister", "umschulung", "berufsabschluss_nachholen", "sprachkurs", "studium",
    "berufsorientierung", "bewerbung", "ausbildung_finden", "ausbildung_anbieten", "ausbildung_schaffen",
    "teilzeitausbildung", "lebensunterhalt", "wohnen_pendeln", "anerkennung", "arbeitserlaubnis",
    "personal_einstellen", "personal_ausland", "personalentwicklung", "software_individuell", "software_standard",
    "hardware", "website_webshop", "ki_einfuehrung", "ki_schulung", "it_sicherheit", "beratung_digital",
    "beratung_strategie",
    "maschinen_robotik", "forschung_entwicklung", "patent_schutzrecht", "energie_ressourcen", "investition_bau",
    "gruendung", "gruendung_lebensunterhalt", "nachfolge", "finanzierung_kredit", "buergschaft",
    "entlassung_transfer", "arbeitszeit_freistellung", "behinderung_teilhabe", "wiedereinstieg", "beratung_beruf",
)
EMPLOYMENT = ("angestellt", "arbeitslos", "selbststaendig", "nebenberuflich_selbststaendig", "ausbildung", "studium",
              "schule", "elternzeit_pflege", "kurzarbeit", "transfergesellschaft", "rente", "ohne_arbeit")
BENEFITS = ("keine", "alg1", "grundsicherung")
QUALIFICATIONS = ("keine", "ausbildung", "meister_fachwirt", "studium")
LANGUAGE_LEVELS = ("a0", "a1", "a2", "b1", "b2", "c1", "c2")
LEGAL_FORMS = ("einzelunternehmen", "freiberuf", "personengesellschaft", "kapitalgesellschaft", "verein",
               "oeffentlich", "genossenschaft")

FACTS: tuple[Fact, ...] = (
    Fact("audience", "enum", "Zielgruppe", "Für wen suchen Sie?",
         ("unternehmen", "beschaeftigte", "arbeitsuchende", "auszubildende", "selbststaendige", "rueckkehrende",
          "zugewanderte", "gruendende", "weiterbildungsanbieter")),
    Fact("employees", "int", "Zahl der Beschäftigten", "Wie viele Menschen arbeiten bei Ihnen?"),
    Fact("turnover_eur", "float", "Jahresumsatz", "Wie hoch ist Ihr Jahresumsatz ungefähr?"),
    Fact("balance_eur", "float", "Bilanzsumme", "Wie hoch ist Ihre Bilanzsumme ungefähr?"),
    Fact("firm_age_years", "float", "Alter des Unternehmens in Jahren",
         "Seit wie vielen Jahren gibt es den Betrieb?"),
    Fact("legal_form", "enum", "Rechtsform", "Welche Rechtsform hat der Betrieb?", LEGAL_FORMS),
    Fact("sector", "enum", "Branche", "In welcher Branche sind Sie tätig?", SECTORS),
    Fact("purpose", "enum", "Vorhaben", "Was haben Sie vor?", PURPOSES),
    Fact("costs_eur", "float", "Kosten des Vorhabens", "Was kostet das Vorhaben ungefähr?"),
    Fact("started", "bool", "Vorhaben hat schon begonnen", "Haben Sie schon begonnen oder etwas unterschrieben?"),
    Fact("seat_nrw", "bool", "Betriebssitz in Nordrhein-Westfalen", "Liegt Ihr Betrieb in Nordrhein-Westfalen?"),
    Fact("residence_nrw", "bool", "Wohnsitz in Nordrhein-Westfalen", "Wohnen Sie in Nordrhein-Westfalen?"),
    Fact("taxable_income_eur", "float", "zu versteuerndes Jahreseinkommen",
         "Wie hoch ist Ihr zu versteuerndes Einkommen im Jahr?"),
    Fact("joint_assessment", "bool", "gemeinsame Steuerveranlagung", "Werden Sie zusammen mit jemandem veranlagt?"),
    Fact("age", "int", "Alter", "Wie alt sind Sie?"),
    Fact("employment", "enum", "berufliche Lage", "Was machen Sie zurzeit beruflich?", EMPLOYMENT),
    Fact("benefit", "enum", "Leistung vom Amt", "Bekommen Sie Arbeitslosengeld oder Grundsicherung?", BENEFITS),
    Fact("months_unemployed", "int", "Monate ohne Arbeit", "Seit wie vielen Monaten sind Sie ohne Arbeit?"),
    Fact("years_on_benefit", "float", "Jahre mit Grundsicherung",
         "Seit wie vielen Jahren bekommen Sie Grundsicherung?"),
    Fact("qualification", "enum", "höchster Abschluss", "Welchen Berufsabschluss haben Sie?", QUALIFICATIONS),
    Fact("foreign_qualification", "bool", "Abschluss aus dem Ausland",
         "Haben Sie Ihren Abschluss im Ausland gemacht?"),
    Fact("years_since_qualification", "float", "Jahre seit dem Berufsabschluss",
         "Vor wie vielen Jahren haben Sie Ihren Abschluss gemacht?"),
    Fact("course_hours", "int", "Dauer des Kurses in Stunden", "Wie viele Stunden dauert der Kurs?"),
    Fact("course_certified", "bool", "Kurs und Träger sind zugelassen (AZAV)", "Ist der Kurs zugelassen (AZAV)?"),
    Fact("language_level", "enum", "Deutschniveau", "Wie gut ist Ihr Deutsch?", LANGUAGE_LEVELS),
    Fact("disability", "bool", "Schwerbehinderung oder Gleichstellung",
         "Haben Sie eine anerkannte Schwerbehinderung oder Gleichstellung?"),
    Fact("care_duties", "bool", "Kinder oder Pflege", "Betreuen Sie Kinder oder pflegen Sie jemanden?"),
    Fact("lives_with_parents", "bool", "wohnt bei den Eltern", "Wohnen Sie bei Ihren Eltern?"),
    Fact("training_contract", "bool", "Ausbildungsvertrag", "Haben Sie einen Ausbildungsvertrag?"),
    Fact("employer_ordered", "bool", "Kurs im Auftrag des Arbeitgebers", "Schickt Ihr Arbeitgeber Sie in den Kurs?"),
    Fact("exam_passed", "bool", "Prüfung bestanden", "Haben Sie die Prüfung schon bestanden?"),
    Fact("abroad", "bool", "lebt noch im Ausland", "Leben Sie zurzeit noch im Ausland?"),
)

PERSONAL = frozenset({
    "taxable_income_eur", "joint_assessment", "age", "employment", "benefit", "months_unemployed", "years_on_benefit",
    "qualification", "foreign_qualification", "years_since_qualification", "language_level", "disability",
    "care_duties", "lives_with_parents", "training_contract", "employer_ordered", "exam_passed", "abroad",
})
"""Facts about one person; they say nothing about the next one that is asked for."""

BY_NAME: dict[str, Fact] = {fact.name: fact for fact in FACTS}
