"""A candidate against the model in use: which sentences flip, and what falls below its floor."""

from __future__ import annotations

from pathlib import Path

from bot.curation.model_reports import (
    Flip,
    ModelReport,
    compare,
    counts,
    macro_f1,
    problems_of,
    read_report,
    write_report,
)
from bot.evaluation.baseline import Floors

BEFORE = {"ki": [("a", "ki"), ("b", "geld"), ("c", "ki"), ("d", "nlu_fallback")], "geld": [("e", "geld")]}
AFTER = {"ki": [("a", "geld"), ("b", "ki"), ("c", "ki"), ("d", "geld")], "geld": [("e", "geld"), ("neu", "ki")]}


def test_sentences_that_flip() -> None:
    worse, better = compare(AFTER, BEFORE)
    assert worse == [Flip("ki", "a", "ki", "geld")]
    assert better == [Flip("ki", "b", "geld", "ki")]
    assert compare(AFTER, None) == ([], [])


def test_an_intent_below_its_floor_is_named() -> None:
    assert counts(AFTER) == {"ki": (2, 4), "geld": (1, 2)}
    floors = Floors(0.5, macro_f1(AFTER), {"ki": 0.6, "geld": 0.5, "weg": 1.0})
    assert problems_of(AFTER, floors, {"ki": "Förderung für KI"}) == [
        "„Förderung für KI“: 2 von 4 Prüfsätzen richtig, nötig sind 60,0 %."]
    in_all = problems_of(AFTER, Floors(0.6, 0.9, {}), {})
    assert len(in_all) == 2 and "Insgesamt: 50,0 %" in in_all[0] and "Makro-F1" in in_all[1]


def test_nothing_measured_is_no_pass() -> None:
    assert problems_of({}, Floors(0, 0, {}), {}) and problems_of({}, None, {})


def test_a_report_is_read_as_it_was_written(tmp_path: Path) -> None:
    model = tmp_path / "20261121-120000-abcdefabcdef.tar.gz"
    assert read_report(model) is None
    flips = compare(AFTER, BEFORE)
    report = ModelReport(model.name, "2026-11-21T12:00:00+00:00", "Anna", "", 6, 3, 0.5, counts(AFTER), "", 0,
                         flips[0], flips[1], ["zu schlecht"])
    write_report(tmp_path, report)
    assert read_report(model) == report
    assert [intent for intent, _ in report.shares] == ["geld", "ki"]
