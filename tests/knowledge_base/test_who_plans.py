"""What a plan tells about who has it, as long as nobody has said so."""

from __future__ import annotations

from dataclasses import replace

from knowledge_base.answer_options import makes_sense, typical
from knowledge_base.case import Case
from knowledge_base.facts import PURPOSES
from knowledge_base.places import Directory
from knowledge_base.profile import Profile
from knowledge_base.who_plans import likely_audience, planned, who_plans
from tests.knowledge_base.small import catalogue, programme


def test_a_plan_that_nearly_only_firms_have_is_taken_as_that_of_a_firm_but_is_no_fact() -> None:
    asker = Profile(purposes=("forschung_entwicklung",))
    assert likely_audience(asker) == "unternehmen"
    assert not makes_sense("age", asker)
    assert Case(asker, Directory(catalogue([programme()]).places)).groups == frozenset()


def test_what_was_said_goes_before_the_plan() -> None:
    assert likely_audience(Profile(audience="gruendende", purposes=("forschung_entwicklung",))) == "gruendende"


def test_a_plan_that_many_have_tells_nothing_for_sure() -> None:
    assert likely_audience(Profile(purposes=("weiterbildung",))) is None
    assert likely_audience(Profile()) is None


def test_who_may_ask_depends_on_the_plan() -> None:
    shares = dict(typical("audience", Profile(purposes=("bewerbung",))))
    assert max(shares, key=lambda group: shares[group]) == "arbeitsuchende" and "unternehmen" not in shares


def test_most_plans_tell_something() -> None:
    silent = [purpose for purpose in PURPOSES if who_plans((purpose,)) is None]
    assert not silent


def test_a_situation_is_no_plan_where_another_one_is_named() -> None:
    disabled = Profile(purposes=("umschulung", "behinderung_teilhabe"), facts={"disability": True})
    assert planned(disabled) == ("umschulung",)
    alone = Profile(purposes=("behinderung_teilhabe",), facts={"disability": True})
    assert planned(alone) == ("behinderung_teilhabe",)
    back = Profile(audience="arbeitsuchende", purposes=("bewerbung", "wiedereinstieg"))
    assert planned(back) == back.purposes
    assert planned(replace(back, facts={"employment": "elternzeit_pflege"})) == ("bewerbung",)
    for_staff = Profile(audience="unternehmen", purposes=("personal_einstellen", "behinderung_teilhabe"))
    assert planned(for_staff) == for_staff.purposes
