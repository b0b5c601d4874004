"""The held-out sentences are understood at least as well as the baseline says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.curation.nlu_data import load_nlu_data
from bot.settings import REPOSITORY
from knowledge_base.loader import load_catalogue
from knowledge_base.recognise.recogniser import Recogniser

pytestmark = pytest.mark.model


def test_understanding_does_not_fall_below_the_baseline() -> None:
    from bot.evaluation.intents import measure

    floors = yaml.safe_load((Path(__file__).parent / "baseline.yml").read_text(encoding="utf-8"))
    find = Recogniser(load_catalogue(REPOSITORY / "knowledge_base" / "catalogue")).find
    report = measure(load_nlu_data(REPOSITORY), find)
    assert report.sentences >= 1000
    assert report.accuracy >= floors["accuracy"]
    assert report.macro_f1 >= floors["macro_f1"]
    assert {name: value for name, value in report.recall.items() if value < floors["intent"]} == {}
