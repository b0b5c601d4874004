"""A whole run on a made-up bot: what is there is measured, what is missing is said."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from bot.curation.nlu_data import load_nlu_data
from bot.evaluation import run
from bot.evaluation.bars import BACKGROUND, XSID
from bot.evaluation.pipeline import Config
from bot.evaluation.run import Inputs, backgrounds, evaluate
from knowledge_base.content import EMPTY_PLACES
from tests.evaluation.made_up import TRAINING, find_names, turns_report

NOW = dt.datetime(2026, 1, 2, 10, 30)
HELD_OUT = {"gruss": ["hallo zusammen"], "programm_frist": ["welche frist"], "gone": ["intent that exists no more"]}


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Inputs:
    monkeypatch.setattr(run, "training_seconds", lambda root: 12.0)
    monkeypatch.setattr(run, "measure_turns", turns_report)
    _write(tmp_path / "nlu_data" / "registry.yml", yaml.safe_dump({"intents": {i: {"topic": "x"} for i in TRAINING}}))
    for intent, texts in TRAINING.items():
        lines = "".join(f"      - {text}\n" for text in texts)
        head = f'version: "3.1"\nnlu:\n  - intent: {intent}\n    examples: |\n'
        _write(tmp_path / "nlu_data" / "intents" / "x" / f"{intent}.yml", head + lines)
    for intent, texts in HELD_OUT.items():
        _write(tmp_path / "tests" / "nlu" / "x" / f"{intent}.yml", yaml.safe_dump({"sentences": texts}))
    _write(tmp_path / "tests" / "nlu" / "background.yml", "sentences: [ei kochen, {text: katze}]\n")
    return Inputs(tmp_path, tmp_path / "shared", load_nlu_data(tmp_path), find_names, EMPTY_PLACES, Config())


def test_a_fast_run_judges_the_held_out_sentences_only(inputs: Inputs) -> None:
    report = evaluate(inputs, NOW, lambda line: None, fast=True)
    assert (report.intents.accuracy.right, report.intents.accuracy.total) == (2, 2)
    assert report.scope is None and report.learning == [] and report.training_seconds is None
    assert report.turns is None
    assert len(report.skipped) == 1


def test_a_whole_run_says_what_is_missing(inputs: Inputs) -> None:
    report = evaluate(inputs, NOW, lambda line: None)
    assert report.scope is not None and report.scope.backgrounds[0].refused.total == 2
    assert report.training_seconds == 12 and report.turns == turns_report()
    assert (len(report.learning), len(report.robustness)) == (5, 4)
    assert report.other_author is None and report.xsid is None
    assert len(report.skipped) == 2 and all(str(inputs.shared) in line for line in report.skipped)


def test_foreign_sentences_of_outside_are_used_if_they_are_there(inputs: Inputs) -> None:
    assert backgrounds(inputs).keys() == {BACKGROUND}
    inputs.xsid.mkdir(parents=True)
    (inputs.xsid / "de.test.conll").write_text("# text = Wie wird das Wetter\n# intent = weather/find\n", "utf-8")
    assert backgrounds(inputs)[XSID] == ["Wie wird das Wetter"]
