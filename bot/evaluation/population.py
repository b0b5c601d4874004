"""Made-up firms and citizens, drawn from the catalogue: each with at least one programme that fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from bot.evaluation.oracle import FITS, Oracle, Person, Record

SEED = 20261121
_TRIES = 60
"""Draws of the facts for one programme before another one is tried."""
_FACTS_SAID = (0, 1, 1, 2, 2, 2)
"""How many facts the first sentence holds besides the need."""
_FRAMES = (
    "{facts} Gibt es Förderung für {need}?",
    "Es geht um {need}. {facts}",
    "{need}: Wer hilft dabei? {facts}",
    "{facts} {who} Unterstützung, Stichwort {need}.",
    "Guten Tag, welche Zuschüsse gibt es für {need}? {facts}",
)
_WE, _I = "Wir brauchen", "Ich brauche"
"""Only who asks for a firm says „wir“; the bot takes it as a word for a firm."""
_I_AM = {
    "beschaeftigte": "Ich bin angestellt.",
    "arbeitsuchende": "Ich bin arbeitslos.",
    "selbststaendige": "Ich bin selbstständig.",
    "rueckkehrende": "Ich war lange in Elternzeit.",
    "zugewanderte": "Ich bin zugewandert.",
    "gruendende": "Ich will mich selbstständig machen.",
    "unternehmen": "Ich frage für unseren Betrieb.",
    "weiterbildungsanbieter": "Wir sind ein Bildungsträger.",
}
_AS_WORK = {
    "schule": "Ich bin Schüler.",
    "ausbildung": "Ich bin Azubi.",
    "ohne_arbeit": "Ich suche eine Lehrstelle.",
}
"""How young people say what they are."""
_PLANS_OF_FIRMS = frozenset(
    {
        "ausbildung_anbieten",
        "personal_einstellen",
        "personal_ausland",
        "personalentwicklung",
        "software_individuell",
        "software_standard",
        "hardware",
        "website_webshop",
        "ki_einfuehrung",
        "it_sicherheit",
        "beratung_digital",
        "beratung_strategie",
        "maschinen_robotik",
        "forschung_entwicklung",
        "patent_schutzrecht",
        "energie_ressourcen",
        "investition_bau",
        "buergschaft",
        "entlassung_transfer",
        "finanzierung_kredit",
    }
)
_PLANS_OF_PEOPLE = frozenset(
    {
        "aufstieg_meister",
        "umschulung",
        "berufsabschluss_nachholen",
        "studium",
        "berufsorientierung",
        "bewerbung",
        "ausbildung_finden",
        "teilzeitausbildung",
        "lebensunterhalt",
        "wohnen_pendeln",
        "anerkennung",
        "wiedereinstieg",
        "gruendung",
        "gruendung_lebensunterhalt",
        "arbeitszeit_freistellung",
        "beratung_beruf",
        "arbeitserlaubnis",
    }
)
"""What only one of the two has in mind; a firm hires, a person applies."""
_FIRMS = ("unternehmen", "weiterbildungsanbieter")
_OWNERS = (*_FIRMS, "selbststaendige")
_OWNERS_SAY = {"nachfolge": "Betrieb übergeben"}
"""Who has a firm hands it over; who founds takes one over."""
_OWN_BUSINESS = ("selbststaendige", "gruendende")
_LEGAL_FORMS = {
    "kapitalgesellschaft": 45,
    "einzelunternehmen": 35,
    "personengesellschaft": 12,
    "verein": 4,
    "oeffentlich": 2,
    "genossenschaft": 2,
}
_SECTORS = {
    "handwerk": 17,
    "dienstleistung": 17,
    "handel": 15,
    "industrie": 13,
    "bau": 9,
    "gesundheit_pflege": 9,
    "it": 6,
    "gastgewerbe": 5,
    "logistik": 3,
    "freie_berufe": 3,
    "landwirtschaft": 3,
}
"""Of a hundred firms: few are farms or public bodies."""
_GROUP_BY_PLAN = {
    "gruendung": "gruendende",
    "gruendung_lebensunterhalt": "gruendende",
    "wiedereinstieg": "rueckkehrende",
    "ausbildung_finden": "auszubildende",
    "berufsorientierung": "auszubildende",
}
"""Who has this in mind is that, whatever else; the last is called „für junge Menschen“ by its name."""
_FACT_BY_PLAN = {"anerkennung": "foreign_qualification", "behinderung_teilhabe": "disability"}
"""What must be true of a citizen who has this in mind."""
_GROUP_BY_EMPLOYMENT = {
    "angestellt": "beschaeftigte",
    "kurzarbeit": "beschaeftigte",
    "arbeitslos": "arbeitsuchende",
    "ohne_arbeit": "arbeitsuchende",
    "transfergesellschaft": "arbeitsuchende",
    "selbststaendig": "selbststaendige",
    "ausbildung": "auszubildende",
    "elternzeit_pflege": "rueckkehrende",
}


@dataclass(frozen=True)
class Asker:
    """Somebody with a first sentence."""

    person: Person
    opening: str
    need: str
    """What the person calls the need."""


def population(oracle: Oracle, labels: Mapping[str, str], size: int, seed: int = SEED) -> list[Asker]:
    """Draw askers; the same seed draws the same people.

    Args:
        oracle: Knows the catalogue.
        labels: German names of topics and purposes by id.
        size: How many.
        seed: Start of the random numbers.
    """
    chance = Random(seed)
    people = _people(oracle, chance)
    return [_asker(person, oracle, labels, chance) for person, _ in zip(people, range(size), strict=False)]


def _people(oracle: Oracle, chance: Random) -> Iterator[Person]:
    """Persons, each around a programme that is open and fits; every programme is as likely as any other."""
    targets = [i for i, r in oracle.programmes.items() if r["status"] in ("aktiv", "losverfahren")]
    grants = [i for i in targets if oracle.programmes[i]["kind"] != "pflicht"]
    while True:
        target = chance.choice(grants)
        record = oracle.programmes[target]
        homes = sorted(oracle.inhabited(record["area"]))
        for _ in range(_TRIES):
            person = _person(record, oracle, chance, chance.choice(homes))
            if person is not None and oracle.judge(target, person) == FITS:
                yield person
                break


def _person(record: Record, oracle: Oracle, chance: Random, home: str) -> Person | None:
    """Somebody whom the programme might fit; nobody if the plan drawn is none such people have."""
    audience = chance.choice([*record["audiences"], *record["applicants"]])
    purpose = chance.choice(record.get("purposes") or [None])
    if purpose in (_PLANS_OF_PEOPLE if audience in _FIRMS else _PLANS_OF_FIRMS) and audience not in _OWN_BUSINESS:
        return None
    topics = oracle.topics_of(purpose) if purpose else frozenset({chance.choice(record["topics"])})
    plan = purpose or next(iter(topics))  # whoever names only a topic means what it says
    facts = _firm(audience, chance) if audience in _FIRMS else _citizen(audience, chance)
    if audience not in _FIRMS and plan in _FACT_BY_PLAN:
        facts[_FACT_BY_PLAN[plan]] = True
    facts |= {
        "started": chance.random() < 0.08,
        "costs_eur": chance.choice([900, 3000, 12000, 40000, 120000, 400000]),
        "course_hours": chance.choice([12, 40, 160, 300, 600]),
        "course_certified": chance.random() < 0.6,
    }
    groups = _groups(audience, facts) | {_GROUP_BY_PLAN.get(plan, audience)}
    return Person(audience, groups, home, topics, purpose, facts)


def _groups(audience: str, facts: Mapping[str, Any]) -> frozenset[str]:
    """Everything somebody is who says to be one thing. Who works alone or teaches is an enterprise as well."""
    groups = {audience, _GROUP_BY_EMPLOYMENT.get(facts.get("employment", ""), audience)}
    if audience in ("selbststaendige", "weiterbildungsanbieter"):
        groups.add("unternehmen")
    if facts.get("foreign_qualification") or facts.get("abroad"):
        groups.add("zugewanderte")
    return frozenset(groups)


def _drawn(weights: Mapping[str, int], chance: Random) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _firm(audience: str, chance: Random) -> dict[str, Any]:
    employees = chance.choice([2, 4, 7, 9, 12, 18, 30, 45, 80, 150, 220, 400, 1200])
    turnover = float(employees * chance.choice([60_000, 90_000, 140_000, 220_000]))
    return {
        "employees": employees,
        "turnover_eur": turnover,
        "balance_eur": turnover * 0.6,
        "firm_age_years": float(chance.choice([1, 3, 4, 7, 12, 25, 60])),
        "legal_form": _drawn(_LEGAL_FORMS, chance),
        "sector": _drawn(_SECTORS, chance),
        "seat_nrw": True,
    }


def _citizen(audience: str, chance: Random) -> dict[str, Any]:
    abroad = audience == "zugewanderte" and chance.random() < 0.1
    employment = chance.choice(["angestellt", "ohne_arbeit"]) if abroad else _employment(audience, chance)
    without_work = employment in ("arbeitslos", "ohne_arbeit") and not abroad
    registered = ["alg1"] * 5 if employment == "arbeitslos" else []
    benefit = chance.choice([*registered, *["grundsicherung"] * 4, "keine"]) if without_work else "keine"
    young = audience == "auszubildende"
    facts: dict[str, Any] = {
        "age": chance.randint(16, 24) if young else chance.randint(20, 62),
        "employment": employment,
        "benefit": benefit,
        "months_unemployed": chance.choice([1, 4, 8, 14, 30, 70]) if without_work else 0,
        "years_on_benefit": float(chance.choice([0.5, 1, 2, 4, 6, 8])) if benefit == "grundsicherung" else 0.0,
        "qualification": "keine"
        if young
        else chance.choice(["keine"] + ["ausbildung"] * 5 + ["meister_fachwirt", "studium", "studium"]),
        "foreign_qualification": chance.random() < (0.8 if audience == "zugewanderte" else 0.04),
        "years_since_qualification": float(chance.choice([1, 3, 6, 12, 25])),
        "language_level": chance.choice(["a1", "a2", "b1", "b2", "c1"]) if audience == "zugewanderte" else "c2",
        "disability": chance.random() < 0.08,
        "care_duties": chance.random() < (0.8 if audience == "rueckkehrende" else 0.25),
        "lives_with_parents": young and chance.random() < 0.6,
        "training_contract": young and chance.random() < 0.5,
        "employer_ordered": chance.random() < 0.15,
        "exam_passed": chance.random() < 0.05,
        "abroad": abroad,
        "residence_nrw": not abroad,
        "taxable_income_eur": float(chance.choice([0, 12_000, 24_000, 34_000, 44_000, 58_000, 85_000])),
        "joint_assessment": not young and chance.random() < 0.4,
    }
    if audience in ("beschaeftigte", "selbststaendige", "gruendende"):
        facts |= _firm(audience, chance)
        facts["employees"] = (
            facts["employees"] if audience == "beschaeftigte" else 1 if (audience == "selbststaendige") else 0
        )
        if audience == "gruendende":
            facts["firm_age_years"] = 0.0
        if audience != "beschaeftigte":
            facts |= {"turnover_eur": 60_000.0, "balance_eur": 20_000.0, "legal_form": "einzelunternehmen"}
    return facts


def _employment(audience: str, chance: Random) -> str:
    return chance.choice(
        {
            "beschaeftigte": ["angestellt"] * 9 + ["kurzarbeit"],
            "arbeitsuchende": ["arbeitslos"] * 8 + ["ohne_arbeit", "transfergesellschaft"],
            "auszubildende": ["schule", "schule", "ausbildung", "ausbildung", "ohne_arbeit"],
            "selbststaendige": ["selbststaendig"],
            "rueckkehrende": ["elternzeit_pflege", "elternzeit_pflege", "ohne_arbeit"],
            "zugewanderte": ["angestellt", "arbeitslos", "arbeitslos", "ohne_arbeit"],
            "gruendende": ["angestellt", "arbeitslos", "arbeitslos", "studium"],
        }[audience]
    )


def _asker(person: Person, oracle: Oracle, labels: Mapping[str, str], chance: Random) -> Asker:
    """Open with one sentence on the need and up to two facts."""
    need = _OWNERS_SAY.get(person.purpose or "") if person.audience in _OWNERS else None
    need = need or labels[person.purpose or min(person.topics)]
    said = chance.sample(_sayable(person, oracle), chance.choice(_FACTS_SAID))
    who = _WE if person.audience in _FIRMS else _I
    opening = chance.choice(_FRAMES).format(need=need, facts=" ".join(said), who=who).strip()
    return Asker(person, opening, need)


def who_i_am(person: Person) -> str:
    """How somebody says to be what they are."""
    return _AS_WORK[person.facts["employment"]] if person.audience == "auszubildende" else _I_AM[person.audience]


def _sayable(person: Person, oracle: Oracle) -> list[str]:
    """Facts as people say them; place and who one is come up most."""
    facts = person.facts
    town = str(oracle.gemeinden[person.place]["name"])
    if person.audience in ("unternehmen", "weiterbildungsanbieter"):
        return [
            f"Unser Betrieb ist in {town}.",
            f"Wir sitzen in {town}.",
            _I_AM[person.audience],
            f"Wir haben {facts['employees']} Beschäftigte.",
        ]
    me = who_i_am(person)
    home = [f"Ich will nach {town}."] if facts["abroad"] else [f"Ich wohne in {town}.", f"Ich komme aus {town}."]
    found = [*home, me, f"Ich bin {facts['age']}."]
    if facts["disability"]:
        found.append("Ich bin schwerbehindert.")
    if facts["benefit"] != "keine":
        found.append("Ich bekomme Arbeitslosengeld." if facts["benefit"] == "alg1" else "Ich bekomme Bürgergeld.")
    return found
