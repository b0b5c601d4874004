"""How likely a programme fits somebody of whom only a part is known: what is open is weighed by typical answers."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from knowledge_base.answer_options import Weighted, rules_of, telling, typical
from knowledge_base.case import Case
from knowledge_base.eligibility import Undecided, is_open, undecided
from knowledge_base.places import GERMANY, NRW, Directory
from knowledge_base.profile import Profile
from knowledge_base.schema.common import Rule
from knowledge_base.schema.programme import Programme
from knowledge_base.who_plans import becomes, planned

_OFFERED_HERE = {"wide": 0.97, "home": 0.5, "elsewhere": 0.04}
"""Chance that the unknown place lies in the area: all of NRW, the region of the agency, another part."""
_MAY_BELONG = 0.15
"""Chance that somebody who named one audience belongs to another one that it does not rule out."""
_OFTEN_ALSO = {
    ("selbststaendige", "unternehmen"): 0.8,
    ("weiterbildungsanbieter", "unternehmen"): 0.9,
    ("gruendende", "unternehmen"): 0.3,
}
_SURELY_BECOMES = 0.9
_PLAN_MEANT, _PLAN_ELSEWHERE = 0.7, 0.3
"""Chance that an unknown plan is among those that are paid for: by a programme on the topic, and by another one."""
_SOMEBODY_DECIDES = 0.6
"""Chance where no fact settles it."""
_BESIDES_THE_PLAN = 0.4
"""Chance that what is for such a situation is meant where something else is planned."""
_OPENS_SOON = 0.3
"""Chance that what takes no applications on the day helps all the same."""
_MOST_COMBINED = 8
"""So many combinations of several open facts are looked at."""


class Odds(NamedTuple):
    """How a criterion may come out."""

    met: float
    """Chance that it is met."""
    stands: float
    """Chance that nothing speaks against it: met, or nobody can tell before somebody looks."""


_NOBODY_KNOWS = Odds(_SOMEBODY_DECIDES, 1.0)
_PLAN_NOT_LISTED, _PLAN_OFF_TOPIC = Odds(0.35, 0.7), Odds(0.1, 0.3)
"""A plan that a programme on the topic, or another one, neither lists nor rules out."""


class Chances:
    """The chances of programmes for one profile. Criteria count as independent of each other.

    What was weighed once is kept: whoever asks about the same profile on the way to one answer shares these.
    """

    def __init__(self, profile: Profile, as_of: dt.date, directory: Directory) -> None:
        self.profile = profile
        self._as_of, self._directory = as_of, directory
        self._case = Case(profile, directory)
        self._cases: dict[tuple[tuple[str, Any], ...], Case] = {}
        self._open: dict[str, list[list[Undecided]] | None] = {}
        self._answers: dict[tuple[str, str], Weighted] = {}
        self._rules: dict[str, list[Rule]] = {}
        self._judged: dict[tuple[str, int, tuple[tuple[str, Any], ...]], Odds] = {}

    def open_facts(self, programme: Programme) -> list[str]:
        """The facts that would settle something."""
        groups = self._criteria(programme) or ()
        return list(dict.fromkeys(fact for group in groups for fact in group[0].missing))

    def of(self, programme: Programme) -> float:
        """The chance that it fits."""
        return self._product(programme, None, None).met

    def stands(self, programme: Programme) -> float:
        """The chance that nothing rules it out, be it that somebody has to look."""
        return self._product(programme, None, None).stands

    def given(self, programme: Programme, fact: str) -> list[tuple[float, float]]:
        """For every answer to the question for a fact: how likely the answer is, and the chance of fitting then."""
        if fact in ("place", "purpose"):
            met = self._place(programme) if fact == "place" else self._plan_meant(programme)
            return [(met, self._product(programme, fact, True).met), (1 - met, 0.0)]
        return [(share, self._product(programme, fact, value).met) for value, share in self._telling(programme, fact)]

    def _criteria(self, programme: Programme) -> list[list[Undecided]] | None:
        """What is undecided; criteria that wait for the same facts stand together, since one answer settles them."""
        if programme.id not in self._open:
            found = undecided(programme, self._case)
            self._open[programme.id] = None if found is None else _together(found)
        return self._open[programme.id]

    def _product(self, programme: Programme, fact: str | None, value: Any) -> Odds:
        criteria = self._criteria(programme)
        if criteria is None:
            return Odds(0.0, 0.0)
        met = stands = self._is_meant(programme) * (1.0 if is_open(programme, self._as_of) else _OPENS_SOON)
        for number, group in enumerate(criteria):
            known = ((fact, value),) if fact is not None and fact in group[0].missing else ()
            odds = self._one(programme, number, group, known)
            met, stands = met * odds.met, stands * odds.stands
        return Odds(met, stands)

    def _is_meant(self, programme: Programme) -> float:
        """Whether it is for what is planned, and not just for the situation of whoever plans it."""
        plan, paid = set(planned(self.profile)), set(programme.purposes)
        return _BESIDES_THE_PLAN if paid & set(self.profile.purposes) and not paid & plan else 1.0

    def _one(
        self, programme: Programme, number: int, group: list[Undecided], known: tuple[tuple[str, Any], ...]
    ) -> Odds:
        key = (programme.id, number, known)
        if key not in self._judged:
            self._judged[key] = self._weigh(programme, group, known)
        return self._judged[key]

    def _weigh(self, programme: Programme, group: list[Undecided], known: tuple[tuple[str, Any], ...]) -> Odds:
        """How criteria that wait for the same facts may come out together; ``known`` is what is supposed."""
        one = group[0]
        if "place" in one.missing:
            return _sure(1.0 if known else self._place(programme))
        if not one.missing:
            return self._unsettled(programme, one, self._case)
        if one.missing == ("purpose",):
            return _sure(1.0 if known else self._plan_meant(programme))
        if one.missing == ("employment",) and not known and all(each.fact == "audience" for each in group):
            return _sure(self._belongs(one.audiences, self._case))
        supposed = dict(known)
        unknown = [fact for fact in one.missing if fact not in supposed and fact != "purpose"]
        total = met = stands = 0.0
        for values, share in _combinations([(fact, self._telling(programme, fact)) for fact in unknown]):
            case, odds = self._case_with((*known, *values)), _sure(1.0)
            for each in group:
                outcome = each.outcome(case).truth
                one_odds = self._unsettled(programme, each, case) if outcome is None else _sure(float(outcome))
                odds = Odds(odds.met * one_odds.met, odds.stands * one_odds.stands)
            total, met, stands = total + share, met + share * odds.met, stands + share * odds.stands
        return Odds(met / total, stands / total) if total else _NOBODY_KNOWS

    def _telling(self, programme: Programme, fact: str) -> Weighted:
        """The answers that make a difference for the programme."""
        if programme.id not in self._rules:
            self._rules[programme.id] = rules_of(programme)
        key = (programme.id, fact)
        if key not in self._answers:
            self._answers[key] = telling(fact, self.profile, self._rules[programme.id])
        return self._answers[key]

    def _unsettled(self, programme: Programme, one: Undecided, case: Case) -> Odds:
        """What no fact settles."""
        if one.fact == "audience":
            return _sure(self._belongs(one.audiences, case))
        if one.fact == "purpose":
            return _PLAN_NOT_LISTED if self._on_topic(programme) else _PLAN_OFF_TOPIC
        return _NOBODY_KNOWS

    def _plan_meant(self, programme: Programme) -> float:
        return _PLAN_MEANT if self._on_topic(programme) else _PLAN_ELSEWHERE

    def _on_topic(self, programme: Programme) -> bool:
        topics = {topic.value for topic in programme.topics}
        return not self.profile.topics or bool(topics & set(self.profile.topics))

    def _belongs(self, wanted: frozenset[str], case: Case) -> float:
        """Whether somebody of this case is among those; who could not say who asks is like all with such a plan."""
        if wanted & becomes(self.profile):
            return _SURELY_BECOMES
        if not case.groups:
            return sum(share for audience, share in typical("audience", self.profile) if audience in wanted)
        return max(
            _OFTEN_ALSO.get((group, other), _MAY_BELONG) for group in case.groups for other in wanted or {""}
        )

    def _place(self, programme: Programme) -> float:
        if {NRW, GERMANY} & set(programme.area):
            return _OFFERED_HERE["wide"]
        home = self.profile.home
        near = bool(home) and self._directory.covers(programme.area, str(home)) is not False
        return _OFFERED_HERE["home" if near else "elsewhere"]

    def _case_with(self, known: tuple[tuple[str, Any], ...]) -> Case:
        if known not in self._cases:
            facts = {**self.profile.facts, **{fact: value for fact, value in known if fact != "audience"}}
            audience = dict(known).get("audience", self.profile.audience)
            profile = replace(self.profile, facts=facts, audience=audience)
            self._cases[known] = Case(profile, self._directory)
        return self._cases[known]


def _together(criteria: Iterable[Undecided]) -> list[list[Undecided]]:
    """Group criteria by the facts they wait for; those that wait for none stay alone."""
    groups: dict[object, list[Undecided]] = {}
    for number, one in enumerate(criteria):
        groups.setdefault(one.missing or number, []).append(one)
    return list(groups.values())


def _sure(chance: float) -> Odds:
    """Odds of what is either met or not."""
    return Odds(chance, chance)


def _combinations(facts: list[tuple[str, Weighted]]) -> Iterable[tuple[tuple[tuple[str, Any], ...], float]]:
    """Combinations of the answers to several questions with their probabilities, the likeliest answers first."""
    ordered = [
        [(name, value, share) for value, share in sorted(values, key=lambda v: -v[1])] for name, values in facts
    ]
    for chosen in itertools.islice(itertools.product(*ordered), _MOST_COMBINED):
        share = 1.0
        for _, _, one in chosen:
            share *= one
        yield tuple((name, value) for name, value, _ in chosen), share
