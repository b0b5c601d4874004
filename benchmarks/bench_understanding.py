"""Which pipeline understands best, and what does it cost?

Usage: ``python -m benchmarks.bench_understanding [--without-rasa] [--per-intent 40] [--config FILE …]``

Judges linear classifiers on the held-out sentences, on those of other authors and on xSID-de (the last two only where
``../shared`` lies beside the project). Then stock Rasa and ours as whole pipelines in Rasa; as stock Rasa learns for
hours on all sentences, both learn from some of each intent only (``--per-intent 0``: from all). ``--config`` adds
further pipelines, such as ``config.spacy-md.yml``. Prints tables, keeps them below ``<var>/benchmarks``; is no test.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from benchmarks.pipelines.compare import Result, ensemble, markdown, measure, rows
from benchmarks.pipelines.corpora import Task, background, outside_task, product_task
from benchmarks.pipelines.rasa_results import as_result, figures, measure_in_rasa
from benchmarks.pipelines.variants import BAYES, LOGISTIC, SHIPPED, fit_shipped, variants
from benchmarks.pipelines.views import MASKED, View, Viewed, build_views
from bot.evaluation.in_rasa import Outcome, pipeline_of
from bot.evaluation.stock import PER_INTENT, fewer, stock_pipeline
from bot.settings import REPOSITORY, load_settings
from knowledge_base.loader import load_catalogue
from knowledge_base.recognise.recogniser import Recogniser

STOCK, OURS = "stock Rasa (DIET), whole parse", "shipped, whole parse in Rasa"


def main() -> None:
    """Measure everything and print the tables."""
    options = _options()
    settings = load_settings()
    tasks = [task for task in (product_task(REPOSITORY), outside_task(REPOSITORY)) if task is not None]
    with tempfile.TemporaryDirectory() as name:
        views = build_views(Recogniser(load_catalogue(settings.catalogue_dir)).find, Path(name))
    results = [linear_results(task, views) for task in tasks]
    report: dict[str, Any] = {"linear": show(results, tasks)}
    if not options.without_rasa:
        fewer_sentences = fewer(tasks[0].training, options.per_intent or None)
        some = [replace(tasks[0], training=fewer_sentences), *tasks[1:]]
        pipelines = {STOCK: stock_pipeline(), OURS: pipeline_of(REPOSITORY / "config.yml")}
        pipelines |= {config.name: pipeline_of(config) for config in options.config}
        outcomes = [measure_in_rasa(pipelines, task, background(REPOSITORY)) for task in some]
        results = [rasa_results(task, found, views) for task, found in zip(some, outcomes, strict=True)]
        report["in_rasa"] = show(results, some)
        report["whole"] = {name: figures(outcome, some[0]) for name, outcome in outcomes[0].items()}
        for name, values in report["whole"].items():
            print(f"{name}: " + ", ".join(f"{key} {value:.3g}" for key, value in values.items()))
    target = settings.var_dir / "benchmarks" / "understanding.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")


def linear_results(task: Task, views: Mapping[str, View]) -> list[Result]:
    """Measure the linear classifiers on one task."""
    viewed = Viewed([text for text, _ in task.training], views)
    found = [measure(SHIPPED, fit_shipped, [MASKED], task, viewed)]
    found += [measure(each.name, each.fit, each.used, task, viewed) for each in variants()]
    logistic = next(result for result in found if result.name == LOGISTIC)
    bayes = next(result for result in found if result.name == BAYES)
    return [
        *found,
        ensemble("shipped + logistic regression", found[0], logistic),
        ensemble("shipped + complement naive Bayes", found[0], bayes),
    ]


def rasa_results(task: Task, outcomes: Mapping[str, Outcome], views: Mapping[str, View]) -> list[Result]:
    """Return the results of whole pipelines, and of the shipped classifier together with DIET."""
    found = [as_result(name, outcome) for name, outcome in outcomes.items()]
    viewed = Viewed([text for text, _ in task.training], views)
    shipped = measure(SHIPPED, fit_shipped, [MASKED], task, viewed)
    return [*found, ensemble("shipped + DIET", shipped, found[0])]


def show(results: Sequence[Sequence[Result]], tasks: Sequence[Task]) -> list[dict[str, Any]]:
    """Print one table and return its rows."""
    print(", ".join(f"{len(task.training)} training sentences for {task.tests[0].name}" for task in tasks), end="; ")
    print(", ".join(f"{corpus.name}: {len(corpus.texts)} sentences" for task in tasks for corpus in task.tests))
    print("Each cell: accuracy / macro-F1. Times: median per message on one core, masking included.\n")
    table = rows(results, tasks)
    print(markdown(table), end="\n\n", flush=True)
    return [asdict(row) for row in table]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without-rasa", action="store_true")
    parser.add_argument("--per-intent", type=int, default=PER_INTENT)
    parser.add_argument("--config", type=Path, action="append", default=[])
    return parser.parse_args()


if __name__ == "__main__":
    main()
