from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge_base.eligibility import Verdict, current_status, evaluate
from knowledge_base.facts import BY_NAME, EMPLOYMENT
from knowledge_base.places import Directory
from knowledge_base.profile import Profile
from knowledge_base.schema.programme import Programme, Status
from tests.knowledge_base.small import TODAY, places, programme

DIRECTORY = Directory(places())
EMPLOYEE = Profile(audience="beschaeftigte", place="hagen")
FIRM = Profile(audience="unternehmen", place="hagen")


def judge(record: Programme, profile: Profile = EMPLOYEE, as_of: dt.date = TODAY) -> Verdict:
    return evaluate(record, profile, as_of, DIRECTORY)


def knowing(profile: Profile, **facts: Any) -> Profile:
    return replace(profile, facts={**profile.facts, **facts})


def needs(fact: str, op: str, value: Any) -> dict[str, Any]:
    return {"text": f"Bedingung zu {fact}.", "rules": [{"fact": fact, "op": op, "value": value}]}


def test_without_conditions_it_fits_those_it_is_made_for() -> None:
    verdict = judge(programme())
    assert (verdict.result, verdict.missing, verdict.open) == ("passt", [], [])


@pytest.mark.parametrize(("age", "result"), [(24, "passt"), (25, "passt_nicht"), (None, "offen")])
def test_a_rule_is_true_false_or_unknown(age: int | None, result: str) -> None:
    assert judge(programme(conditions=[needs("age", "lt", 25)]), knowing(EMPLOYEE, age=age)).result == result


def test_an_unknown_fact_is_named_until_it_was_asked() -> None:
    record = programme(conditions=[needs("age", "lt", 25)])
    assert judge(record).missing == ["age"]
    asked = judge(record, knowing(EMPLOYEE, age=None))
    assert (asked.result, asked.missing) == ("offen", [])
    assert asked.open[0].fact == "age"


@pytest.mark.parametrize(
    ("text", "said"),
    [("Hobbykurse.", "Ausgeschlossen: Hobbykurse."), ("Hobbykurse sind ausgeschlossen.",) * 2],
)
def test_an_exclusion_says_once_that_it_rules_out(text: str, said: str) -> None:
    rules = [{"fact": "employer_ordered", "op": "eq", "value": True}]
    told, looked_at = programme(exclusions=[{"text": text, "rules": rules}]), programme(exclusions=[{"text": text}])
    assert [reason.text for reason in judge(told, knowing(EMPLOYEE, employer_ordered=True)).unmet] == [said]
    assert said in judge(looked_at).adviser


def test_one_false_condition_decides_whatever_is_unknown() -> None:
    record = programme(conditions=[needs("age", "lt", 25), needs("disability", "eq", True)])
    verdict = judge(record, knowing(EMPLOYEE, disability=False))
    assert verdict.result == "passt_nicht"
    assert [reason.fact for reason in verdict.unmet] == ["disability"]


INCOME = {"text": "Einkommen.", "any_of": [
    [{"fact": "taxable_income_eur", "op": "le", "value": 50000}],
    [{"fact": "joint_assessment", "op": "eq", "value": True},
     {"fact": "taxable_income_eur", "op": "le", "value": 100000}]]}


@pytest.mark.parametrize(("facts", "result", "missing"), [
    ({}, "offen", ["taxable_income_eur", "joint_assessment"]),
    ({"taxable_income_eur": 40000}, "passt", []),
    ({"taxable_income_eur": 80000}, "offen", ["joint_assessment"]),
    ({"taxable_income_eur": 80000, "joint_assessment": True}, "passt", []),
    ({"taxable_income_eur": 80000, "joint_assessment": False}, "passt_nicht", []),
    ({"taxable_income_eur": 120000}, "passt_nicht", []),
    ({"joint_assessment": False}, "offen", ["taxable_income_eur"]),
])
def test_one_of_several_groups_is_enough(facts: dict[str, Any], result: str, missing: list[str]) -> None:
    verdict = judge(programme(conditions=[INCOME]), knowing(EMPLOYEE, **facts))
    assert (verdict.result, verdict.missing) == (result, missing)


