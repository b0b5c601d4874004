"""What is right for somebody of whom everything is known. A second opinion on the dialogue.

Written apart from ``knowledge_base.eligibility`` and the dialogue on purpose: it reads the catalogue files itself and
shares no code with what it judges, so that an error there does not hide here.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FITS, OPEN, NOT = "fits", "open", "not"
_LADDERS = {
    "language_level": ["a0", "a1", "a2", "b1", "b2", "c1", "c2"],
    "qualification": ["keine", "ausbildung", "meister_fachwirt", "studium"],
}
_BALANCE_FOR_TURNOVER = {50_000_000: 43_000_000, 10_000_000: 10_000_000}
"""The definition of small and medium firms: who breaks the limit of turnover may still keep that of the balance."""
_BODIES = ("regionalagentur", "agentur_fuer_arbeit", "jobcenter", "ihk", "hwk")
_FIRM_GROUPS = {"unternehmen", "selbststaendige", "gruendende", "weiterbildungsanbieter", "beschaeftigte"}
"""Who has, works in or plans a firm whose size may count."""

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "in": lambda known, many: known in many,
    "not_in": lambda known, many: known not in many,
}

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Person:
    """Somebody of whom everything is known."""

    audience: str
    """What the person says to be."""
    groups: frozenset[str]
    """Everything the person is."""
    place: str
    """Id of the Gemeinde."""
    topics: frozenset[str]
    """What the need is about."""
    purpose: str | None
    facts: Mapping[str, Any]


class Oracle:
    """Judges programmes and names the responsible bodies, from the files of a catalogue on one day."""

    def __init__(self, catalogue: Path, day: dt.date) -> None:
        self._day = day
        self.programmes: dict[str, Record] = _records(catalogue / "programmes")
        self._contacts = _records(catalogue / "contacts")
        places = _read(catalogue / "places.yml")
        self.gemeinden: dict[str, Record] = {}
        """Every Gemeinde with its names."""
        self._kreise: dict[str, Record] = {}
        self._members: dict[str, set[str]] = {}
        for kreis in places["kreise"]:
            self._members[kreis["id"]] = {gemeinde["id"] for gemeinde in kreis["gemeinden"]}
            for gemeinde in kreis["gemeinden"]:
                self.gemeinden[gemeinde["id"]] = gemeinde
                self._kreise[gemeinde["id"]] = kreis
        self._regions = {region["id"]: region["members"] for region in places["regions"]}

    def topics_of(self, purpose: str) -> frozenset[str]:
        """What a plan is about: the topics of at least half of the programmes for it, or else the commonest one."""
        found = [r["topics"] for r in self.programmes.values() if purpose in (r.get("purposes") or ())]
        counts = Counter(topic for topics in found for topic in topics)
        common = {topic for topic, count in counts.items() if count * 2 >= len(found)}
        return frozenset(common or {min(counts, key=lambda topic: (-counts[topic], topic))})

    def judge(self, programme_id: str, person: Person) -> str:
        """``fits``, ``not``, or ``open`` if even with all facts somebody has to look."""
        record = self.programmes[programme_id]
        answers = [
            self._on_the_day(record),
            bool(person.groups & {*record["audiences"], *record["applicants"]}),
            person.place in self.inhabited(record["area"]),
            _size(record.get("company_size") or {}, person),
            _plan(record, person),
            _in_time(record, person),
        ]
        answers += [_condition(each, person, exclusion=False) for each in record.get("conditions") or ()]
        answers += [_condition(each, person, exclusion=True) for each in record.get("exclusions") or ()]
        if any(answer is False for answer in answers):
            return NOT
        return FITS if all(answers) else OPEN

    def inhabited(self, areas: Iterable[str]) -> set[str]:
        """The Gemeinden of areas."""
        found: set[str] = set()
        for area in areas:
            if area in ("nrw", "deutschland"):
                return set(self.gemeinden)
            found |= self._members.get(area, set())
            found |= {area} & set(self.gemeinden)
            found |= self.inhabited(self._regions.get(area, ()))
        return found

    def responsible(self, person: Person, shown: Sequence[str]) -> set[str]:
        """Ids of the contacts that are responsible for the place and the need.

        The bodies of the place that deal with the topic and with such people; where there is none, the
        Regionalagentur of the place; those that a fitting programme of ``shown`` sends its applicants to; and those
        whose record says that they were made for the plan.
        """
        bodies = self._bodies(person.place)
        special = {one for one in self._contacts if self._made_for(one, person)}
        topical = {one for one in bodies.values() if self._deals_with(one, person)}
        named = {
            bodies[kind.replace("-", "_")]
            for programme in shown
            if self.judge(programme, person) == FITS
            for kind in self.programmes[programme].get("contact_kinds") or ()
            if kind.replace("-", "_") in bodies
        }
        return special | named | (topical or {bodies["regionalagentur"]})

    def _bodies(self, gemeinde: str) -> dict[str, str]:
        own = self.gemeinden[gemeinde].get("responsible") or {}
        general = self._kreise[gemeinde]["responsible"]
        bodies = {kind: own.get(kind) or general.get(kind) for kind in _BODIES}
        return {kind: str(body) for kind, body in bodies.items() if body in self._contacts}

    def _deals_with(self, contact_id: str, person: Person) -> bool:
        contact = self._contacts[contact_id]
        return bool(person.topics & set(contact.get("topics") or ())) and _is_for(contact, person)

    def _made_for(self, contact_id: str, person: Person) -> bool:
        contact = self._contacts[contact_id]
        planned = person.purpose in (contact.get("purposes") or ())
        return planned and _is_for(contact, person) and person.place in self.inhabited(contact["area"])

    def _on_the_day(self, record: Record) -> bool | None:
        ends, begins, deadline = record.get("valid_until"), record.get("valid_from"), record["deadline"]
        if record["status"] == "ausgelaufen" or (ends and ends < self._day):
            return False
        late = deadline.get("date") and deadline["date"] < self._day
        early = (deadline.get("opens") and deadline["opens"] > self._day) or (begins and begins > self._day)
        return True if record["status"] in ("aktiv", "losverfahren") and not late and not early else None


def _is_for(contact: Record, person: Person) -> bool:
    whom = contact.get("audiences")
    return not whom or bool(person.groups & set(whom))


def _size(size: Record, person: Person) -> bool | None:
    least, most, money = size.get("min_employees"), size.get("max_employees"), size.get("max_turnover_eur")
    if not person.groups & _FIRM_GROUPS:
        return True
    staff = person.facts.get("employees")
    parts: list[bool | None] = []
    if least is not None:
        parts.append(None if staff is None else staff >= least)
    if most is not None:
        parts.append(None if staff is None else staff <= most)
    if money is not None:
        instead = _BALANCE_FOR_TURNOVER.get(int(money))
        limits = [_compare("turnover_eur", "le", money, person)]
        limits += [_compare("balance_eur", "le", instead, person)] if instead else []
        parts.append(_one(limits))
    return _all(parts)


def _plan(record: Record, person: Person) -> bool | None:
    """Something else than what is paid for does not fit; within the same topic somebody may look."""
    paid, banned = record.get("purposes") or (), record.get("not_for") or ()
    if person.purpose is None or person.purpose in paid:
        return bool(person.purpose or person.topics & set(record["topics"]))
    if person.purpose in banned:
        return False
    if not paid:
        return True
    return None if person.topics & set(record["topics"]) else False


def _in_time(record: Record, person: Person) -> bool | None:
    if record.get("apply_before_start"):
        stated = [c for key in ("conditions", "exclusions") for c in record.get(key) or () if "started" in str(c)]
        if not stated:
            return not person.facts["started"]
    return True


def _condition(condition: Record, person: Person, exclusion: bool) -> bool | None:
    """Whether it is no obstacle. What no rule decides is nobody's fault unless it is marked decisive."""
    rules, groups, unless = (condition.get(key) or [] for key in ("rules", "any_of", "unless"))
    if not (rules or groups or unless):
        return None if condition.get("decisive") else True
    if unless and _rules(unless, person):
        return True
    stated = [_rules(rules, person)] if rules else []
    stated += [_one([_rules(group, person) for group in groups])] if groups else []
    holds = _all(stated) if stated else None
    if exclusion and holds is not None:
        holds = not holds
    if unless and _rules(unless, person) is None and holds is not True:
        return None
    return holds


def _rules(rules: Sequence[Record], person: Person) -> bool | None:
    return _all([_compare(rule["fact"], rule["op"], rule["value"], person) for rule in rules])


def _compare(fact: str, op: str, value: Any, person: Person) -> bool | None:
    if fact == "audience":
        named = set(value) if isinstance(value, list) else {value}
        return bool(person.groups & named) is (op in ("eq", "in"))
    known = person.purpose if fact == "purpose" else person.facts.get(fact)
    if known is None:
        return None
    if fact in _LADDERS and op in ("lt", "le", "gt", "ge"):
        known, value = _LADDERS[fact].index(known), _LADDERS[fact].index(value)
    return bool(_OPERATORS[op](known, value))


def _all(parts: Iterable[bool | None]) -> bool | None:
    found = list(parts)
    return False if False in found else None if None in found else True


def _one(parts: Iterable[bool | None]) -> bool | None:
    found = list(parts)
    return True if True in found else None if None in found else False


def _records(folder: Path) -> dict[str, Record]:
    return {path.stem: _read(path) for path in sorted(folder.rglob("*.yml"))}


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
