"""The cases of ``tests/eligibility``: what a careful adviser would answer. They need no model, only rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from bot.errors import NavigatorError
from knowledge_base.content import Catalogue
from knowledge_base.eligibility import evaluate
from knowledge_base.facts import BY_NAME, PURPOSES, Fact
from knowledge_base.places import Directory
from knowledge_base.problems import errors
from knowledge_base.profile import Profile
from knowledge_base.schema.common import Amount, Unit
from knowledge_base.schema.programme import Programme
from knowledge_base.yaml_lines import read_document

FOLDER = Path("tests") / "eligibility"
AS_OF = dt.date(2026, 11, 22)
"""Cases without ``as_of`` are judged as of this day, so that they do not age."""
_TYPES: dict[str, type | tuple[type, ...]] = {"int": int, "float": (int, float), "bool": bool, "enum": str}
_OF_THEIR_OWN = ("audience", "place", "purpose", "employees")
"""Facts that stand beside ``facts`` in a case."""
_DIRECTORY = "directory"


class Who(BaseModel):
    """The profile of a case; ``employees`` is short for the fact of that name."""

    model_config = ConfigDict(extra="forbid")
    audience: str | None = None
    place: str | None = None
    purposes: list[str] = []
    employees: int | None = None
    employees_range: tuple[int, int] | None = None
    facts: dict[str, Any] = {}

    @field_validator("audience")
    @classmethod
    def _known_audience(cls, value: str | None) -> str | None:
        assert value is None or value in BY_NAME["audience"].values
        return value

    @field_validator("place")
    @classmethod
    def _known_place(cls, value: str | None, info: ValidationInfo) -> str | None:
        assert info.context is not None, "the places are needed"
        assert value is None or info.context[_DIRECTORY].knows(value)
        return value

    @field_validator("purposes")
    @classmethod
    def _known_purposes(cls, value: list[str]) -> list[str]:
        assert set(value) <= set(PURPOSES)
        return value

    @field_validator("facts")
    @classmethod
    def _known_facts(cls, value: dict[str, Any]) -> dict[str, Any]:
        for name, known in value.items():
            assert name in BY_NAME and name not in _OF_THEIR_OWN, f"no fact of a case: {name}"
            assert known is None or _is_of_type(known, BY_NAME[name]), f"no value of {name}: {known}"
        return value

    def profile(self) -> Profile:
        """As the eligibility sees it."""
        facts = self.facts if self.employees is None else {"employees": self.employees, **self.facts}
        return Profile(
            audience=self.audience,
            place=self.place,
            purposes=tuple(self.purposes),
            facts=facts,
            employees_range=self.employees_range,
        )


class ExpectedCase(BaseModel):
    """One asker and what is to come out."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")
    profile: Who
    as_of: dt.date = AS_OF
    result: Literal["passt", "offen", "passt_nicht"]
    amounts: list[str] = []
    """Must be among the amounts of this case: „<value> <unit>“."""
    amounts_exactly: list[str] | None = None
    """All values of the tiered series that hold for this case, and no other."""
    unmet: list[str] = []
    """Exactly the facts that the reasons against hang on."""
    missing: list[str] = []
    """Some of the facts still to be asked."""


class CaseFile(BaseModel):
    """The cases of one programme."""

    model_config = ConfigDict(extra="forbid")
    programme: str
    cases: list[ExpectedCase]

    @classmethod
    def of(cls, data: Any, directory: Directory) -> CaseFile:
        """Return the cases of a file; a wrong key or value is refused."""
        return cls.model_validate(data, context={_DIRECTORY: directory})


def load_cases(folder: Path, directory: Directory) -> dict[str, CaseFile]:
    """Return all case files by stem.

    Raises:
        NavigatorError: If one cannot be read; it says which.
    """
    found = {}
    for path in sorted(folder.glob("*.yml")):
        document = read_document(path, path.name)
        if errors(document.problems):
            raise NavigatorError(f"{path.name}: {document.problems[0].text}")
        try:
            found[path.stem] = CaseFile.of(document.data, directory)
        except ValueError as error:
            raise NavigatorError(f"{path.name}: Diese Probefälle lassen sich nicht lesen – {error}") from error
    return found


def wrong(case: ExpectedCase, programme: Programme, directory: Directory) -> list[str]:
    """Return which of the expectations of a case do not hold."""
    verdict = evaluate(programme, case.profile.profile(), case.as_of, directory)
    tiered = {amount.what for amount in programme.funding.amounts if amount.when}
    exactly = case.amounts_exactly
    checks = {
        "result": verdict.result == case.result,
        "amounts": stated(case.amounts) <= figures(verdict.amounts),
        "missing": set(case.missing) <= set(verdict.missing),
        "unmet": not case.unmet or {reason.fact for reason in verdict.unmet} == set(case.unmet),
        "amounts_exactly": exactly is None or (bool(tiered) and stated(exactly) == figures(
            amount for amount in verdict.amounts if amount.what in tiered)),
    }
    return [name for name, holds in checks.items() if not holds]


def failing(catalogue: Catalogue, folder: Path) -> tuple[list[str], int]:
    """Return the cases that do not come out as they should, and how many there are."""
    directory = Directory(catalogue.places)
    cases = [(stem, case) for stem, file in load_cases(folder, directory).items() for case in file.cases]
    failed = [f"{stem}: {case.name}" for stem, case in cases
              if stem not in catalogue.programmes or wrong(case, catalogue.programmes[stem], directory)]
    return failed, len(cases)


def figures(amounts: Iterable[Amount]) -> set[tuple[float, str]]:
    """Return the values of amounts with their units."""
    return {(one.value, one.unit.value) for one in amounts if one.value is not None}


def stated(amounts: Iterable[str]) -> set[tuple[float, str]]:
    """Return „50 prozent“ as a figure."""
    parts = [one.split() for one in amounts]
    return {(float(value), Unit(unit).value) for value, unit in parts}


def _is_of_type(value: Any, fact: Fact) -> bool:
    if isinstance(value, bool) != (fact.type == "bool"):
        return False
    return isinstance(value, _TYPES[fact.type]) and (not fact.values or value in fact.values)


