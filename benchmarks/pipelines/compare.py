"""Judge classifiers on corpora and put them into one table."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import f1_score

from benchmarks.pipelines.corpora import Corpus, Task
from benchmarks.pipelines.variants import Chances, Classify
from benchmarks.pipelines.views import Viewed

Fit = Callable[[Viewed, Sequence[str]], Classify]


@dataclass(frozen=True)
class Judgement:
    """How good one classifier is on one corpus."""

    accuracy: float
    macro_f1: float


@dataclass(frozen=True)
class Result:
    """What one classifier did with one task."""

    name: str
    training_seconds: float
    milliseconds: dict[str, float]
    """Median per message, by corpus."""
    chances: dict[str, list[Chances]]
    """By corpus, one per sentence."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    judgements: dict[str, Judgement]
    """By corpus."""
    milliseconds: float
    training_seconds: float


def measure(name: str, fit: Fit, used: Collection[str], task: Task, viewed: Viewed) -> Result:
    """Train on a task and classify its tests, one message at a time.

    Args:
        name: Of the classifier.
        fit: Trains it.
        used: The views it needs; their time counts as training.
        task: What is learnt and judged.
        viewed: The training sentences of the task.
    """
    looking = viewed.seconds(used)
    start = time.perf_counter()
    classify = fit(viewed, [intent for _, intent in task.training])
    seconds = time.perf_counter() - start + looking
    times, chances = {}, {}
    for corpus in task.tests:
        timed = [_timed(classify, text) for text in corpus.texts]
        times[corpus.name] = float(np.median([taken for taken, _ in timed]))
        chances[corpus.name] = [found for _, found in timed]
    print(f"{name}: {seconds:.0f} s", file=sys.stderr, flush=True)
    return Result(name, seconds, times, chances)


def ensemble(name: str, first: Result, second: Result) -> Result:
    """Average the chances of two classifiers; the cost of both adds up."""
    chances = {
        corpus: [_average(a, b) for a, b in zip(found, second.chances[corpus], strict=True)]
        for corpus, found in first.chances.items()
    }
    times = {corpus: taken + second.milliseconds[corpus] for corpus, taken in first.milliseconds.items()}
    return Result(name, first.training_seconds + second.training_seconds, times, chances)


def rows(results: Sequence[Sequence[Result]], tasks: Sequence[Task]) -> list[Row]:
    """Return one row per classifier.

    Args:
        results: For each task those of all classifiers, in the same order.
        tasks: The first one is that of the product, whose times are shown.
    """
    table = []
    for of_all_tasks in zip(*results, strict=True):
        judgements = {
            corpus.name: judge(result.chances[corpus.name], corpus)
            for result, task in zip(of_all_tasks, tasks, strict=True)
            for corpus in task.tests
        }
        product = of_all_tasks[0]
        taken = product.milliseconds[tasks[0].tests[0].name]
        table.append(Row(product.name, judgements, taken, product.training_seconds))
    return table


def judge(chances: Sequence[Chances], corpus: Corpus) -> Judgement:
    """Judge the likeliest intents; where several readings are right, each of them counts."""
    understood = [max(found, key=found.__getitem__, default="") for found in chances]
    meant = [u if u in right else right[0] for u, right in zip(understood, corpus.meant, strict=True)]
    f1 = f1_score(meant, understood, labels=sorted(set(meant)), average="macro", zero_division=0)
    return Judgement(float(np.mean([m == u for m, u in zip(meant, understood, strict=True)])), float(f1))


def markdown(table: Sequence[Row]) -> str:
    """Return the table as text: accuracy / macro-F1 per corpus, milliseconds and seconds."""
    corpora = list(table[0].judgements)
    lines = [
        f"| variant | {' | '.join(corpora)} | ms per message | training s |",
        "|---|" + "---|" * (len(corpora) + 2),
    ]
    for row in table:
        shown = [f"{each.accuracy:.3f} / {each.macro_f1:.3f}" for each in row.judgements.values()]
        lines.append(f"| {row.name} | {' | '.join(shown)} | {row.milliseconds:.1f} | {row.training_seconds:.0f} |")
    return "\n".join(lines)


def _timed(classify: Classify, text: str) -> tuple[float, Chances]:
    start = time.perf_counter()
    found = classify(text)
    return (time.perf_counter() - start) * 1e3, found


def _average(first: Chances, second: Chances) -> Chances:
    return {name: (first.get(name, 0.0) + second.get(name, 0.0)) / 2 for name in {*first, *second}}
