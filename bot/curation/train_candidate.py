"""The process behind ``training_job``: train a candidate and compare it with the model in use."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from pathlib import Path

from bot.curation.model_reports import (
    ModelReport,
    Readings,
    compare,
    confusions,
    counts,
    f1_scores,
    macro_f1,
    problems_of,
    write_report,
)
from bot.curation.models import model_in_use
from bot.curation.nlu_data import NluData, load_nlu_data
from bot.curation.training_job import STAGES, TrainingJob
from bot.database import create_engine_from
from bot.errors import NavigatorError
from bot.evaluation.baseline import read_floors
from bot.log import get_logger
from bot.records.model_choices import ModelChoices
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
    in_use, data = model_in_use(settings, choices), load_nlu_data(settings.content_dir)
    keep = {*choices.in_use(), *([in_use.name] if in_use else [])}
    job.tell(stage=1)
    model = train_if_needed(settings, lambda line: None, force=True, keep=keep)
    job.tell(stage=2, model=model.name)
    readings = understand(model, data)
    job.tell(stage=3)
    before = understand(in_use, data) if in_use else None
    report = _report(settings, job, model, data, readings, before, in_use.name if in_use else "")
    write_report(settings.model_dir, report)
    job.tell(stage=len(STAGES) - 1)
    return report


def understand(model: Path, data: NluData) -> Readings:
    """Let a model understand the held-out sentences, whole pipeline with gates and asking back."""
    from rasa.core.agent import Agent

    agent = Agent.load(model)

    async def read() -> Readings:
        found: dict[str, list[tuple[str, str]]] = {}
        for meant, sentences in data.held_out.items():
            for sentence in sentences if meant in data.registry else ():
                parsed = await agent.parse_message(sentence.text)
                found.setdefault(meant, []).append((sentence.text, str(parsed["intent"]["name"])))
        return found

    return asyncio.run(read())


def _report(settings: Settings, job: TrainingJob, model: Path, data: NluData, readings: Readings,
            before: Readings | None, in_use: str) -> ModelReport:
    progress, found = job.progress(), counts(readings)
    worse, better = compare(readings, before)
    titles = {name: str(entry.get("title", name)) for name, entry in data.registry.items()}
    return ModelReport(
        model=model.name, made=dt.datetime.now(dt.timezone.utc).isoformat(), who=progress.who, note=progress.note,
        sentences=sum(total for _, total in found.values()), right=sum(right for right, _ in found.values()),
        macro_f1=macro_f1(readings) if found else 0.0, intents=found, compared_with=in_use,
        compared_right=sum(right for right, _ in counts(before).values()) if before else 0,
        worse=worse, better=better, problems=problems_of(readings, read_floors(settings.content_dir), titles),
        f1=f1_scores(readings), confusions=confusions(readings))


if __name__ == "__main__":
    main()