@pytest.mark.parametrize(("facts", "result"), [
    ({"age": 40}, "passt_nicht"), ({"age": 40, "disability": True}, "passt"),
    ({"age": 40, "disability": None}, "offen"), ({"disability": True}, "passt"),
])
def test_unless_lifts_a_condition(facts: dict[str, Any], result: str) -> None:
    condition = {**needs("age", "lt", 25), "unless": [{"fact": "disability", "op": "eq", "value": True}]}
    profile = knowing(EMPLOYEE, **{"disability": False, **facts})
    assert judge(programme(conditions=[condition]), profile).result == result


@pytest.mark.parametrize(("ordered", "result"), [(True, "passt_nicht"), (False, "passt"), (None, "offen")])
def test_an_exclusion_says_when_it_applies(ordered: bool | None, result: str) -> None:
    record = programme(exclusions=[needs("employer_ordered", "eq", True)])
    assert judge(record, knowing(EMPLOYEE, employer_ordered=ordered)).result == result


def test_texts_without_rules_are_for_the_adviser() -> None:
    verdict = judge(programme(conditions=[{"text": "Der Kurs dient dem Beruf."}], exclusions=[{"text": "Hobbys."}]))
    assert verdict.result == "passt"
    assert any("dient dem Beruf" in text for text in verdict.adviser)
    assert any("Hobbys" in text for text in verdict.adviser)


@pytest.mark.parametrize(("asker", "made_for", "result"), [
    ("unternehmen", ["unternehmen"], "passt"), ("unternehmen", ["beschaeftigte"], "passt_nicht"),
    ("arbeitsuchende", ["unternehmen"], "passt_nicht"), ("selbststaendige", ["unternehmen"], "offen"),
    ("zugewanderte", ["beschaeftigte"], "offen"), (None, ["beschaeftigte"], "offen"),
    ("beschaeftigte", ["weiterbildungsanbieter"], "passt_nicht"),
])
def test_audience(asker: str | None, made_for: list[str], result: str) -> None:
    assert judge(programme(audiences=made_for), Profile(audience=asker, place="hagen")).result == result


def test_the_occupation_settles_to_whom_one_belongs() -> None:
    record, newcomer = programme(audiences=["beschaeftigte"]), Profile(audience="zugewanderte", place="hagen")
    assert judge(record, newcomer).missing == ["employment"]
    assert judge(record, knowing(newcomer, employment="angestellt")).result == "passt"
    assert judge(record, knowing(newcomer, employment="arbeitslos")).result == "passt_nicht"


def test_beneficiaries_learn_who_applies() -> None:
    record = programme(audiences=["arbeitsuchende"], applicants=["unternehmen"])
    verdict = judge(record, Profile(audience="arbeitsuchende", place="hagen"))
    assert verdict.result == "passt"
    assert any("Unternehmen" in reason.text for reason in verdict.met)


@pytest.mark.parametrize(("area", "place", "result"), [
    ("hagen", "hagen", "passt"), ("hagen", "bochum", "passt_nicht"), ("hagen", None, "offen"),
    ("deutschland", None, "passt"), ("witten", "ennepe-ruhr-kreis", "offen"), ("nrw", "outside:venlo", "passt_nicht"),
])
def test_area(area: str, place: str | None, result: str) -> None:
    assert judge(programme(area=[area]), Profile(audience="beschaeftigte", place=place)).result == result


def test_the_place_tells_where_a_person_lives_and_where_a_firm_sits() -> None:
    lives, sits = needs("residence_nrw", "eq", True), needs("seat_nrw", "eq", True)
    assert judge(programme(conditions=[lives])).result == "passt"
    assert judge(programme(conditions=[sits]), EMPLOYEE).missing == ["seat_nrw"]
    firms = {"audiences": ["unternehmen"]}
    assert judge(programme(**firms, conditions=[sits]), FIRM).result == "passt"
    assert judge(programme(**firms, conditions=[lives]), FIRM).missing == ["residence_nrw"]
    away = Profile(audience="beschaeftigte", place="outside:kassel")
    assert judge(programme(conditions=[lives]), away).result == "passt_nicht"


SIZED = {"audiences": ["unternehmen"], "company_size": {"min_employees": 10, "max_employees": 249}}


