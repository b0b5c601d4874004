"""The process behind ``training_job``: train a candidate and compare it with the model in use."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

from bot.curation.model_reports import (
    ModelReport,
    compare,
    confusions,
    counts,
    f1_scores,
    macro_f1,
    problems_of,
    read_report,
    write_report,
)
from bot.curation.models import model_in_use
from bot.curation.models_measured import Measured, areas_of, measured
from bot.curation.nlu_data import load_nlu_data
from bot.curation.training_job import STAGES, Progress, TrainingJob
from bot.database import create_engine_from
from bot.errors import NavigatorError
from bot.evaluation.baseline import read_floors
from bot.log import get_logger
from bot.records.model_choices import ModelChoices
from bot.runtime.signing import is_signed
from bot.settings import Settings, load_settings
from bot.training import TRAINING_LOG, train_if_needed

NICENESS = 10
_log = get_logger(__name__)


def main() -> None:
    """Train for the workbench whose settings are in the environment."""
    os.nice(NICENESS)
    settings = load_settings()
    job = TrainingJob(settings)
    job.tell(pid=os.getpid())
    try:
        train_candidate(settings, job)
    except NavigatorError as error:
        job.tell(problem=str(error))
    except Exception as error:
        _log.error("training.failed", error)
        where = settings.var_dir / TRAINING_LOG
        job.tell(problem=f"Das Training ist gescheitert. Was Rasa dazu sagt, steht in {where}.")
        raise


def train_candidate(settings: Settings, job: TrainingJob) -> ModelReport:
    """Train, measure, compare, and write the report beside the model.

    Raises:
        NavigatorError: If the training fails.
    """
    from bot.runtime.quiet import quiet_rasa

    quiet_rasa()
    choices = ModelChoices(create_engine_from(settings))
    in_use = model_in_use(settings, choices)
    keep = {*choices.in_use(), *([in_use.name] if in_use else [])}
    job.tell(stage=1)
    model = train_if_needed(settings, lambda line: None, force=True, keep=keep)
    job.tell(model=model.name)
    return measure_model(settings, job, model, in_use)


def measure_model(settings: Settings, job: TrainingJob, model: Path, in_use: Path | None) -> ModelReport:
    """Measure a model, compare it with the one in use, and write the report beside it."""
    data = load_nlu_data(settings.content_dir)
    job.tell(stage=2)
    now = measured(settings, model, data)
    job.tell(stage=3)
    before = measured(settings, in_use, data) if in_use and is_signed(in_use, settings) else None
    job.tell(stage=4)
    areas, problems = areas_of(settings, data, now, before, read_report(in_use) if in_use else None)
    report = _report(job.progress(), model, now, before, in_use.name if in_use else "")
    titles = {name: str(entry.get("title", name)) for name, entry in data.registry.items()}
    floors = read_floors(settings.content_dir)
    report = replace(report, areas=areas, problems=[*problems_of(now.readings, floors, titles), *problems])
    write_report(settings.model_dir, report)
    job.tell(stage=len(STAGES) - 1)
    return report


def _report(progress: Progress, model: Path, now: Measured, before: Measured | None, in_use: str) -> ModelReport:
    found = counts(now.readings)
    worse, better = compare(now.readings, before.readings if before else None)
    return ModelReport(
        model=model.name, made=dt.datetime.now(dt.timezone.utc).isoformat(), who=progress.who, note=progress.note,
        sentences=sum(total for _, total in found.values()), right=sum(right for right, _ in found.values()),
        macro_f1=macro_f1(now.readings), intents=found, compared_with=in_use,
        compared_right=sum(right for right, _ in counts(before.readings).values()) if before else 0,
        worse=worse, better=better, problems=[], f1=f1_scores(now.readings), confusions=confusions(now.readings),
        calibration=now.calibration)


if __name__ == "__main__":
    main()
