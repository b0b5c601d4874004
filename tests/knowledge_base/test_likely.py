"""Which hits are shown: relevance counts in the first answer, what likely fits counts once questions were asked."""

from __future__ import annotations

from typing import Any

from knowledge_base.chances import Chances
from knowledge_base.eligibility import evaluate
from knowledge_base.finding.programmes import Hit
from knowledge_base.likely import likely_first
from knowledge_base.places import Directory
from knowledge_base.profile import Profile
from knowledge_base.schema.programme import Programme
from tests.knowledge_base.small import TODAY, places, programme

PLACES = Directory(places())
EMPLOYEE = Profile(audience="beschaeftigte", place="hagen", topics=("qualifizierung",), facts={"started": False})


def shown(profile: Profile, *candidates: Programme, first: bool = False) -> list[str]:
    verdicts = [evaluate(one, profile, TODAY, PLACES) for one in candidates]
    hits = [
        Hit(one, 1.0 - 0.01 * n, verdict, [])
        for n, (one, verdict) in enumerate(zip(candidates, verdicts, strict=True))
    ]
    return [hit.programme.id for hit in likely_first(hits, Chances(profile, TODAY, PLACES), first, 3)]


def needs(name: str, *rules: dict[str, Any], **changes: Any) -> Programme:
    conditions = [{"text": "Bedingung", "rules": list(rules)}] if rules else [{"text": "Prüfung", "decisive": True}]
    return programme(name, conditions=conditions, **changes)


YOUNG = {"fact": "age", "op": "lt", "value": 40}


def test_at_first_relevance_counts_afterwards_what_likely_fits() -> None:
    doubtful, sure = needs("jung", YOUNG), programme("sicher")
    assert shown(EMPLOYEE, doubtful, sure, first=True) == ["jung", "sicher"]
    assert shown(EMPLOYEE, doubtful, sure) == ["sicher"]


def test_where_somebody_has_to_look_the_last_place_goes_to_what_fits_as_far_as_one_can_tell() -> None:
    looked_at = [needs(f"pruefung-{n}") for n in range(3)]
    assert shown(EMPLOYEE, *looked_at, programme("sicher")) == ["pruefung-0", "pruefung-1", "sicher"]
    assert shown(EMPLOYEE, *looked_at) == [one.id for one in looked_at]


def test_what_takes_no_applications_today_gives_way_to_what_does() -> None:
    assert shown(EMPLOYEE, programme("pause", status="pausiert"), programme("offen")) == ["offen"]
    assert shown(EMPLOYEE, programme("pause", status="pausiert")) == ["pause"]


def test_what_is_for_the_situation_alone_gives_way_to_what_is_planned() -> None:
    living, course = programme("leben", purposes=["lebensunterhalt"]), programme("kurs", purposes=["weiterbildung"])
    facts = {"started": False, "benefit": "alg1"}

    def asks(*purposes: str) -> list[str]:
        return shown(Profile(audience="beschaeftigte", place="hagen", purposes=purposes, facts=facts), living, course)

    assert asks("weiterbildung", "lebensunterhalt") == ["kurs"]
    assert asks("lebensunterhalt") == ["leben"]


def test_without_a_plan_a_programme_on_another_topic_counts_as_less_likely() -> None:
    near = programme("nah", topics=["qualifizierung"], purposes=["weiterbildung"])
    far = programme("fern", topics=["ki"], purposes=["forschung_entwicklung"])
    assert shown(EMPLOYEE, far, near) == ["nah"]


def test_an_income_of_ones_own_tells_that_no_firm_is_asking() -> None:
    people = programme("leute", audiences=["beschaeftigte"], applicants=["beschaeftigte"])
    firms = programme("betriebe", audiences=["unternehmen"], applicants=["unternehmen"])
    unknown = Profile(place="hagen", facts={"started": False})
    told = Profile(place="hagen", facts={"started": False, "taxable_income_eur": 30_000.0})

    assert chance(told, firms) < chance(unknown, firms) / 2
    assert chance(told, people) > chance(unknown, people)


def test_two_conditions_on_one_fact_are_settled_by_one_answer() -> None:
    once = needs("einmal", YOUNG)
    twice = programme("zweimal", conditions=[{"text": "Bedingung", "rules": [YOUNG]}] * 2)
    assert 0 < chance(EMPLOYEE, twice) == chance(EMPLOYEE, once) < 1


def chance(profile: Profile, one: Programme) -> float:
    return Chances(profile, TODAY, PLACES).of(one)


def test_after_questions_what_may_well_fail_is_not_mixed_with_what_clearly_stands() -> None:
    grown_up = {"fact": "age", "op": "ge", "value": 20}
    doubtful, clear = needs("erwachsen", grown_up, {**grown_up, "value": 28}), needs("pruefung")
    assert Chances(EMPLOYEE, TODAY, PLACES).stands(doubtful) >= 0.75, "likely enough to be shown alone"
    assert shown(EMPLOYEE, doubtful) == ["erwachsen"]
    assert shown(EMPLOYEE, doubtful, clear, first=True) == ["erwachsen", "pruefung"]
    assert shown(EMPLOYEE, doubtful, needs("a"), programme("sicher")) == ["a", "sicher"]


def test_who_could_not_say_who_asks_is_weighed_by_all_with_such_a_plan() -> None:
    hiring = {"audiences": ["arbeitsuchende"], "applicants": ["unternehmen"], "purposes": ["behinderung_teilhabe"]}
    facts = {"started": False, "audience": None}
    anybody = Profile(place="hagen", purposes=("behinderung_teilhabe",), facts=facts)
    apprentices = {**hiring, "audiences": ["auszubildende"], "applicants": ["auszubildende"]}
    assert 1 > chance(anybody, programme("probe", **hiring)) > 0.5
    assert 0.5 > chance(anybody, programme("azubi", **apprentices)) > 0


def test_who_has_a_firm_founds_none_by_borrowing_or_handing_it_over() -> None:
    for_founders = programme(
        "start", audiences=["gruendende"], applicants=["gruendende"], purposes=["nachfolge"], topics=["gruendung"]
    )

    def stands(audience: str) -> float:
        facts = {"started": False}
        return chance(Profile(audience=audience, place="hagen", purposes=("nachfolge",), facts=facts), for_founders)

    assert stands("unternehmen") < 0.2 < 0.8 < stands("beschaeftigte")