@pytest.mark.parametrize(("profile", "result"), [
    (knowing(FIRM, employees=10), "passt"), (knowing(FIRM, employees=249), "passt"),
    (knowing(FIRM, employees=9), "passt_nicht"), (knowing(FIRM, employees=250), "passt_nicht"), (FIRM, "offen"),
    (replace(FIRM, employees_range=(10, 49)), "passt"), (replace(FIRM, employees_range=(1, 49)), "offen"),
    (replace(FIRM, employees_range=(250, 100000)), "passt_nicht"),
    (knowing(replace(FIRM, employees_range=(10, 49)), employees=None), "passt"),
])
def test_size_by_number_or_range(profile: Profile, result: str) -> None:
    assert judge(programme(**SIZED), profile).result == result


def test_a_range_decides_what_lies_between_its_bounds() -> None:
    record = programme(audiences=["unternehmen"], exclusions=[needs("employees", "in", [7])])
    assert judge(record, replace(FIRM, employees_range=(1, 49))).result == "offen"


@pytest.mark.parametrize(("facts", "result"), [
    ({"employees": 12, "turnover_eur": 2e6}, "passt"), ({"employees": 12, "turnover_eur": 60e6}, "offen"),
    ({"employees": 12, "turnover_eur": 60e6, "balance_eur": 40e6}, "passt"),
    ({"employees": 12, "turnover_eur": 60e6, "balance_eur": 44e6}, "passt_nicht"),
    ({"employees": 300, "turnover_eur": 2e6}, "passt_nicht"), ({"employees": 12}, "offen"),
])
def test_small_and_medium_by_turnover_or_balance(facts: dict[str, Any], result: str) -> None:
    record = programme(audiences=["unternehmen"],
                       company_size={"max_employees": 249, "max_turnover_eur": 50_000_000})
    assert judge(record, knowing(FIRM, **facts)).result == result


def test_size_is_no_matter_for_people_without_a_firm() -> None:
    record = programme(**{**SIZED, "audiences": ["unternehmen", "arbeitsuchende"]})
    jobseeker = Profile(audience="arbeitsuchende", place="hagen")
    assert judge(record, jobseeker).result == "passt"
    assert judge(record, knowing(jobseeker, employment="selbststaendig")).result == "passt"


@pytest.mark.parametrize(("purposes", "result"), [
    ((), "offen"), (("software_individuell",), "passt"), (("hardware",), "passt_nicht"), (("studium",), "offen"),
    (("software_individuell", "hardware"), "passt"), (("studium", "hardware"), "passt_nicht"),
])
def test_purposes(purposes: tuple[str, ...], result: str) -> None:
    record = programme(purposes=["software_individuell"], not_for=["hardware"])
    assert judge(record, replace(EMPLOYEE, purposes=purposes)).result == result


def test_a_part_that_is_ruled_out_does_not_rule_out_the_rest() -> None:
    record = programme(exclusions=[needs("purpose", "in", ["hardware", "software_standard"])])
    both = judge(record, replace(EMPLOYEE, purposes=("software_individuell", "hardware")))
    assert both.result == "passt"
    assert any("Teil" in text for text in both.adviser)
    assert judge(record, replace(EMPLOYEE, purposes=("hardware",))).result == "passt_nicht"


@pytest.mark.parametrize(("started", "result"), [(False, "passt"), (True, "passt_nicht"), (None, "offen")])
def test_most_grants_come_before_the_start(started: bool | None, result: str) -> None:
    assert judge(programme(apply_before_start=True), knowing(EMPLOYEE, started=started)).result == result
    assert judge(programme(apply_before_start=False), knowing(EMPLOYEE, started=started)).result == "passt"


@pytest.mark.parametrize(("changes", "status"), [
    ({}, Status.AKTIV), ({"valid_until": TODAY}, Status.AKTIV),
    ({"valid_until": TODAY - dt.timedelta(1)}, Status.AUSGELAUFEN),
    ({"valid_from": TODAY + dt.timedelta(1)}, Status.GEPLANT), ({"valid_from": TODAY}, Status.AKTIV),
    ({"status": "ausgelaufen", "valid_from": TODAY + dt.timedelta(1)}, Status.AUSGELAUFEN),
])
def test_dates_go_before_the_written_status(changes: dict[str, Any], status: Status) -> None:
    assert current_status(programme(**changes), TODAY) == status


