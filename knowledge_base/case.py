"""A profile as a case to be judged: what is known, what follows from it, and three-valued rules about it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from knowledge_base.facts import LANGUAGE_LEVELS, QUALIFICATIONS
from knowledge_base.places import NRW, Directory
from knowledge_base.profile import Profile
from knowledge_base.schema.common import Op, Rule

FIRMS = frozenset({"unternehmen", "selbststaendige", "gruendende", "weiterbildungsanbieter"})
"""Audiences for which a place means the seat of a firm."""
PERSONS = frozenset({"beschaeftigte", "arbeitsuchende", "auszubildende", "selbststaendige", "rueckkehrende",
                     "zugewanderte", "gruendende"})
"""Audiences for which a place means where one lives."""
_WITHOUT_FIRM = frozenset({"arbeitsuchende", "auszubildende", "rueckkehrende", "zugewanderte"})
_EMPLOYMENT_SAYS = {
    "angestellt": "beschaeftigte", "kurzarbeit": "beschaeftigte", "arbeitslos": "arbeitsuchende",
    "ohne_arbeit": "arbeitsuchende", "transfergesellschaft": "arbeitsuchende", "selbststaendig": "selbststaendige",
    "ausbildung": "auszubildende", "elternzeit_pflege": "rueckkehrende",
}
_WITHOUT_WORK = ("arbeitslos", "ohne_arbeit", "schule")
_MAY_ALSO_BE = {
    "unternehmen": frozenset({"selbststaendige", "gruendende"}),
    "selbststaendige": frozenset({"unternehmen", "gruendende", "zugewanderte", "rueckkehrende"}),
    "gruendende": frozenset({"selbststaendige", "unternehmen", "arbeitsuchende", "beschaeftigte", "zugewanderte",
                   "rueckkehrende"}),
    "beschaeftigte": frozenset({"zugewanderte", "rueckkehrende", "gruendende"}),
    "arbeitsuchende": frozenset({"zugewanderte", "rueckkehrende", "auszubildende", "gruendende"}),
    "auszubildende": frozenset({"zugewanderte", "arbeitsuchende"}),
    "rueckkehrende": frozenset({"beschaeftigte", "arbeitsuchende", "zugewanderte", "gruendende", "selbststaendige"}),
    "zugewanderte": frozenset({"beschaeftigte", "arbeitsuchende", "auszubildende", "rueckkehrende", "selbststaendige",
                     "gruendende"}),
    "weiterbildungsanbieter": frozenset({"unternehmen"}),
}
"""Audiences somebody may belong to besides the one that was named; all others are ruled out by it."""
_EMPLOYMENT_OF = {
    "beschaeftigte": ("angestellt", "kurzarbeit", "elternzeit_pflege", "nebenberuflich_selbststaendig"),
    "arbeitsuchende": ("arbeitslos", "ohne_arbeit", "transfergesellschaft"),
    "selbststaendige": ("selbststaendig", "nebenberuflich_selbststaendig"),
}
"""What the audience leaves open about the occupation: one of these."""
_ORDERED = {"language_level": LANGUAGE_LEVELS, "qualification": QUALIFICATIONS}
_COMPARE: dict[Op, Callable[[Any, Any], bool]] = {
    Op.EQ: operator.eq, Op.NE: operator.ne, Op.LT: operator.lt, Op.LE: operator.le, Op.GT: operator.gt,
    Op.GE: operator.ge, Op.IN: lambda value, many: value in many, Op.NOT_IN: lambda value, many: value not in many,
}
_KMU_TURNOVER, _KMU_BALANCE = 50_000_000, 43_000_000
_SMALL_TURNOVER, _SMALL_BALANCE = 10_000_000, 10_000_000
"""Limits of the EU definition as the records give them: a firm may meet the balance sheet limit instead."""
BALANCE_INSTEAD = {_KMU_TURNOVER: _KMU_BALANCE, _SMALL_TURNOVER: _SMALL_BALANCE}


@dataclass(frozen=True)
class Truth:
    """True, false, or unknown together with the facts that would settle it."""

    truth: bool | None
    missing: tuple[str, ...] = ()

    def negated(self) -> Truth:
        """The opposite; unknown stays unknown."""
        return self if self.truth is None else Truth(not self.truth)

    @staticmethod
    def every(truths: Iterable[Truth]) -> Truth:
        """All must hold. One false one decides, whatever is unknown."""
        return _joined(truths, deciding=False)

    @staticmethod
    def some(truths: Iterable[Truth]) -> Truth:
        """One must hold."""
        return _joined(truths, deciding=True)


_KNOWN = {True: Truth(True), False: Truth(False)}


def _joined(truths: Iterable[Truth], deciding: bool) -> Truth:
    """Stop at the first one that decides."""
    unknown: list[Truth] = []
    for one in truths:
        if one.truth is deciding:
            return _KNOWN[deciding]
        if one.truth is None:
            unknown.append(one)
    if len(unknown) > 1:
        return Truth(None, tuple(dict.fromkeys(fact for one in unknown for fact in one.missing)))
    return unknown[0] if unknown else _KNOWN[not deciding]


class Case:
    """What is known about the asker, with what follows from it."""

    def __init__(self, profile: Profile, directory: Directory) -> None:
        self.profile = profile
        self.directory = directory
        self.place = profile.place if profile.place and directory.knows(profile.place) else None
        """The place, unless the directory does not know it."""
        self.groups = self._groups()
        """All audiences the asker surely belongs to."""

    @property
    def has_no_firm(self) -> bool:
        """Whether the size of a firm says nothing about the asker."""
        return self.profile.audience in _WITHOUT_FIRM

    @property
    def possible_groups(self) -> frozenset[str]:
        """Audiences the asker may belong to besides those that are sure."""
        return frozenset().union(*(_MAY_ALSO_BE.get(group, frozenset()) for group in self.groups))

    def was_asked(self, fact: str) -> bool:
        """Whether the person was asked for it and did not know."""
        return fact in self.profile.facts and self.profile.facts[fact] is None

    def belongs_to(self, audiences: set[str]) -> Truth:
        """Whether the asker is one of these audiences. Who named another one may still be both."""
        if not self.groups:
            return Truth(None, ("employment",) if self.was_asked("audience") else ("audience",))
        if self.groups & audiences:
            return Truth(True)
        possible = self.possible_groups
        if not possible & audiences:
            return Truth(False)
        if self.profile.facts.get("employment") is not None:
            possible -= set(_EMPLOYMENT_SAYS.values()) - self._may_still_learn()
            return Truth(None) if possible & audiences else Truth(False)
        by_employment = set(_EMPLOYMENT_SAYS.values()) & audiences
        return Truth(None, ("employment",) if by_employment and not self.groups & FIRMS else ())

    def _may_still_learn(self) -> set[str]:
        """Who is without work or still at school may look for an apprenticeship besides."""
        without_work = self.profile.facts.get("employment") in _WITHOUT_WORK
        return {"auszubildende"} if without_work else set()

    def lies_in(self, areas: list[str]) -> Truth:
        """Whether the asker's place lies in the areas."""
        if self.place is not None:
            return Truth(self.directory.covers(areas, self.place), ("place",))
        if NRW in areas and (self._fact("seat_nrw") == (True,) or self._fact("residence_nrw") == (True,)):
            return Truth(True)
        return Truth(None, ("place",))

    def is_true(self, fact: str, op: Op, value: Any) -> Truth:
        """Whether one fact compares like this."""
        return self._rule(Rule.model_construct(fact=fact, op=op, value=value))

    def all_of(self, rules: Iterable[Rule], whole_plan: bool = False) -> Truth:
        """Whether all rules hold.

        Args:
            rules: The rules.
            whole_plan: Of a plan with several purposes each must obey a rule about purposes, not just one. Exclusions
                are asked this way: a part that is ruled out does not rule out the rest.
        """
        return Truth.every(self._rule(rule, whole_plan) for rule in rules)

    def any_of(self, groups: Iterable[Iterable[Rule]], whole_plan: bool = False) -> Truth:
        """Whether all rules of at least one group hold."""
        return Truth.some(self.all_of(group, whole_plan) for group in groups)

    def _rule(self, rule: Rule, whole_plan: bool = False) -> Truth:
        if rule.fact == "audience":
            return self._audience_rule(rule)
        if rule.fact == "employees" and not self._fact("employees") and self.profile.employees_range:
            return _between(rule, *self.profile.employees_range)
        values = self._fact(rule.fact)
        if not values:
            return Truth(None, (rule.fact,))
        try:
            outcomes = {holds(rule, value) for value in values}
        except (TypeError, ValueError):
            return Truth(None, (rule.fact,))
        if rule.fact == "purpose":
            return _KNOWN[False not in outcomes if whole_plan else True in outcomes]
        return _KNOWN[outcomes.pop()] if len(outcomes) == 1 else Truth(None, (rule.fact,))

    def _audience_rule(self, rule: Rule) -> Truth:
        named = set(rule.value) if isinstance(rule.value, list) else {str(rule.value)}
        belongs = self.belongs_to(named)
        return belongs.negated() if rule.op in (Op.NE, Op.NOT_IN) else belongs

    def _groups(self) -> frozenset[str]:
        facts = self.profile.facts
        groups = {self.profile.audience, _EMPLOYMENT_SAYS.get(str(facts.get("employment")))}
        if facts.get("foreign_qualification") or facts.get("abroad"):
            groups.add("zugewanderte")
        return frozenset(group for group in groups if group)

    def _fact(self, name: str) -> tuple[Any, ...]:
        """The values the fact may have: one if it is known, several if it is narrowed down, none if unknown."""
        if name == "purpose":
            return self.profile.purposes
        value = self.profile.facts.get(name)
        if value is not None:
            return (value,)
        if f"{name}_range" in self.profile.facts:
            return tuple(self.profile.facts[f"{name}_range"])
        if name == "seat_nrw" and self.groups & FIRMS:
            return self._place_in_nrw()
        if name == "residence_nrw" and self.groups & PERSONS:
            return self._place_in_nrw()
        if name == "employment" and self.profile.audience in _EMPLOYMENT_OF:
            return _EMPLOYMENT_OF[self.profile.audience]
        return ()

    def _place_in_nrw(self) -> tuple[bool, ...]:
        covered = self.directory.covers([NRW], self.place) if self.place else None
        return () if covered is None else (covered,)


def _between(rule: Rule, low: int, high: int) -> Truth:
    """A rule about a number of which only the bounds are known."""
    outcomes = {holds(rule, value) for value in _telling(rule, low, high)}
    return Truth(outcomes.pop()) if len(outcomes) == 1 else Truth(None, (rule.fact,))


def _telling(rule: Rule, low: int, high: int) -> set[int]:
    """The bounds and the values next to the limits of the rule: enough to see whether the outcome varies."""
    limits = rule.value if isinstance(rule.value, list) else [rule.value]
    around = {int(limit) + step for limit in limits if isinstance(limit, (int, float)) for step in (-1, 0, 1)}
    return {low, high} | {value for value in around if low <= value <= high}


def holds(rule: Rule, value: Any) -> bool:
    """Compare. Levels of language and of schooling have an order of their own."""
    wanted, order = rule.value, _ORDERED.get(rule.fact)
    if order and rule.op in (Op.LT, Op.LE, Op.GT, Op.GE):
        value, wanted = order.index(value), order.index(wanted)
    return _COMPARE[rule.op](value, wanted)
