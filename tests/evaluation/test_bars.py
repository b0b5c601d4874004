from __future__ import annotations

from dataclasses import replace

import pytest

from bot.evaluation.bars import BARS, Bar, measures, rows
from bot.evaluation.report import Report
from tests.evaluation.made_up import full_report, judged, short_report


@pytest.fixture(scope="module")
def report() -> Report:
    return full_report()


def test_every_measure_has_its_line(report: Report) -> None:
    assert measures(report).keys() <= {bar.key for bar in BARS}
    assert len(rows(report, {})) == len(measures(report)) >= 13


def test_a_bar_holds_from_its_value_on() -> None:
    least, most = Bar("x", "x", least=0.9), Bar("x", "x", most=0.03)
    assert (least.holds(0.9), least.holds(0.899)) == (True, False)
    assert (most.holds(0.03), most.holds(0.031)) == (True, False)
    assert Bar("x", "x").holds(0) is None


def test_the_accepted_value_stands_beside_the_new_one(report: Report) -> None:
    row = next(row for row in rows(report, {"training_seconds": 50.0}) if row.bar.key == "training_seconds")
    assert (row.value, row.accepted, row.ok) == (40.0, 50.0, True)
    slow = replace(report, training_seconds=91.0)
    assert [row.ok for row in rows(slow, {}) if row.bar.key == "training_seconds"] == [False]


def test_what_was_not_measured_has_no_line() -> None:
    short = short_report([judged("a", "a", "a")])
    assert {row.bar.key for row in rows(short, {})} == {"accuracy", "macro_f1", "asked_back", "calibration_error"}


def test_the_way_to_the_goal_stands_beside_the_fixed_order(report: Report) -> None:
    lines = {row.bar.key: (row.value, row.ok) for row in rows(report, {}) if row.bar.key.startswith("turns")}
    assert lines == {"turns_within": (0.95, True), "turns_within_fixed": (0.775, None), "turns_median": (2.0, True)}
