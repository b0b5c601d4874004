"""The next question: what splits best is asked, what changes nothing is not."""

from __future__ import annotations

import time
from typing import Any

import pytest

from knowledge_base.answer_options import spans, typical
from knowledge_base.chances import Chances
from knowledge_base.facts import FACTS
from knowledge_base.next_question import next_fact, values
from knowledge_base.places import Directory
from knowledge_base.profile import Profile
from knowledge_base.schema.programme import Programme
from tests.knowledge_base.small import TODAY, places, programme

PLACES = Directory(places())
EMPLOYEE = Profile(audience="beschaeftigte", place="hagen", facts={"started": False})


def needs(fact: str, op: str, value: Any, name: str = "bedingt", **changes: Any) -> Programme:
    rule = {"fact": fact, "op": op, "value": value}
    return programme(name, conditions=[{"text": f"Bedingung: {fact}", "rules": [rule]}], **changes)


def ask(profile: Profile, *candidates: Programme, declined: tuple[str, ...] = ()) -> str | None:
    scored = [(candidate, 1.0 - 0.1 * number) for number, candidate in enumerate(candidates)]
    return next_fact(scored, Chances(profile, TODAY, PLACES), declined)


def test_the_place_comes_first_because_it_decides_who_is_responsible() -> None:
    assert ask(Profile(audience="beschaeftigte"), needs("age", "lt", 40)) == "place"


def test_the_place_is_asked_second_at_the_latest() -> None:
    many = [needs("age", "lt", 40, f"jung-{n}") for n in range(6)]
    assert ask(Profile(audience="beschaeftigte", facts={"started": False}), *many) == "age"
    assert ask(Profile(audience="beschaeftigte", facts={"started": False}), *many, declined=("age",)) == "place"


def test_who_cannot_say_who_asks_is_asked_for_the_occupation() -> None:
    unknown = Profile(place="hagen", facts={"started": False, "audience": None})
    assert ask(unknown, needs("age", "lt", 40), declined=("audience",)) == "employment"
    assert ask(unknown, needs("age", "lt", 40), declined=("audience", "employment")) == "age"


def test_what_somebody_has_in_mind_is_asked_where_only_the_topic_is_known() -> None:
    software = programme("software", purposes=["software_individuell"])
    asker = Profile(audience="beschaeftigte", place="hagen", facts={"started": False})
    assert ask(asker, software, programme("kurs", purposes=["weiterbildung"])) == "purpose"
    assert ask(Profile(audience="beschaeftigte", place="hagen", purposes=("weiterbildung",)), software) is None


def test_the_fact_that_splits_most_of_the_candidates_is_asked() -> None:
    age, rare = needs("age", "lt", 40, "jung"), needs("exam_passed", "eq", True, "meister")
    assert ask(EMPLOYEE, age, rare) == "age"


def test_a_better_candidate_weighs_more() -> None:
    one, other = needs("age", "lt", 40, "jung"), needs("course_certified", "eq", True, "azav")
    strong = next_fact([(one, 1.0), (other, 0.1)], Chances(EMPLOYEE, TODAY, PLACES), ())
    assert strong == "age"
    assert next_fact([(other, 1.0), (one, 0.1)], Chances(EMPLOYEE, TODAY, PLACES), ()) == "course_certified"


def test_nothing_is_asked_when_the_top_is_stable() -> None:
    assert ask(EMPLOYEE, programme()) is None
    assert ask(EMPLOYEE) is None


def test_what_is_known_declined_or_unknown_to_the_person_is_not_asked() -> None:
    young = needs("age", "lt", 40)
    assert ask(EMPLOYEE, young) == "age"
    assert ask(EMPLOYEE, young, declined=("age",)) is None
    assert ask(Profile(audience="beschaeftigte", place="hagen", facts={"age": None}), young) is None
    assert ask(Profile(audience="beschaeftigte", place="hagen", facts={"age": 30}), young) is None
    assert ask(Profile(audience="beschaeftigte", place="hagen", facts={"age_range": [0, 39]}), young) is None


