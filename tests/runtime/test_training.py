"""When the model is trained, and when not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import NavigatorError
from bot.runtime.signing import sign
from bot.settings import REPOSITORY, Settings
from bot.training import KEEP_MODELS, find_model, fingerprint, train_if_needed
from tests.runtime import tiny
from tests.runtime.fixtures import tiny_settings


@pytest.fixture
def copy(tmp_path: Path) -> Settings:
    """Settings of an untrained tiny project."""
    return tiny_settings(tiny.write_project(tmp_path / "content"), tmp_path / "var")


@pytest.mark.parametrize(("file", "trains"), [
    ("config.yml", True), ("domain.yml", True), ("nlu_data/intents/alltag/gruss.yml", True),
    ("nlu_data/entities/orte.yml", True), ("nlu_data/dialogue/regeln.yml", True),
    ("nlu_data/responses/alltag.yml", False), ("nlu_data/buttons.yml", False),
    ("knowledge_base/catalogue/programme.yml", False),
])
def test_only_training_data_count(copy: Settings, file: str, trains: bool) -> None:
    before = fingerprint(copy)
    path = copy.content_dir / file
    path.write_text(path.read_text(encoding="utf-8") + "# neu\n", encoding="utf-8")
    assert (fingerprint(copy) != before) is trains


def test_new_version_of_rasa_trains(copy: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint(copy)
    monkeypatch.setattr("bot.training.version", lambda package: "99")
    assert fingerprint(copy) != before


def test_fingerprint_needs_no_rasa(copy: Settings) -> None:
    code = ("import sys; from pathlib import Path; from tests.runtime.fixtures import tiny_settings; "
            "from bot.training import fingerprint; print(fingerprint(tiny_settings(Path(sys.argv[1]), Path('.')))); "
            "assert not {'rasa', 'tensorflow', 'sklearn'} & set(sys.modules)")
    done = subprocess.run([sys.executable, "-c", code, str(copy.content_dir)], cwd=REPOSITORY, check=True,
                          capture_output=True, text=True)
    assert done.stdout.strip() == fingerprint(copy)


def test_a_current_model_is_not_trained_again(copy: Settings) -> None:
    copy.model_dir.mkdir(parents=True)
    name = f"20261121-120000-{fingerprint(copy)}.tar.gz"
    (copy.model_dir / name).touch()
    sign(copy.model_dir / name, copy)
    (copy.model_dir / f"20261122-120000-{fingerprint(copy)}.tar.gz").touch()  # not signed
    (copy.model_dir / "20261122-120000-000000000000.tar.gz").touch()
    said: list[str] = []
    assert train_if_needed(copy, said.append).name == name
    assert len(said) == 1 and name in said[0]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_training_writes_a_named_model(project: tuple[Path, Path]) -> None:
    settings = tiny_settings(project[0], project[0] / "var")
    assert find_model(settings) == project[1]
    assert project[1].name.endswith(f"-{fingerprint(settings)}.tar.gz")


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_failed_training_is_one_german_sentence(copy: Settings) -> None:
    (copy.content_dir / "config.yml").write_text("pipeline: [{name: GibtEsNicht}]\npolicies: []\n", encoding="utf-8")
    with pytest.raises(NavigatorError, match="Das Training ist gescheitert"):
        train_if_needed(copy, lambda line: None)


def test_old_models_are_forgotten(copy: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    copy.model_dir.mkdir(parents=True)
    for day in range(1, KEEP_MODELS + 3):
        (copy.model_dir / f"202611{day:02}-120000-abc.tar.gz").touch()
        sign(copy.model_dir / f"202611{day:02}-120000-abc.tar.gz", copy)
    newest = copy.model_dir / "20261130-120000-abc.tar.gz"

    def train(settings: Settings) -> Path:
        newest.touch()
        return newest

    monkeypatch.setattr("bot.training._train", train)
    assert train_if_needed(copy, lambda line: None) == newest
    kept = sorted(each.name for each in copy.model_dir.glob("*.gz"))
    assert len(kept) == KEEP_MODELS and kept[-1] == newest.name
    assert sorted(each.name for each in copy.model_dir.glob("*.sig")) == [f"{name}.sig" for name in kept]
