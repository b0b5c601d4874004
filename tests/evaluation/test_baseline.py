from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import NavigatorError
from bot.evaluation import baseline
from bot.evaluation.report import Report
from tests.evaluation.made_up import full_report, judged, short_report

DAY = "2026-01-02"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / baseline.FOLDER).mkdir(parents=True)
    return tmp_path


def _report(*wrong: str) -> Report:
    """Ten sentences of one intent, of which those are not understood."""
    return short_report([judged(f"s{n}", "a", "b" if f"s{n}" in wrong else "a") for n in range(10)])


def test_nothing_is_known_before_somebody_accepts(root: Path) -> None:
    assert baseline.read_accepted(root) == {}
    assert baseline.read_floors(root) is None and baseline.read_known(root) is None
    assert baseline.worse(root, _report("s1").intents) == []


def test_accepting_writes_numbers_floors_and_list(root: Path) -> None:
    baseline.accept(root, _report("s1", "s2"), DAY)
    assert baseline.read_accepted(root)["measures"]["accuracy"] == 0.8
    floors = baseline.read_floors(root)
    assert floors is not None
    assert floors.accuracy == pytest.approx(0.795)
    assert floors.intents == {"a": 0.7}  # one sentence less than measured
    assert baseline.read_known(root) == {"a": ["s1", "s2"]}


def test_more_failures_need_a_reason(root: Path) -> None:
    baseline.accept(root, _report("s1"), DAY)
    with pytest.raises(NavigatorError, match="--reason"):
        baseline.accept(root, _report("s1", "s2"), DAY)
    assert baseline.read_known(root) == {"a": ["s1"]}
    baseline.accept(root, _report("s1", "s2"), DAY, reason="neue Prüfsätze")
    assert baseline.read_known(root) == {"a": ["s1", "s2"]}
    assert "neue Prüfsätze" in (root / baseline.FOLDER / baseline.FLOORS).read_text(encoding="utf-8")


def test_another_failure_in_place_of_one_may_be_accepted(root: Path) -> None:
    baseline.accept(root, _report("s1"), DAY)
    baseline.accept(root, _report("s2"), DAY)
    assert baseline.read_known(root) == {"a": ["s2"]}


def test_the_list_is_compared_both_ways() -> None:
    found = baseline.changes({"a": ["s1", "s2"]}, {"a": ["s2"], "b": ["s3"]})
    assert (found.fail_now, found.pass_now) == (["b: s3"], ["a: s1"])


def test_a_short_run_keeps_the_numbers_of_a_long_one(root: Path) -> None:
    baseline.accept(root, full_report(), DAY)
    baseline.accept(root, _report(), "2026-01-03")
    accepted = baseline.read_accepted(root)
    assert accepted["measures"]["training_seconds"] == 40
    assert accepted["measures"]["accuracy"] == 1
    assert accepted["stock"]["time_ratio"] == 0.25