@pytest.mark.parametrize(("status", "result"), [
    ("aktiv", "passt"), ("losverfahren", "passt"), ("unklar", "offen"), ("geplant", "offen"), ("pausiert", "offen"),
    ("ausgeschoepft", "offen"), ("ausgelaufen", "passt_nicht"),
])
def test_only_what_is_open_fits_and_what_ended_never_does(status: str, result: str) -> None:
    verdict = judge(programme(status=status))
    assert verdict.result == result
    assert result == "passt" or all(reason.text for reason in verdict.open + verdict.unmet)


def test_a_passed_or_coming_deadline_leaves_it_open() -> None:
    past = {"kind": "stichtag", "text": "Bis gestern.", "date": TODAY - dt.timedelta(1)}
    coming = {"kind": "fenster", "text": "Ab morgen.", "opens": TODAY + dt.timedelta(1)}
    today = {"kind": "stichtag", "text": "Bis heute.", "date": TODAY}
    assert [judge(programme(deadline=one)).result for one in (past, coming, today)] == ["offen", "offen", "passt"]


def amount(value: float | None, **changes: Any) -> dict[str, Any]:
    return {"what": "Zuschuss", "value": value, "unit": "prozent", "source": "s1", **changes}


def shown(amounts: list[dict[str, Any]], profile: Profile = FIRM) -> list[float | None]:
    record = programme(funding={"text": {"text": "Ein Zuschuss."}, "amounts": amounts})
    return [one.value for one in judge(record, profile).amounts]


def test_amounts_are_those_of_the_day() -> None:
    series = [amount(60, valid_from=dt.date(2025, 1, 1)), amount(50, valid_from=dt.date(2026, 2, 1)),
              amount(40, valid_from=dt.date(2027, 1, 1))]
    assert shown(series) == [50]
    assert shown([*series, amount(None, valid_from=dt.date(2026, 11, 1))]) == []
    assert shown([amount(30, valid_until=dt.date(2026, 11, 20))]) == []


def test_amounts_are_those_of_the_case() -> None:
    tiers = [amount(50, case="klein", when=[{"fact": "employees", "op": "lt", "value": 50}]),
             amount(25, case="groß", when=[{"fact": "employees", "op": "ge", "value": 50}])]
    assert shown(tiers, knowing(FIRM, employees=12)) == [50]
    assert shown(tiers, knowing(FIRM, employees=70)) == [25]
    assert shown(tiers) == [50, 25]


def test_levels_of_language_have_an_order() -> None:
    record = programme(conditions=[needs("language_level", "ge", "b1")])
    levels = ["a2", "b1", "c1"]
    assert [judge(record, knowing(EMPLOYEE, language_level=level)).result for level in levels] == [
        "passt_nicht", "passt", "passt"]


def test_the_audience_tells_what_the_occupation_cannot_be() -> None:
    record = programme(audiences=["arbeitsuchende"], conditions=[needs("employment", "ne", "angestellt")])
    assert judge(record, Profile(audience="arbeitsuchende", place="hagen")).result == "passt"


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "audience": st.sampled_from(BY_NAME["audience"].values), "employees": st.integers(0, 400),
    "turnover_eur": st.sampled_from([1e6, 60e6]), "balance_eur": st.sampled_from([1e6, 44e6]),
    "started": st.booleans(), "seat_nrw": st.booleans(), "residence_nrw": st.booleans(), "age": st.integers(16, 67),
    "employment": st.sampled_from(EMPLOYMENT), "disability": st.booleans(), "foreign_qualification": st.booleans(),
    "place": st.sampled_from(["witten", "hagen", "bochum", "outside:venlo", "outside:kassel"]),
    "purpose": st.sampled_from(["hardware", "weiterbildung", "studium"]),
    "employees_range": st.sampled_from([(1, 9), (10, 49), (1, 249), (250, 9999)]),
}
DECIDABLE = [name for name in VALUES if name not in ("place", "employees_range")]


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    fact = draw(st.sampled_from(DECIDABLE))
    value = draw(VALUES[fact])
    numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
    op = draw(st.sampled_from(["eq", "ne", "in", "not_in"] + (["lt", "le", "gt", "ge"] if numeric else [])))
    return {"fact": fact, "op": op, "value": [value] if op in ("in", "not_in") else value}


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    few = st.lists(rules(), min_size=1, max_size=2)
    shape = draw(st.sampled_from(["rules", "any_of", "both", "unless"]))
    return {"text": "Bedingung.", "rules": draw(few) if shape in ("rules", "both", "unless") else [],
            "any_of": draw(st.lists(few, min_size=1, max_size=3)) if shape in ("any_of", "both") else [],
            "unless": draw(few) if shape == "unless" else []}


