"""Stock Rasa beside ours: what is measured of what two pipelines did. Only the last test starts Rasa."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.curation.nlu_data import NluData, Sentence, load_nlu_data
from bot.evaluation import stock
from bot.evaluation.in_rasa import Outcome, Ranking, pipeline_of, run
from bot.evaluation.stock import Benchmark, auroc, fewer, judge, stock_pipeline, train_and_measure
from bot.settings import REPOSITORY

HELD_OUT = {"gruss": ["moin", "guten abend"], "nachbarthema": ["wohngeld"]}
BACKGROUND = ["stau a40"]


def _data(training: dict[str, list[str]], held_out: dict[str, list[str]]) -> NluData:
    def sentences(texts: dict[str, list[str]]) -> dict[str, list[Sentence]]:
        return {intent: [Sentence(text, "made-up.yml", 1) for text in each] for intent, each in texts.items()}

    empty = load_nlu_data(Path("nowhere"))
    return replace(empty, training=sentences(training), held_out=sentences(held_out))


def test_the_likeliest_intent_is_judged() -> None:
    rankings: list[Ranking] = [[("a", 0.6), ("b", 0.4)], [("a", 0.9)], [("b", 0.8)], []]
    accuracy, macro_f1 = judge(rankings, ["a", "b", "b", "a"])
    assert accuracy == 0.5
    assert macro_f1 == pytest.approx((0.5 + 2 / 3) / 2)


def test_confidence_in_refusing_is_no_confidence_of_helping() -> None:
    ours: list[Ranking] = [[("gruss", 0.7), ("nachbarthema", 0.3)]]
    assert auroc(ours, [[("nachbarthema", 0.9), ("gruss", 0.1)]]) == 1
    assert auroc(ours, [[("gruss", 0.9), ("nachbarthema", 0.1)]]) == 0
    assert auroc(ours, []) is None


def test_fewer_sentences_are_spread_over_the_whole_file() -> None:
    sentences = [(str(number), "a") for number in range(10)] + [("x", "b"), ("y", "b")]
    assert fewer(sentences, 3) == [("0", "a"), ("3", "a"), ("6", "a"), ("x", "b"), ("y", "b")]
    assert fewer(sentences, None) == sentences


def test_stock_is_what_rasa_suggests_without_the_response_selector() -> None:
    pipeline = {component["name"]: component for component in stock_pipeline()}
    assert pipeline["DIETClassifier"]["epochs"] == 100
    assert "ResponseSelector" not in pipeline and "FallbackClassifier" in pipeline
    assert {each["name"]: each for each in stock_pipeline(3)}["DIETClassifier"]["epochs"] == 3


def test_both_pipelines_get_the_same_sentences_and_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def fake_run(pipelines: dict[str, Any], training: Any, tests: dict[str, list[str]]) -> dict[str, Outcome]:
        asked.append((sorted(pipelines), training, tests))
        answer: Ranking = [("gruss", 0.9), ("nachbarthema", 0.1)]
        speed = {"stock": 10.0, "ours": 2.0}
        return {name: Outcome(3.0, {test: [answer] * len(texts) for test, texts in tests.items()},
                              {test: [speed[name]] * len(texts) for test, texts in tests.items()})
                for name in pipelines}

    monkeypatch.setattr(stock, "run", fake_run)
    data = _data({"gruss": ["hallo"], "nachbarthema": ["kindergeld"]}, HELD_OUT)
    report = train_and_measure(data, BACKGROUND, Benchmark([("regnet es", "wetter")], [("schneit es", "wetter")]))
    assert asked[0] == (["ours", "stock"], [("hallo", "gruss"), ("kindergeld", "nachbarthema")],
                        {"held_out": ["moin", "guten abend", "wohngeld"], "background": BACKGROUND})
    assert asked[1][1:] == ([("regnet es", "wetter")], {"held_out": ["schneit es"]})
    assert (report.trained, report.sentences, report.background) == (2, 3, 1)
    assert report.stock.accuracy == pytest.approx(2 / 3)
    assert report.stock.background_auroc == 0.5
    assert report.stock.benchmark_accuracy == 0
    assert report.as_dict()["time_ratio"] == pytest.approx(0.2)


@pytest.mark.model
def test_rasa_trains_and_parses_in_a_process_of_its_own() -> None:
    texts = ("guten tag", "hallo ihr", "moin moin", "abend zusammen")
    training = [pair for text in texts for pair in ((text, "smalltalk/gruss"), (f"bis wann antrag {text}", "frist"))]
    ours = {"ours": pipeline_of(REPOSITORY / "config.yml")}
    found = run(ours, training, {"test": ["hallo", "bis wann antrag"]})["ours"]
    assert [ranking[0][0] for ranking in found.rankings["test"]] == ["smalltalk/gruss", "frist"]
    assert found.training_seconds > 0
    assert len(found.milliseconds["test"]) == 2 and all(taken > 0 for taken in found.milliseconds["test"])
