"""What people may answer to the question for a fact: how likely each answer is, and the ready-made answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge_base.case import BALANCE_INSTEAD, holds
from knowledge_base.facts import BY_NAME
from knowledge_base.profile import Profile
from knowledge_base.schema.common import Op, Rule
from knowledge_base.schema.programme import Programme
from knowledge_base.who_plans import likely_audience, who_plans

Weighted = tuple[tuple[Any, float], ...]
"""Values with their probabilities."""

YES_IN_A_HUNDRED = {
    "started": 8,
    "seat_nrw": 97,
    "residence_nrw": 95,
    "joint_assessment": 40,
    "foreign_qualification": 8,
    "course_certified": 55,
    "disability": 8,
    "care_duties": 25,
    "lives_with_parents": 20,
    "training_contract": 40,
    "employer_ordered": 15,
    "exam_passed": 6,
    "abroad": 3,
}
"""How many of a hundred askers say yes. Estimates; an error costs a question, never a verdict."""
_NUMBERS: dict[str, tuple[float, ...]] = {
    "employees": (2, 4, 7, 9, 15, 25, 40, 80, 150, 400),
    "turnover_eur": (150_000, 500_000, 1_500_000, 4_000_000, 9_000_000, 30_000_000, 90_000_000),
    "balance_eur": (100_000, 300_000, 900_000, 2_500_000, 6_000_000, 20_000_000, 60_000_000),
    "firm_age_years": (0.5, 2, 4, 8, 15, 30),
    "costs_eur": (1_000, 5_000, 15_000, 40_000, 120_000),
    "taxable_income_eur": (10_000, 20_000, 28_000, 35_000, 45_000, 65_000, 110_000),
    "age": (19, 24, 29, 34, 39, 44, 49, 54, 60),
    "months_unemployed": (1, 3, 6, 10, 18, 40),
    "years_on_benefit": (0.5, 1, 2, 3, 5, 8),
    "years_since_qualification": (1, 3, 6, 12, 25),
    "course_hours": (16, 40, 80, 160, 300, 900),
}
"""Typical values, each as likely as the others."""
_CHOICES: dict[str, dict[str, float]] = {
    "audience": {
        "unternehmen": 40,
        "beschaeftigte": 25,
        "arbeitsuchende": 15,
        "auszubildende": 7,
        "gruendende": 6,
        "selbststaendige": 4,
        "zugewanderte": 2,
        "rueckkehrende": 1,
    },
    "sector": {
        "handwerk": 20,
        "dienstleistung": 20,
        "handel": 15,
        "industrie": 15,
        "bau": 8,
        "gesundheit_pflege": 8,
        "it": 5,
        "gastgewerbe": 4,
        "logistik": 3,
        "freie_berufe": 2,
        "landwirtschaft": 1,
        "verein": 1,
        "oeffentlich": 1,
    },
    "legal_form": {
        "kapitalgesellschaft": 55,
        "einzelunternehmen": 25,
        "personengesellschaft": 12,
        "freiberuf": 3,
        "verein": 2,
        "genossenschaft": 1,
        "oeffentlich": 2,
    },
    "employment": {
        "angestellt": 60,
        "arbeitslos": 15,
        "selbststaendig": 6,
        "ausbildung": 5,
        "ohne_arbeit": 4,
        "elternzeit_pflege": 4,
        "schule": 3,
        "kurzarbeit": 2,
        "transfergesellschaft": 1,
    },
    "benefit": {"keine": 80, "alg1": 11, "grundsicherung": 9},
    "qualification": {"ausbildung": 60, "studium": 18, "keine": 14, "meister_fachwirt": 8},
    "language_level": {"c2": 88, "b2": 4, "b1": 4, "a2": 2, "a1": 1, "a0": 1},
}
_BY_AUDIENCE: dict[tuple[str, str], dict[Any, float]] = {
    ("employment", "arbeitsuchende"): {"arbeitslos": 85, "ohne_arbeit": 10, "transfergesellschaft": 5},
    ("employment", "beschaeftigte"): {"angestellt": 92, "kurzarbeit": 6, "elternzeit_pflege": 2},
    ("employment", "auszubildende"): {"schule": 45, "ausbildung": 40, "ohne_arbeit": 15},
    ("employment", "rueckkehrende"): {"elternzeit_pflege": 70, "ohne_arbeit": 30},
    ("employment", "zugewanderte"): {"arbeitslos": 45, "angestellt": 30, "ohne_arbeit": 25},
    ("employment", "gruendende"): {"arbeitslos": 50, "angestellt": 40, "studium": 10},
    ("employment", "selbststaendige"): {"selbststaendig": 95, "nebenberuflich_selbststaendig": 5},
    ("benefit", "arbeitsuchende"): {"alg1": 50, "grundsicherung": 40, "keine": 10},
    ("benefit", "gruendende"): {"keine": 50, "alg1": 35, "grundsicherung": 15},
    ("benefit", "zugewanderte"): {"keine": 45, "grundsicherung": 40, "alg1": 15},
    ("foreign_qualification", "zugewanderte"): {True: 80, False: 20},
    ("language_level", "zugewanderte"): {"a1": 20, "a2": 20, "b1": 25, "b2": 20, "c1": 15},
    ("abroad", "zugewanderte"): {False: 90, True: 10},
    ("care_duties", "rueckkehrende"): {True: 80, False: 20},
    ("qualification", "auszubildende"): {"keine": 100},
    ("lives_with_parents", "auszubildende"): {True: 65, False: 35},
    ("qualification", "arbeitsuchende"): {"ausbildung": 50, "keine": 35, "studium": 12, "meister_fachwirt": 3},
    ("age", "auszubildende"): {16: 25, 18: 30, 20: 25, 23: 15, 27: 5},
    ("firm_age_years", "gruendende"): {0: 100},
    ("employees", "gruendende"): {0: 80, 1: 20},
    ("employees", "selbststaendige"): {1: 90, 3: 10},
}
_BY_PLAN: dict[tuple[str, str], dict[Any, float]] = {
    ("foreign_qualification", "anerkennung"): {True: 97, False: 3},
    ("disability", "behinderung_teilhabe"): {True: 85, False: 15},
    ("care_duties", "teilzeitausbildung"): {True: 75, False: 25},
    ("employment", "entlassung_transfer"): {"angestellt": 60, "transfergesellschaft": 25, "arbeitslos": 15},
    ("abroad", "arbeitserlaubnis"): {True: 50, False: 50},
    ("qualification", "berufsabschluss_nachholen"): {"keine": 80, "ausbildung": 15, "studium": 5},
    ("exam_passed", "aufstieg_meister"): {True: 20, False: 80},
    ("course_hours", "aufstieg_meister"): {900: 50, 500: 40, 160: 10},
    ("course_hours", "umschulung"): {900: 90, 160: 10},
    ("benefit", "gruendung_lebensunterhalt"): {"alg1": 60, "grundsicherung": 25, "keine": 15},
}
"""What somebody has in mind often tells the situation."""
_BY_FACT: dict[tuple[str, str, Any], dict[Any, float]] = {
    ("employment", "benefit", "alg1"): {"arbeitslos": 95, "kurzarbeit": 5},
    ("benefit", "employment", "angestellt"): {"keine": 95, "grundsicherung": 5},
    ("benefit", "employment", "transfergesellschaft"): {"keine": 97, "grundsicherung": 3},
    ("benefit", "employment", "elternzeit_pflege"): {"keine": 90, "grundsicherung": 10},
    ("benefit", "employment", "ohne_arbeit"): {"grundsicherung": 75, "keine": 25},
    ("benefit", "employment", "ausbildung"): {"keine": 97, "grundsicherung": 3},
    ("qualification", "employment", "schule"): {"keine": 100},
}
"""What is known of the occupation or the money somebody lives on tells the other."""
_YOUNG, _GROWN_UP, _MORE_OFTEN = 20, 30, 10
"""Ages below and from which an apprentice (to be) is so many times as likely or unlikely."""
_OF_FIRMS = frozenset(
    {"employees", "turnover_eur", "balance_eur", "firm_age_years", "legal_form", "sector", "seat_nrw"}
)
_OF_PEOPLE = frozenset(
    {
        "residence_nrw",
        "taxable_income_eur",
        "joint_assessment",
        "age",
        "employment",
        "benefit",
        "months_unemployed",
        "years_on_benefit",
        "qualification",
        "foreign_qualification",
        "years_since_qualification",
        "language_level",
        "disability",
        "care_duties",
        "lives_with_parents",
        "training_contract",
        "employer_ordered",
        "exam_passed",
        "abroad",
    }
)
_OWN_OF_PEOPLE = frozenset({"residence_nrw", "taxable_income_eur", "joint_assessment", "lives_with_parents"})
_OWN_OF_FIRMS = frozenset({"turnover_eur", "balance_eur", "legal_form"})
"""Facts that people and firms only tell of themselves: a firm also knows the age of whom it employs."""
_FIRMS, _PEOPLE = (
    ("unternehmen", "weiterbildungsanbieter"),
    ("beschaeftigte", "arbeitsuchende", "auszubildende", "rueckkehrende", "zugewanderte"),
)


def makes_sense(fact: str, profile: Profile) -> bool:
    """Whether one may ask this asker for it: a firm has no age limit to meet, somebody without work no turnover."""
    asker = likely_audience(profile)
    if fact == "employees" and asker == "beschaeftigte":
        return True
    return not ((asker in _FIRMS and fact in _OF_PEOPLE) or (asker in _PEOPLE and fact in _OF_FIRMS))


def presupposes_audience(fact: str) -> bool:
    """Whether only firms or only people can be asked for it."""
    return fact in _OF_FIRMS or fact in _OF_PEOPLE


def typical(fact: str, profile: Profile) -> Weighted:
    """The answers to expect from such an asker, with their probabilities."""
    told = [
        answers
        for (about, known, value), answers in _BY_FACT.items()
        if about == fact and profile.facts.get(known) == value
    ]
    plans = [_BY_PLAN[fact, purpose] for purpose in profile.purposes if (fact, purpose) in _BY_PLAN]
    special = next(iter((*told, *plans)), None) or _BY_AUDIENCE.get((fact, profile.audience or ""))
    if special is not None:
        return _shares(special)
    if fact in YES_IN_A_HUNDRED:
        return _shares({True: YES_IN_A_HUNDRED[fact], False: 100 - YES_IN_A_HUNDRED[fact]})
    if fact == "audience":
        return _shares(_still_possible(who_plans(profile.purposes) or _CHOICES[fact], profile))
    if fact in _CHOICES:
        return _shares(_CHOICES[fact])
    return _shares(dict.fromkeys(_NUMBERS.get(fact, ()), 1))


def _still_possible(audiences: Mapping[str, float], profile: Profile) -> dict[str, float]:
    """Who may be asking: a firm has no taxable income of its own to state, an employee no turnover.

    Hardly anybody under 20 asks for anything else than the way into work.
    """
    told = set(profile.facts)
    ruled_out = {*(_FIRMS if told & _OWN_OF_PEOPLE else ()), *(_PEOPLE if told & _OWN_OF_FIRMS else ())}
    left = {group: weight for group, weight in audiences.items() if group not in ruled_out} or dict(audiences)
    age = profile.facts.get("age")
    if age is not None and "auszubildende" in left:
        left["auszubildende"] *= _MORE_OFTEN if age < _YOUNG else 1 / _MORE_OFTEN if age >= _GROWN_UP else 1
    return left


def telling(fact: str, profile: Profile, rules: Sequence[Rule]) -> Weighted:
    """The same, with one answer for all that these rules treat alike."""
    answers = typical(fact, profile)
    if fact == "audience" or len(answers) < 3:
        return answers
    alike: dict[tuple[bool, ...], tuple[Any, float]] = {}
    about = [rule for rule in rules if rule.fact == fact]
    for value, share in answers:
        kind = tuple(holds(rule, value) for rule in about)
        first, sum_of_shares = alike.get(kind, (value, 0.0))
        alike[kind] = (first, sum_of_shares + share)
    return tuple(alike.values())


def limits(fact: str, programmes: Iterable[Programme]) -> list[float]:
    """The numbers from which another answer makes a difference, in order: below and from this number on."""
    found = {
        _first_beyond(rule, BY_NAME[fact].type == "int")
        for programme in programmes
        for rule in (*rules_of(programme), *_amount_rules(programme))
        if rule.fact == fact and isinstance(rule.value, (int, float)) and not isinstance(rule.value, bool)
    }
    return sorted(value for value in found if value > 0)


@dataclass(frozen=True)
class Span:
    """A range of numbers; an end of ``None`` is open."""

    low: float | None
    high: float | None


def spans(fact: str, programmes: Iterable[Programme], most: int) -> list[Span]:
    """Ranges between the limits, at most so many: those in the middle are left out first."""
    edges = limits(fact, programmes)
    if len(edges) >= most:
        edges = edges[: most - 2] + edges[-1:]
    return [Span(low, high) for low, high in zip([None, *edges], [*edges, None], strict=True)] if edges else []


def _shares(weights: dict[Any, float]) -> Weighted:
    total = sum(weights.values())
    return tuple((value, weight / total) for value, weight in weights.items())


def rules_of(programme: Programme) -> list[Rule]:
    """All rules that decide whether a programme fits, the size of the firm as rules among them."""
    found = [
        rule
        for condition in (*programme.conditions, *programme.exclusions)
        for rule in (*condition.rules, *condition.unless, *(r for group in condition.any_of for r in group))
    ]
    size = programme.company_size
    named = [
        ("employees", Op.GE, size.min_employees),
        ("employees", Op.LE, size.max_employees),
        ("turnover_eur", Op.LE, size.max_turnover_eur),
        ("balance_eur", Op.LE, BALANCE_INSTEAD.get(int(size.max_turnover_eur or 0))),
    ]
    return found + [Rule(fact=fact, op=op, value=value) for fact, op, value in named if value is not None]


def decided_by(programme: Programme) -> frozenset[str]:
    """The facts that the amounts of a programme depend on."""
    return frozenset(rule.fact for rule in _amount_rules(programme))


def _amount_rules(programme: Programme) -> Iterator[Rule]:
    return (rule for amount in programme.funding.amounts for rule in amount.when)


def _first_beyond(rule: Rule, whole: bool) -> float:
    """The first number of the upper side: from 50 on if the rule says „less than 50“ or „at least 50“."""
    return float(rule.value) + (1 if whole and rule.op.value in ("le", "gt") else 0)
