"""Ready-made answers to the question for a fact: ranges that make a difference, choices in German, yes and no."""

from __future__ import annotations

import json
from typing import Any, Sequence

from actions.answer import Button
from knowledge_base.answer_options import Span, spans, telling
from knowledge_base.facts import BY_NAME
from knowledge_base.german import number_de
from knowledge_base.profile import Profile
from knowledge_base.schema.common import Rule
from knowledge_base.schema.programme import Programme

MOST_ANSWERS = 4
"""Ready-made answers besides „Weiß ich nicht“."""
_AUDIENCES = {
    "unternehmen": "Für einen Betrieb",
    "beschaeftigte": "Für mich, ich arbeite",
    "arbeitsuchende": "Für mich, ich suche Arbeit",
    "auszubildende": "Für die Ausbildung",
    "gruendende": "Für eine Gründung",
    "selbststaendige": "Für mich, ich bin selbstständig",
    "rueckkehrende": "Für mich, nach einer Pause",
    "zugewanderte": "Für mich, ich bin zugewandert",
    "weiterbildungsanbieter": "Für einen Bildungsträger",
}
_SECTORS = {
    "handwerk": "Handwerk",
    "industrie": "Industrie",
    "handel": "Handel",
    "gastgewerbe": "Gastgewerbe",
    "gesundheit_pflege": "Gesundheit und Pflege",
    "it": "IT",
    "dienstleistung": "Dienstleistung",
    "freie_berufe": "Freie Berufe",
    "landwirtschaft": "Landwirtschaft",
    "bau": "Bau",
    "logistik": "Logistik",
    "verein": "Verein",
    "oeffentlich": "Öffentlicher Dienst",
}
TITLES: dict[str, dict[str, str]] = {
    "audience": _AUDIENCES,
    "sector": _SECTORS,
    "legal_form": {
        "einzelunternehmen": "Einzelunternehmen",
        "freiberuf": "Freier Beruf",
        "verein": "Verein",
        "personengesellschaft": "GbR, OHG oder KG",
        "kapitalgesellschaft": "GmbH, UG oder AG",
        "oeffentlich": "Öffentliche Einrichtung",
        "genossenschaft": "Genossenschaft",
    },
    "employment": {
        "angestellt": "Angestellt",
        "arbeitslos": "Arbeitslos gemeldet",
        "selbststaendig": "Selbstständig",
        "nebenberuflich_selbststaendig": "Nebenbei selbstständig",
        "ausbildung": "In Ausbildung",
        "studium": "Im Studium",
        "schule": "In der Schule",
        "elternzeit_pflege": "Elternzeit oder Pflege",
        "kurzarbeit": "In Kurzarbeit",
        "transfergesellschaft": "In einer Transfergesellschaft",
        "rente": "In Rente",
        "ohne_arbeit": "Ohne Arbeit, nicht gemeldet",
    },
    "benefit": {"keine": "Nein, nichts davon", "alg1": "Arbeitslosengeld", "grundsicherung": "Grundsicherungsgeld"},
    "qualification": {
        "keine": "Kein Abschluss",
        "ausbildung": "Berufsausbildung",
        "meister_fachwirt": "Meister oder Fachwirt",
        "studium": "Studium",
    },
    "language_level": {
        "a0": "Noch kein Deutsch",
        "a1": "A1",
        "a2": "A2",
        "b1": "B1",
        "b2": "B2",
        "c1": "C1",
        "c2": "C2 oder Muttersprache",
    },
}
"""German titles of the values of all enumerations but purposes, whose names stand in the vocabulary."""
_UNITS = {
    "employees": "Beschäftigte",
    "turnover_eur": "Euro",
    "balance_eur": "Euro",
    "firm_age_years": "Jahre",
    "costs_eur": "Euro",
    "taxable_income_eur": "Euro",
    "age": "Jahre",
    "months_unemployed": "Monate",
    "years_on_benefit": "Jahre",
    "years_since_qualification": "Jahre",
    "course_hours": "Stunden",
}
_ONE = {"Beschäftigte": "Person", "Jahre": "Jahr", "Monate": "Monat", "Stunden": "Stunde"}
"""The same for just one."""
_USUAL = {
    "employees": (10, 50, 250),
    "turnover_eur": (2_000_000, 10_000_000, 50_000_000),
    "firm_age_years": (1, 5),
    "balance_eur": (2_000_000, 10_000_000, 43_000_000),
    "costs_eur": (5_000, 25_000, 100_000),
    "age": (25, 45),
    "taxable_income_eur": (25_000, 50_000),
    "months_unemployed": (6, 12),
    "years_on_benefit": (2, 5),
    "years_since_qualification": (2, 5),
    "course_hours": (20, 121),
}
"""Limits where the candidates name none."""

