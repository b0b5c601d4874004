"""Checking from memory says exactly what checking from the files says, whatever was checked before.

Every broken example is checked with one memory in test_checks.py.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge_base import loader
from knowledge_base.checks import CHECKS, OF_ONE_RECORD, check_directory, run_checks
from knowledge_base.checks.finding import records
from knowledge_base.content import Catalogue
from knowledge_base.loader import contents_of, read_catalogue
from knowledge_base.memory import Memory
from knowledge_base.problems import Problem
from tests.knowledge_base.broken import SAMPLE, TODAY, broken_cases

CASES = broken_cases()


def test_the_same_size_at_the_same_time_is_another_content() -> None:
    contents = contents_of(SAMPLE)
    memory, path = Memory(), "programmes/land/kurszuschuss.yml"
    assert memory.check(SAMPLE, TODAY, contents)[1] == []
    content = contents[path]
    assert isinstance(content, bytes)
    contents[path] = content.replace(b"confidence: high", b"confidence: hihg")
    assert contents[path] != content
    assert [problem.path for problem in memory.check(SAMPLE, TODAY, contents)[1]] == [path]


def test_another_day_is_judged_anew() -> None:
    memory, contents, later = Memory(), contents_of(SAMPLE), TODAY + dt.timedelta(days=1_000)
    assert memory.check(SAMPLE, TODAY, contents)[1] == []
    assert memory.check(SAMPLE, later, contents)[1] == check_directory(SAMPLE, later)[1] != []


def test_only_what_changed_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def parse(path: str, *others: object) -> loader.Parsed:
        parsed.append(path)
        return loader.parse_file(path, *others)  # type: ignore[arg-type]

    monkeypatch.setattr("knowledge_base.memory.parse_file", parse)
    memory, contents = Memory(), contents_of(SAMPLE)
    memory.check(SAMPLE, TODAY, contents)
    assert sorted(parsed) == sorted(path for path in contents if path.endswith(".yml"))
    parsed.clear()
    contents["glossary.yml"] = contents["glossary.yml"] + b"# neu\n"  # type: ignore[operator]
    memory.check(SAMPLE, TODAY, contents)
    assert parsed == ["glossary.yml"]


def test_rules_about_one_record_look_at_nothing_else(tmp_path: Path) -> None:
    """Applied to each record alone they find the same as in the whole; for the other rules that is not so."""
    differ = set()
    for case in CASES:
        directory = tmp_path / f"{case.rule}-{case.name}"
        case.spoil(directory)
        catalogue, _ = read_catalogue(directory)
        for rule in {case.rule} & CHECKS.keys():
            together = run_checks(catalogue, case.today, [rule])
            if sorted(alone(catalogue, rule, case.today), key=str) != sorted(together, key=str):
                differ.add(rule)
    assert differ.isdisjoint(OF_ONE_RECORD)
    assert {"alias_collision", "unknown_reference", "contacts_cover_area", "low_confidence"} <= differ


def alone(catalogue: Catalogue, rule: str, today: dt.date) -> Iterator[Problem]:
    """Apply a rule to catalogues of one record each."""
    nothing = dataclasses.replace(
        catalogue, programmes={}, contacts={}, events={}, terms={}, networks={}, confusable=(),
        places=catalogue.places.model_copy(update={"kreise": [], "regions": [], "ambiguous": {}}),
        vocabulary=catalogue.vocabulary.model_copy(update=dict.fromkeys(type(catalogue.vocabulary).model_fields, [])))
    fields = {"programme": "programmes", "contact": "contacts", "event": "events", "term": "terms",
              "network": "networks"}
    for kind, name, record in records(catalogue):
        value = (record,) if kind == "confusable" else {name: record} if kind in fields else record
        only = dataclasses.replace(nothing, **{fields.get(kind, kind): value})
        yield from run_checks(only, today, [rule])
