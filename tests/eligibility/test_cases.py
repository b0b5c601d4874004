"""Every case of ``<programme>.yml`` is judged as its file says; some laws hold for all programmes and cases.

A case says what a careful adviser would answer, not what the rules happen to yield. If both differ, mend the record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.curation.models_eligibility import AS_OF, CaseFile, ExpectedCase, load_cases, wrong
from bot.settings import load_settings
from knowledge_base.case import Case
from knowledge_base.content import Catalogue
from knowledge_base.eligibility import Verdict, current_status, evaluate
from knowledge_base.facts import BY_NAME
from knowledge_base.loader import load_catalogue
from knowledge_base.places import Directory
from knowledge_base.profile import Profile
from knowledge_base.schema.common import Rule
from knowledge_base.schema.programme import Programme, Status

FOLDER = Path(__file__).parent
TODAY = AS_OF
LATER = dt.date(2040, 1, 1)
LEAST_CASES, LEAST_ON_AVERAGE, LEAST_TOTAL = 3, 4, 500


@cache
def catalogue() -> Catalogue:
    return load_catalogue(load_settings({}).catalogue_dir)


@cache
def directory() -> Directory:
    return Directory(catalogue().places)


@cache
def files() -> Mapping[str, CaseFile]:
    """All case files by stem. A wrong key or value fails here, with the name of the file."""
    return load_cases(FOLDER, directory())


def expected() -> list[ExpectedCase]:
    """All cases."""
    return [case for file in files().values() for case in file.cases]


def askers() -> list[Profile]:
    """The profiles of all cases."""
    return [case.profile.profile() for case in expected()]


def judge(programme: Programme, profile: Profile, as_of: dt.date = TODAY) -> Verdict:
    return evaluate(programme, profile, as_of, directory())


def is_ended(programme: Programme, as_of: dt.date) -> bool:
    return current_status(programme, as_of) == Status.AUSGELAUFEN


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        cases = [(stem, case) for stem, file in files().items() for case in file.cases]
        metafunc.parametrize(("stem", "case"), cases, ids=[f"{stem}-{case.name}" for stem, case in cases])


def test_case(stem: str, case: ExpectedCase) -> None:
    programme = catalogue().programmes[stem]
    assert wrong(case, programme, directory()) == [], judge(programme, case.profile.profile(), case.as_of)


def test_each_file_is_about_its_programme() -> None:
    assert {stem: file.programme for stem, file in files().items()} == {stem: stem for stem in files()}
    assert set(files()) <= set(catalogue().programmes)


def test_each_programme_that_is_not_over_has_its_cases() -> None:
    missing = {stem for stem, one in catalogue().programmes.items() if not is_ended(one, TODAY)} - set(files())

    assert missing == set()
    for stem, file in files().items():
        assert len(file.cases) >= LEAST_CASES, stem
        assert len({case.result for case in file.cases}) >= 2, stem
        assert len({case.name for case in file.cases}) == len(file.cases), stem
    assert len(expected()) >= max(LEAST_TOTAL, LEAST_ON_AVERAGE * len(files()))


def test_a_misspelt_key_is_refused() -> None:
    case = {"name": "x", "profile": {}, "result": "passt"}
    for bad in (
        {**case, "reslut": "passt"},
        {**case, "profile": {"plce": "hagen"}},
        {**case, "profile": {"facts": {"agee": 3}}},
        {**case, "profile": {"facts": {"age": "alt"}}},
    ):
        with pytest.raises(ValueError):
            CaseFile.of({"programme": "x", "cases": [bad]}, directory())
    assert CaseFile.of({"programme": "x", "cases": [case]}, directory()).cases


def _telling_values() -> dict[str, list[Any]]:
    """For each fact the values around which rules of the catalogue turn."""
    found: dict[str, set[Any]] = {}
    for rule in _rules_of_the_catalogue():
        for value in rule.value if isinstance(rule.value, list) else [rule.value]:
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            found.setdefault(rule.fact, set()).update({value - 1, value, value + 1} if number else {value})
    for name, fact in BY_NAME.items():
        found.setdefault(name, set()).update(fact.values or ((True, False) if fact.type == "bool" else (1,)))
    return {name: sorted(values) for name, values in found.items() if name not in ("audience", "place", "purpose")}


def _rules_of_the_catalogue() -> Iterable[Rule]:
    for programme in catalogue().programmes.values():
        for condition in (*programme.conditions, *programme.exclusions):
            yield from (*condition.rules, *condition.unless, *(r for group in condition.any_of for r in group))
        for amount in programme.funding.amounts:
            yield from amount.when


@st.composite
def learned(draw: st.DrawFn) -> tuple[Profile, Profile]:
    """Somebody whom a programme fits, and the same person after one more answer that does not contradict the rest."""
    before = draw(st.sampled_from([case.profile.profile() for case in expected() if case.result == "passt"]))
    values = _telling_values()
    name = draw(st.sampled_from([name for name in values if before.facts.get(name) is None]))
    after = replace(before, facts={**before.facts, name: draw(st.sampled_from(values[name]))})
    assume(not _contradicts(before, after, name))
    return before, after


def _contradicts(before: Profile, after: Profile, name: str) -> bool:
    """Whether an answer takes back what was said: the place in or outside NRW, or an audience that is ruled out."""
    if name in ("seat_nrw", "residence_nrw"):
        return before.place is not None
    case = Case(before, directory())
    return not Case(after, directory()).groups <= case.groups | case.possible_groups


@settings(max_examples=40, deadline=None, database=None, derandomize=True)
@given(learned())
def test_learning_a_fact_never_unsettles_a_fit(pair: tuple[Profile, Profile]) -> None:
    before, after = pair
    unsettled = [
        stem
        for stem, one in catalogue().programmes.items()
        if judge(one, before).result == "passt" and judge(one, after).result == "offen"
    ]
    assert unsettled == []


@settings(max_examples=15, deadline=None, database=None, derandomize=True)
@given(st.data())
def test_the_order_of_answers_does_not_matter(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(askers()))
    facts = dict(data.draw(st.permutations(list(profile.facts.items()))))
    shuffled = replace(profile, facts=facts, purposes=tuple(data.draw(st.permutations(profile.purposes))))
    for programme in catalogue().programmes.values():
        assert judge(programme, shuffled) == judge(programme, profile)


@settings(max_examples=40, deadline=None, database=None, derandomize=True)
@given(st.data())
def test_what_is_over_never_fits(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(askers()))
    for as_of in (TODAY, LATER):
        over = [one for one in catalogue().programmes.values() if is_ended(one, as_of)]
        assert len(over) > 10
        assert {judge(one, profile, as_of).result for one in over} == {"passt_nicht"}


def test_each_open_programme_fits_somebody() -> None:
    """Unless the record itself says that somebody must look first: else the laws above would say little."""
    fitting = {stem for stem, file in files().items() for case in file.cases if case.result == "passt"}

    assert sorted(_may_fit() & set(files()) - fitting) == []


def _may_fit() -> set[str]:
    """Programmes that are open and whose conditions do not all wait for a person."""
    return {
        stem
        for stem, one in catalogue().programmes.items()
        if current_status(one, TODAY) in (Status.AKTIV, Status.LOSVERFAHREN)
        and not any(condition.decisive for condition in one.conditions)
    }