def test_no_question_if_no_answer_helps_a_candidate_that_fails_anyway() -> None:
    condition = [{"text": "Jung.", "rules": [{"fact": "age", "op": "lt", "value": 40}]}]
    elsewhere = programme("anderswo", area=["bochum"], conditions=condition)
    assert ask(EMPLOYEE, elsewhere) is None


def test_a_firm_is_not_asked_for_its_age_nor_a_jobless_person_for_turnover() -> None:
    firm = Profile(audience="unternehmen", place="hagen")
    person = Profile(audience="arbeitsuchende", place="hagen")
    both = {"audiences": ["unternehmen", "arbeitsuchende"]}
    assert ask(firm, needs("age", "lt", 40, **both)) is None
    assert ask(person, needs("age", "lt", 40, **both)) == "age"
    assert ask(person, needs("turnover_eur", "lt", 5_000_000, **both)) is None
    assert ask(firm, needs("turnover_eur", "lt", 5_000_000, **both)) == "turnover_eur"


def test_who_asks_comes_before_what_only_firms_or_people_can_say() -> None:
    unknown = Profile(place="hagen")
    assert ask(unknown, needs("age", "lt", 40, audiences=["beschaeftigte", "unternehmen"])) == "audience"


def test_a_fact_that_decides_the_amount_is_worth_a_question() -> None:
    tiers = [
        {
            "what": "Zuschuss",
            "value": value,
            "unit": "prozent",
            "source": "s1",
            "when": [{"fact": "employees", "op": op, "value": 50}],
        }
        for value, op in ((100, "lt"), (50, "ge"))
    ]
    funding = {"text": {"text": "Ein Zuschuss."}, "amounts": tiers}
    firm = Profile(audience="unternehmen", place="hagen")
    tiered = programme("gestuft", audiences=["unternehmen"], funding=funding)
    assert ask(firm, tiered) == "employees"


def test_an_answer_settles_what_the_question_was_about() -> None:
    young = needs("age", "lt", 40)
    chance = Chances(EMPLOYEE, TODAY, PLACES).of(young)
    assert 0 < chance < 1
    known = [Profile(audience="beschaeftigte", place="hagen", facts={"age": age}) for age in (30, 50)]
    assert [Chances(profile, TODAY, PLACES).of(young) for profile in known] == [1.0, 0.0]


def test_a_range_settles_a_limit_only_outside_of_it() -> None:
    def verdict(low: float, high: float) -> float:
        profile = Profile(audience="beschaeftigte", place="hagen", facts={"age_range": [low, high]})
        return Chances(profile, TODAY, PLACES).of(needs("age", "lt", 40))

    assert (verdict(0, 39), verdict(40, 99)) == (1.0, 0.0)
    assert 0 < verdict(30, 50) < 1


def test_ranges_run_between_the_limits_of_the_candidates() -> None:
    limited = [needs("employees", "lt", 50, "klein"), needs("employees", "le", 249, "mittel")]
    edges = [(span.low, span.high) for span in spans("employees", limited, 4)]
    assert edges == [(None, 50.0), (50.0, 250.0), (250.0, None)]


def test_every_fact_has_answers_to_expect() -> None:
    facts = [fact for fact in FACTS if fact.name != "purpose"]
    assert len(facts) > 25
    for fact in facts:
        shares = [share for _, share in typical(fact.name, Profile())]
        assert len(shares) > 1 and sum(shares) == pytest.approx(1.0), fact.name


def test_values_are_never_negative_and_only_the_leading_candidates_count() -> None:
    many = [needs("age", "lt", 40, f"nummer-{number}") for number in range(300)]
    scored = [(one, 1.0) for one in many]
    started = time.perf_counter()
    worth = values(scored, Chances(EMPLOYEE, TODAY, PLACES), ())
    assert worth["age"] > 0 and min(worth.values()) >= 0
    assert time.perf_counter() - started < 0.5
