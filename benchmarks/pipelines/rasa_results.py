"""Whole pipelines in Rasa as further results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.pipelines.compare import Result
from benchmarks.pipelines.corpora import Task
from bot.evaluation.in_rasa import Component, Outcome, run
from bot.evaluation.pipeline import REFUSING
from bot.evaluation.stock import auroc

BACKGROUND = "background"


def measure_in_rasa(
    pipelines: Mapping[str, Sequence[Component]], task: Task, foreign: Sequence[str]
) -> dict[str, Outcome]:
    """Train all pipelines on one task and let them parse its tests and the foreign sentences."""
    tests = {corpus.name: corpus.texts for corpus in task.tests}
    return run(pipelines, task.training, {**tests, BACKGROUND: list(foreign)})


def as_result(name: str, outcome: Outcome) -> Result:
    """Return an outcome in the form of the other results."""
    times = {test: float(np.median(taken)) for test, taken in outcome.milliseconds.items()}
    chances = {test: [dict(ranking) for ranking in found] for test, found in outcome.rankings.items()}
    return Result(name, outcome.training_seconds, times, chances)


def figures(outcome: Outcome, task: Task) -> dict[str, float]:
    """Return what only whole pipelines have: times on the first corpus, and how well they know their limits."""
    corpus = task.tests[0]
    pairs = zip(outcome.rankings[corpus.name], corpus.meant, strict=True)
    in_scope = [ranking for ranking, meant in pairs if not REFUSING.intersection(meant)]
    times = outcome.milliseconds[corpus.name]
    return {
        "median ms": float(np.median(times)),
        "p95 ms": float(np.percentile(times, 95)),
        "background AUROC": auroc(in_scope, outcome.rankings[BACKGROUND]) or 0.0,
    }
