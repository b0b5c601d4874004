"""Every rule finds its broken examples, says so in the right place, and is silent about a sound catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.checks import CHECKS, check_directory
from knowledge_base.loader import contents_of
from knowledge_base.memory import Memory
from knowledge_base.problems import Problem
from tests.knowledge_base.broken import SAMPLE, TODAY, BrokenCase, broken_cases

CASES = broken_cases()
MEMORY = Memory()
"""Sees all examples one after the other and must not mix them up."""


def test_there_is_a_broken_example_of_every_rule() -> None:
    assert {case.rule for case in CASES} == {*CHECKS, "form"}
    assert len(CASES) > 80


def test_a_sound_catalogue_has_no_problem() -> None:
    catalogue, problems = check_directory(SAMPLE, TODAY)

    assert problems == []
    assert len(catalogue.programmes) == 3


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.name}")
def test_a_broken_example_is_reported(case: BrokenCase, tmp_path: Path) -> None:
    directory = tmp_path / "catalogue"
    case.spoil(directory)

    catalogue, problems = check_directory(directory, case.today)

    assert MEMORY.check(SAMPLE, TODAY, contents_of(SAMPLE))[1] == []
    assert MEMORY.check(directory, case.today, contents_of(directory)) == (catalogue, problems)
    found = [problem for problem in problems if problem.rule == case.rule and problem.path == case.path]
    assert found, f"nothing reported, only: {problems}"
    assert {problem.rule for problem in problems} <= {case.rule, *case.data.get("also", ())}
    assert any(_fits(problem, case, case.line(directory)) for problem in found), [str(problem) for problem in found]


def _fits(problem: Problem, case: BrokenCase, line: int | None) -> bool:
    return (
        all(word in problem.text for word in case.data["words"])
        and problem.severity.value == case.data.get("severity", "fehler")
        and (line is None or problem.line == line)
        and " – " in problem.text
    )
