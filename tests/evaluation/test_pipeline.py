"""The whole pipeline on three made-up intents: each step changes what is understood."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.errors import NavigatorError
from bot.evaluation.pipeline import FALLBACK, Config, Pipeline
from bot.settings import REPOSITORY
from tests.evaluation.made_up import TRAINING, find_names, pipeline

ENGLISH = "where can I find the help that you have for me"


@pytest.fixture(scope="module")
def bot() -> Pipeline:
    return pipeline(ruled_out=frozenset({"ausser_themen"}))


def test_the_classifier_decides_where_no_gate_does(bot: Pipeline) -> None:
    assert bot.read("guten tag").intent == "gruss"
    assert bot.read("bis wann denn").intent == "programm_frist"


def test_a_named_programme_rules_intents_out(bot: Pipeline) -> None:
    assert bot.read("kuchen backen").intent == "ausser_themen"
    assert bot.read("Meisterbonus kuchen backen").intent == "programm_frist"


def test_who_with_office_and_place_asks_for_the_office(bot: Pipeline) -> None:
    reading = bot.read("welche IHK gilt in Hagen")
    assert (reading.intent, reading.confidence) == ("kontakt_finden", 1.0)


def test_another_language_overrules_everything(bot: Pipeline) -> None:
    assert bot.read(ENGLISH).intent == "fremdsprache"


def test_what_is_overruled_is_clear() -> None:
    text = f"{ENGLISH} bis wann"
    assert pipeline().read("bis wann").confidence > 0.6
    assert pipeline(ambiguity=0.45).read(text).intent == "fremdsprache"


def test_below_the_threshold_the_bot_asks_back_and_keeps_its_guess() -> None:
    reading = pipeline(threshold=1.01).read("guten tag")
    assert (reading.intent, reading.best) == (FALLBACK, "gruss")


def test_two_close_intents_are_asked_back() -> None:
    assert pipeline(ambiguity=1.0).read("guten tag wann").intent == FALLBACK


def test_a_message_without_words_is_no_intent() -> None:
    reading = pipeline(threshold=0.1).read("😀 …")
    assert (reading.intent, reading.confidence) == (FALLBACK, 0.0)


def test_a_sentence_that_occurs_twice_counts_once() -> None:
    doubled = {**TRAINING, "gruss": [*TRAINING["gruss"], "frist", "frist", "frist", "frist"]}
    once = {**TRAINING, "gruss": [*TRAINING["gruss"], "frist"]}
    readings = [Pipeline.train(sentences, find_names, Config()).read("frist") for sentences in (doubled, once)]
    assert readings[0].confidence == pytest.approx(readings[1].confidence, abs=1e-3)


def test_the_shipped_configuration_can_be_read() -> None:
    config = Config.read(REPOSITORY / "config.yml")
    shipped = yaml.safe_load((REPOSITORY / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    assert config.threshold == shipped[-1]["threshold"] > 0
    assert config.ruled_out >= {"ausser_themen"}


def test_hyperparameters_are_read(tmp_path: Path) -> None:
    given = yaml.safe_load((REPOSITORY / "config.yml").read_text(encoding="utf-8"))
    given["pipeline"][1].update(c=0.5, char_ngrams=[2, 3])
    (tmp_path / "config.yml").write_text(yaml.safe_dump(given), encoding="utf-8")
    shape = Config.read(tmp_path / "config.yml").shape
    assert (shape.c, shape.char_ngrams) == (0.5, (2, 3))


def test_another_pipeline_is_not_measured_as_if_it_were_ours(tmp_path: Path) -> None:
    given = yaml.safe_load((REPOSITORY / "config.yml").read_text(encoding="utf-8"))
    given["pipeline"].insert(1, {"name": "RegexFeaturizer"})
    (tmp_path / "config.yml").write_text(yaml.safe_dump(given), encoding="utf-8")
    with pytest.raises(NavigatorError, match="bot/evaluation/pipeline.py"):
        Config.read(tmp_path / "config.yml")
