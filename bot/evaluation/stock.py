"""Stock Rasa beside our pipeline: the same training sentences, the same test sentences, the same process.

„Stock“ is the pipeline Rasa itself suggests where none is configured (DIET, 100 epochs), without the
``ResponseSelector``, which has nothing to select here. It gets the sentences as they stand in the files: recognising
and masking names is a part of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.metrics import f1_score, roc_auc_score

from bot.curation.nlu_data import NluData
from bot.evaluation.in_rasa import Component, Outcome, Pair, Ranking, pipeline_of, run
from bot.evaluation.pipeline import REFUSING
from bot.settings import REPOSITORY

PER_INTENT = 40
"""So many training sentences of each intent are used by default: DIET learns for hours on all of them."""

_STOCK, _OURS = "stock", "ours"
_HELD_OUT, _BACKGROUND = "held_out", "background"


@dataclass(frozen=True)
class Benchmark:
    """Sentences from outside with intents of their own."""

    training: list[Pair]
    test: list[Pair]


@dataclass(frozen=True)
class PipelineReport:
    """How good and how fast a pipeline is."""

    accuracy: float
    macro_f1: float
    background_auroc: float | None
    """How well the confidence tells sentences in scope from foreign ones: 0.5 is chance, 1 is always."""
    median_ms: float
    """Of a whole parse in Rasa, entities included."""
    p95_ms: float
    training_seconds: float
    """Without the import of Rasa."""
    benchmark_accuracy: float | None
    benchmark_macro_f1: float | None


@dataclass(frozen=True)
class StockReport:
    """Both pipelines, measured in the same run."""

    trained: int
    """Sentences both learnt from."""
    sentences: int
    """Held-out sentences."""
    background: int
    """Foreign sentences."""
    stock: PipelineReport
    ours: PipelineReport

    @property
    def time_ratio(self) -> float:
        """Median time of our parse over that of stock Rasa."""
        return self.ours.median_ms / self.stock.median_ms

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {**asdict(self), "time_ratio": self.time_ratio}


def train_and_measure(
    data: NluData,
    background: Sequence[str] = (),
    benchmark: Benchmark | None = None,
    content_dir: Path = REPOSITORY,
    per_intent: int | None = PER_INTENT,
    epochs: int | None = None,
) -> StockReport:
    """Train stock Rasa and our pipeline and let both parse the held-out sentences in turns.

    It runs in a process of its own and takes about half an hour on one core, nearly all of it for DIET.

    Args:
        data: Training and held-out sentences.
        background: Sentences foreign to our field.
        benchmark: Sentences from outside; both pipelines are trained and tested on them alone as well.
        content_dir: The folder with ``config.yml``.
        per_intent: At most so many training sentences of each intent; ``None`` for all.
        epochs: Of the training of DIET; by default as many as Rasa suggests.

    Raises:
        NavigatorError: If Rasa fails.
    """
    pipelines = {_STOCK: stock_pipeline(epochs), _OURS: pipeline_of(content_dir / "config.yml")}
    training, held_out = fewer(pairs(data.training), per_intent), pairs(data.held_out)
    tests = {_HELD_OUT: [text for text, _ in held_out], _BACKGROUND: list(background)}
    outcomes = run(pipelines, training, tests)
    outside = {}
    if benchmark is not None:
        outside = run(pipelines, benchmark.training, {_HELD_OUT: [text for text, _ in benchmark.test]})
    reports = {
        name: _report(outcome, held_out, benchmark.test if benchmark else None, outside.get(name))
        for name, outcome in outcomes.items()
    }
    return StockReport(len(training), len(held_out), len(background), reports[_STOCK], reports[_OURS])


def stock_pipeline(epochs: int | None = None) -> list[Component]:
    """Return the pipeline Rasa suggests, read from the installed package."""
    package = find_spec("rasa")
    assert package is not None and package.origin is not None
    file = Path(package.origin).parent / "engine" / "recipes" / "config_files" / "default_config.yml"
    components = yaml.safe_load(file.read_text(encoding="utf-8"))["pipeline"]
    return [
        {**component, "epochs": epochs} if epochs and "epochs" in component else component
        for component in components
        if component["name"] != "ResponseSelector"
    ]


def pairs(sentences: dict[str, list[Any]]) -> list[Pair]:
    """Return sentences with their intents, in the order of the files."""
    return [(sentence.text, intent) for intent, found in sentences.items() for sentence in found]


def fewer(sentences: Sequence[Pair], per_intent: int | None) -> list[Pair]:
    """Return at most so many sentences of each intent, spread evenly over its file."""
    if per_intent is None:
        return list(sentences)
    by_intent: dict[str, list[Pair]] = {}
    for pair in sentences:
        by_intent.setdefault(pair[1], []).append(pair)
    return [
        found[i * len(found) // count]
        for found in by_intent.values()
        for count in [min(per_intent, len(found))]
        for i in range(count)
    ]


def judge(rankings: Sequence[Ranking], meant: Sequence[str]) -> tuple[float, float]:
    """Return accuracy and macro-F1 of the likeliest intents."""
    understood = [ranking[0][0] if ranking else "" for ranking in rankings]
    accuracy = float(np.mean([u == m for u, m in zip(understood, meant, strict=True)]))
    labels = sorted(set(meant))
    return accuracy, float(f1_score(meant, understood, labels=labels, average="macro", zero_division=0))


def auroc(in_scope: Sequence[Ranking], foreign: Sequence[Ranking]) -> float | None:
    """Return how well confidence tells the two apart, or ``None`` if one is missing.

    Confidence is that of the likeliest intent that would help: confidence in refusing does not count.
    """
    if not in_scope or not foreign:
        return None
    confidence = [_confidence(ranking) for ranking in (*in_scope, *foreign)]
    return float(roc_auc_score([1] * len(in_scope) + [0] * len(foreign), confidence))


def _confidence(ranking: Ranking) -> float:
    return max((chance for intent, chance in ranking if intent not in REFUSING), default=0.0)


def _report(
    outcome: Outcome, held_out: Sequence[Pair], outside: Sequence[Pair] | None, outside_outcome: Outcome | None
) -> PipelineReport:
    rankings, times = outcome.rankings[_HELD_OUT], outcome.milliseconds[_HELD_OUT]
    accuracy, macro_f1 = judge(rankings, [intent for _, intent in held_out])
    helped = [found for found, (_, intent) in zip(rankings, held_out, strict=True) if intent not in REFUSING]
    beyond: tuple[float | None, float | None] = (None, None)
    if outside and outside_outcome:
        beyond = judge(outside_outcome.rankings[_HELD_OUT], [intent for _, intent in outside])
    return PipelineReport(
        accuracy,
        macro_f1,
        auroc(helped, outcome.rankings[_BACKGROUND]),
        float(np.median(times)),
        float(np.percentile(times, 95)),
        outcome.training_seconds,
        *beyond,
    )