FEATURES: dict[str, st.SearchStrategy[Any]] = {
    "area": st.sampled_from([["nrw"], ["witten"], ["mitte"]]),
    "company_size": st.sampled_from([{"max_employees": 249, "max_turnover_eur": 50_000_000}, {"min_employees": 10}]),
    "purposes": st.sampled_from([["weiterbildung"], ["studium", "weiterbildung"]]),
    "not_for": st.just(["hardware"]), "apply_before_start": st.just(True),
    "conditions": st.lists(conditions(), min_size=1, max_size=1),
    "exclusions": st.lists(conditions(), min_size=1, max_size=1),
}


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    """Few features at a time: else hardly any case would fit, and a fit is what may not be lost."""
    features = draw(st.lists(st.sampled_from(list(FEATURES)), max_size=2, unique=True))
    audiences = draw(st.lists(st.sampled_from(BY_NAME["audience"].values), min_size=3, max_size=9, unique=True))
    return programme(audiences=audiences, **{feature: draw(FEATURES[feature]) for feature in features})


def _profile(known: dict[str, Any]) -> Profile:
    facts = {name: value for name, value in known.items()
             if name not in ("audience", "place", "purpose", "employees_range")}
    purposes = (known["purpose"],) if "purpose" in known else ()
    return Profile(audience=known.get("audience"), place=known.get("place"), facts=facts, purposes=purposes,
                   employees_range=known.get("employees_range"))


def test_learning_a_fact_never_unsettles_a_fit() -> None:
    results = Counter[str]()

    @settings(max_examples=600, deadline=None, database=None, derandomize=True,
              suppress_health_check=list(HealthCheck))
    @given(programmes(), st.fixed_dictionaries(VALUES), st.data())
    def check(record: Programme, everything: dict[str, Any], data: st.DataObject) -> None:
        unknown = data.draw(st.lists(st.sampled_from(list(VALUES)), min_size=1, max_size=5, unique=True))
        known = {name: value for name, value in everything.items() if name not in unknown}
        learned = {**known, unknown[0]: everything[unknown[0]]}
        before, after = judge(record, _profile(known)), judge(record, _profile(learned))
        results[before.result] += 1
        assert not (before.result == "passt" and after.result == "offen"), (known, unknown[0], after.open)

    check()
    assert results["passt"] >= 60, results


@settings(max_examples=200, deadline=None)
@given(programmes(), st.fixed_dictionaries(VALUES), VALUES["purpose"])
def test_a_further_purpose_never_unsettles_a_fit(record: Programme, known: dict[str, Any], further: str) -> None:
    profile = _profile(known)
    wider = replace(profile, purposes=(*profile.purposes, further))
    assert not (judge(record, profile).result == "passt" and judge(record, wider).result == "offen")


@settings(max_examples=200, deadline=None)
@given(programmes(), st.fixed_dictionaries({}, optional=VALUES))
def test_every_result_has_its_reasons(record: Programme, known: dict[str, Any]) -> None:
    verdict = judge(record, _profile(known))
    assert (verdict.result == "passt_nicht") == bool(verdict.unmet)
    assert (verdict.result == "offen") == bool(verdict.open and not verdict.unmet)
    assert all(reason.text for reason in verdict.met + verdict.unmet + verdict.open)


def test_a_decisive_text_keeps_the_verdict_open() -> None:
    text = {"text": "Die Person hat Anspruch auf eine Werkstatt."}
    assert judge(programme(conditions=[text])).result == "passt"
    strict = judge(programme(conditions=[{**text, "decisive": True}]))
    assert (strict.result, [reason.text for reason in strict.open], strict.adviser) == ("offen", [text["text"]], [])


def test_who_is_without_work_may_look_for_an_apprenticeship() -> None:
    jobless = Profile(audience="arbeitsuchende", place="hagen")
    record = programme(audiences=["auszubildende"])
    assert judge(record, knowing(jobless, employment="ohne_arbeit")).result == "offen"
    assert judge(record, knowing(jobless, employment="transfergesellschaft")).result == "passt_nicht"
