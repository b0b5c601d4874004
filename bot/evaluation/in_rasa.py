"""Train whole pipelines with Rasa in a process of its own and let them parse the same sentences in turns.

In turns, because only then are the times of two pipelines comparable: whatever slows the machine down slows both. In
a process of its own, because Rasa wants its settings before it is imported.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.errors import NavigatorError
from bot.settings import REPOSITORY

Component = Mapping[str, Any]
Pair = tuple[str, str]
"""A sentence and its intent."""
Ranking = list[tuple[str, float]]
"""Intents with their confidence, the likeliest first; the fallback is not among them."""

_LAST_LINES = 3
_THREAD_SETTINGS = ("OMP_NUM_THREADS", "TF_INTRA_OP_PARALLELISM_THREADS", "TF_INTER_OP_PARALLELISM_THREADS")


@dataclass(frozen=True)
class Outcome:
    """What one pipeline did."""

    training_seconds: float
    """Without the import of Rasa."""
    rankings: dict[str, list[Ranking]]
    """By test set, one per sentence."""
    milliseconds: dict[str, list[float]]
    """By test set, one per sentence: the whole parse, entities included."""


def run(
    pipelines: Mapping[str, Sequence[Component]],
    training: Sequence[Pair],
    tests: Mapping[str, Sequence[str]],
    threads: int = 1,
    python_path: Sequence[Path] = (),
) -> dict[str, Outcome]:
    """Train every pipeline on the same sentences and let all of them parse the same tests.

    Args:
        pipelines: By name, the components as in ``config.yml``.
        training: What to learn.
        tests: By name, the sentences to parse.
        threads: So many processor cores may TensorFlow and numpy use.
        python_path: Folders with further packages.

    Raises:
        NavigatorError: If the process fails.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        job = {"pipelines": dict(pipelines), "training": list(training), "tests": dict(tests)}
        (folder / "job.json").write_text(json.dumps(job, ensure_ascii=False), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "bot.evaluation.rasa_worker", str(folder)],
            cwd=REPOSITORY,
            env=_environment(folder, threads, python_path),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            last = " | ".join(done.stderr.strip().splitlines()[-_LAST_LINES:])
            raise NavigatorError(f"Die Messung mit Rasa ist gescheitert: {last}")
        result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    return {name: _outcome(values) for name, values in result.items()}


def pipeline_of(config: Path) -> list[Component]:
    """Return the pipeline of a ``config.yml``."""
    return list(yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"])


def _environment(folder: Path, threads: int, python_path: Sequence[Path]) -> dict[str, str]:
    """An own database and cache, few threads, nothing on the screen."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {
        **environment,
        **dict.fromkeys(_THREAD_SETTINGS, str(threads)),
        "NAVIGATOR_VAR_DIR": str(folder),
        "NAVIGATOR_LOG_LEVEL": "ERROR",
        "RASA_CACHE_DIRECTORY": str(folder / "cache"),
        "PYTHONPATH": os.pathsep.join(str(path) for path in (REPOSITORY, *python_path)),
        "TRANSFORMERS_OFFLINE": "1",
    }


def _outcome(values: dict[str, Any]) -> Outcome:
    rankings = {
        name: [[(str(intent), float(chance)) for intent, chance in ranking] for ranking in each]
        for name, each in values["rankings"].items()
    }
    return Outcome(float(values["training_seconds"]), rankings, values["milliseconds"])
