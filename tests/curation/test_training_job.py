"""The training runs in a process of its own: once at a time, measured, stoppable. Trained is the tiny project."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.curation.model_reports import read_report
from bot.curation.models import Models, model_in_use
from bot.curation.training_job import STAGES, Progress, TrainingJob
from bot.database import create_engine_from
from bot.errors import NavigatorError
from bot.records.accounts import AccountStore
from bot.records.model_choices import ModelChoices
from bot.records.rights import Role
from bot.settings import Settings
from knowledge_base.migrate import upgrade
from tests.runtime import tiny
from tests.runtime.fixtures import tiny_settings

REGISTRY = "intents:\n  gruss: {title: Gruß, topic: alltag}\n  suche: {title: Suche, topic: alltag}\n"
HELD_OUT = {"gruss": ["Hallo du", "Moin Moin", "Servus"], "suche": ["Zuschuss bitte"]}
FLOORS = "accuracy: 0.7\nmacro_f1: 0.7\nintents: {gruss: 0.9, suche: 0.9}\n"
SECONDS = 240


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The tiny project with held-out sentences, one of which it cannot understand."""
    content = tiny.write_project(tmp_path / "inhalt")
    (content / "nlu_data" / "registry.yml").write_text(REGISTRY, encoding="utf-8")
    folder = content / "tests" / "nlu" / "alltag"
    folder.mkdir(parents=True)
    for intent, sentences in HELD_OUT.items():
        lines = "".join(f"- {text}\n" for text in sentences)
        (folder / f"{intent}.yml").write_text(f"sentences:\n{lines}", encoding="utf-8")
    (content / "tests" / "nlu" / "baseline.yml").write_text(FLOORS, encoding="utf-8")
    made = tiny_settings(content, tmp_path / "var")
    upgrade(create_engine_from(made))
    return made


def wait_for(job: TrainingJob) -> Progress:
    """Wait for the process, and return what it said."""
    assert job._process is not None
    job._process.wait(SECONDS)
    return job.progress()


def test_train_measure_block_and_activate(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_CACHE_DIRECTORY", str(settings.var_dir / "cache"))
    job, engine = TrainingJob(settings), create_engine_from(settings)
    models = Models(settings, ModelChoices(engine))
    job.start("Anna Beispiel", "Ein Versuch")
    assert job.progress().running
    with pytest.raises(NavigatorError, match="läuft schon ein Training"):
        TrainingJob(settings).start("Berta", "")
    assert TrainingJob(settings).progress().running, "a workbench that starts anew sees it"
    done = wait_for(job)
    assert (done.running, done.problem, done.stage) == (False, "", len(STAGES) - 1)
    report = read_report(settings.model_dir / done.model)
    assert report is not None
    assert (report.right, report.sentences, report.note, report.who) == (3, 4, "Ein Versuch", "Anna Beispiel")
    assert report.problems == ["„Gruß“: 2 von 3 Prüfsätzen richtig, nötig sind 90,0 %."]
    anna = AccountStore(engine).add("anna", "Anna Beispiel", [Role.RELEASER], "Test")
    ModelChoices(engine).choose("20200101-000000-abcdefabcdef.tar.gz", "anna", "Anna", None)
    (settings.model_dir / "20200101-000000-abcdefabcdef.tar.gz").write_bytes(b"alt")
    with pytest.raises(NavigatorError, match="gesperrt: „Gruß“"):
        models.activate(done.model, anna)
    assert model_in_use(settings, ModelChoices(engine)) == settings.model_dir / "20200101-000000-abcdefabcdef.tar.gz"


def test_stopped_and_broken_off(settings: Settings) -> None:
    job = TrainingJob(settings)
    job.start("Anna Beispiel", "")
    assert job._process is not None
    job.tell(pid=job._process.pid)  # the process says it itself when it has come so far
    job.stop()
    done = wait_for(job)
    assert not done.running and done.is_broken_off


def test_a_failing_training_says_so(settings: Settings) -> None:
    (settings.content_dir / "config.yml").write_text("recipe: gibt.es.nicht\n", encoding="utf-8")
    job = TrainingJob(settings)
    job.start("Anna Beispiel", "")
    done = wait_for(job)
    assert not done.running and not done.is_broken_off
    assert "Das Training ist gescheitert" in done.problem


def test_a_lock_ends_with_its_process(settings: Settings) -> None:
    """Also if the process is killed and cannot tidy up."""
    job = TrainingJob(settings)
    assert not job.progress().running
    (settings.var_dir / "training").mkdir(parents=True)
    holder = ("import fcntl, sys; f = open(sys.argv[1], 'a'); fcntl.flock(f, fcntl.LOCK_EX); "
              "print('ja', flush=True); sys.stdin.read()")
    with subprocess.Popen([sys.executable, "-c", holder, str(settings.var_dir / "training" / "laeuft")],
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ}) as process:
        assert process.stdout is not None and process.stdout.readline()
        assert job.progress().running
        process.kill()
        process.wait()
    assert not job.progress().running