_MOST_STAFF, _NO_END, _CENT = 100_000, 1e9, 0.01
"""Upper ends of open ranges, and how far a range stays below the next."""


def inform(**entities: Any) -> str:
    """Payload of a button that states facts."""
    return f"/angaben_machen{json.dumps(entities, ensure_ascii=False)}"


def unknown_button() -> Button:
    """„Weiß ich nicht“ is a valid answer to any question."""
    return Button("Weiß ich nicht", "/weiss_nicht")


def answers(
    fact: str, profile: Profile, programmes: Sequence[Programme], rules: Sequence[Rule], purposes: dict[str, str]
) -> list[Button]:
    """The ready-made answers, „Weiß ich nicht“ last.

    Args:
        fact: What is asked for.
        profile: What is known; answers that cannot be are left out.
        programmes: The candidates; their limits make the ranges.
        rules: Their rules; values that they name come first.
        purposes: German names of purposes by id.
    """
    kind = BY_NAME[fact].type if fact in BY_NAME else None
    if kind == "bool":
        found = [
            Button(title, inform(life_fact=f"{fact}={value}")) for title, value in (("Ja", "true"), ("Nein", "false"))
        ]
    elif kind in ("int", "float"):
        found = _ranges(fact, programmes)
    elif fact == "purpose":
        paid = dict.fromkeys(purpose for programme in programmes for purpose in programme.purposes)
        found = [Button(purposes[purpose], inform(purpose=purpose)) for purpose in paid if purpose in purposes]
    else:
        found = _choices(fact, profile, rules)
    return [*found[:MOST_ANSWERS], unknown_button()]


def _ranges(fact: str, programmes: Sequence[Programme]) -> list[Button]:
    ranges = spans(fact, programmes, MOST_ANSWERS) or _between(_USUAL[fact])
    return [Button(_span_title(fact, span), _span_payload(fact, span)) for span in ranges]


def _between(edges: Sequence[float]) -> list[Span]:
    return [Span(low, high) for low, high in zip([None, *edges], [*edges, None], strict=True)]


def _span_title(fact: str, span: Span) -> str:
    """„Weniger als 50 Beschäftigte“, „50 bis 249 Beschäftigte“, „1 Jahr oder mehr“"""
    unit = _UNITS[fact]
    if span.low is None:
        return f"Weniger als {_amount(span.high or 0, unit)}"
    if span.high is None:
        return f"{_amount(span.low, unit)} oder mehr"
    if BY_NAME[fact].type == "int":
        return f"{number_de(span.low)} bis {number_de(span.high - 1)} {unit}"
    return f"{number_de(span.low)} bis unter {number_de(span.high)} {unit}"


def _amount(number: float, unit: str) -> str:
    return f"{number_de(number)} {_ONE.get(unit, unit) if number == 1 else unit}"


def _span_payload(fact: str, span: Span) -> str:
    whole = BY_NAME[fact].type == "int"
    low = span.low or 0
    if fact == "employees":
        return inform(employees_range=[int(low), int(span.high) - 1 if span.high else _MOST_STAFF])
    high = _NO_END if span.high is None else span.high - (1 if whole else _CENT)
    return inform(life_fact=f"{fact}={low:.12g}..{high:.12g}")


def _choices(fact: str, profile: Profile, rules: Sequence[Rule]) -> list[Button]:
    """Values by how likely they are; those that rules treat differently first."""
    titles = TITLES[fact]
    likely = [str(value) for value, _ in sorted(telling(fact, profile, rules), key=lambda answer: -answer[1])]
    named = [
        str(value)
        for rule in rules
        if rule.fact == fact
        for value in (rule.value if isinstance(rule.value, list) else [rule.value])
    ]
    ordered = [value for value in dict.fromkeys([*likely, *named, *titles]) if value in titles]
    if fact == "audience":
        return [Button(titles[value], inform(audience=value)) for value in ordered]
    if fact == "sector":
        return [Button(titles[value], inform(sector=value)) for value in ordered]
    return [Button(titles[value], inform(life_fact=f"{fact}={value}")) for value in ordered]
