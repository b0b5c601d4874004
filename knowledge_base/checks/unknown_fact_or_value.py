"""Rules are written in the facts of ``knowledge_base/facts.py``, with values and comparisons that fit their type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from knowledge_base.checks.finding import Finding, did_you_mean, parts
from knowledge_base.content import Catalogue
from knowledge_base.facts import BY_NAME, Fact
from knowledge_base.schema.common import Condition, Op, Rule

_MANY = (Op.IN, Op.NOT_IN)
_ORDER = (Op.LT, Op.LE, Op.GT, Op.GE)
_ORDERED_ENUMS = ("language_level", "qualification")
"""Enumerations whose values are ranks in ascending order."""
_TYPES: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "enum": (str,),
    "date": (dt.date,),
}
_NAMES = {"int": "eine ganze Zahl", "float": "eine Zahl", "bool": "true oder false", "date": "ein Datum"}


def check(catalogue: Catalogue, today: dt.date) -> Iterator[Finding]:
    """Report rules that name an unknown fact, compare in a way that makes no sense, or hold a wrong value."""
    for programme in catalogue.programmes.values():
        for loc, part in parts(programme):
            if isinstance(part, Rule):
                for field, text in _faults(part):
                    yield Finding("programme", programme.id, (*loc, field), text)
            elif isinstance(part, Condition) and any(not group for group in part.any_of):
                yield Finding(
                    "programme",
                    programme.id,
                    (*loc, "any_of"),
                    "Eine Gruppe unter „any_of“ ist leer – füllen oder löschen Sie sie.",
                )


def _faults(rule: Rule) -> Iterator[tuple[str, str]]:
    fact = BY_NAME.get(rule.fact)
    if fact is None:
        yield "fact", f"Die Angabe „{rule.fact}“ gibt es nicht – {did_you_mean(rule.fact, BY_NAME)}"
        return
    if rule.op in _ORDER and (fact.type == "bool" or fact.type == "enum" and fact.name not in _ORDERED_ENUMS):
        yield "op", f"„{rule.op.value}“ passt nicht zu „{fact.name}“ – erlaubt sind eq, ne, in und not_in."
    if rule.op in _MANY and (not isinstance(rule.value, list) or not rule.value):
        yield "value", f"„{rule.op.value}“ braucht eine Liste – schreiben Sie die Werte in eckige Klammern."
        return
    if rule.op not in _MANY and isinstance(rule.value, list):
        yield "value", f"„{rule.op.value}“ braucht einen einzelnen Wert – nehmen Sie für mehrere „in“ oder „not_in“."
        return
    for value in rule.value if isinstance(rule.value, list) else [rule.value]:
        if not _fits(fact, value):
            yield "value", f"„{_shown(value)}“ ist kein Wert von „{fact.name}“ – {_mend(fact)}"


def _fits(fact: Fact, value: Any) -> bool:
    if isinstance(value, bool) and fact.type != "bool":
        return False
    return isinstance(value, _TYPES[fact.type]) and (fact.type != "enum" or value in fact.values)


def _mend(fact: Fact) -> str:
    if fact.type != "enum":
        return f"verlangt ist {_NAMES[fact.type]}."
    return f"erlaubt sind {', '.join(fact.values)}."


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
