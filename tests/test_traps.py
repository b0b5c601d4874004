"""The traps of this stack, each of which costs a day (ARCHITECTURE.md, „Traps of this stack“)."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.settings import REPOSITORY, load_settings

TEXT_FILES = ("*.py", "*.yml", "*.yaml", "*.toml", "*.sh", "*.md", "Makefile", "Dockerfile*", "*.service")
SKIPPED = {".venv", "node_modules", ".git", ".tools", "var", "models", ".rasa", "__pycache__",
           ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis"}
SPEAKS_RASA = re.compile(r"^\s*(rules|stories|nlu|responses):", re.MULTILINE)
"""What Rasa looks for in a YAML file; nested keys count too."""


def files(directory: Path, *patterns: str) -> Iterator[Path]:
    """Yield our own files below a directory."""
    for pattern in patterns:
        for file in directory.rglob(pattern):
            if not SKIPPED & set(file.relative_to(REPOSITORY).parts) and file.is_file():
                yield file


def test_actions_are_flat() -> None:
    """Trap 1: a sub-package named like any importable package kills the action server."""
    assert list((REPOSITORY / "actions").glob("*.py"))
    folders = {each.name for each in (REPOSITORY / "actions").iterdir() if each.is_dir()}
    assert folders <= {"__pycache__"}


def test_actions_need_no_arguments() -> None:
    """Trap 1: every concrete action is made without arguments."""
    from rasa_sdk import Action

    for file in (REPOSITORY / "actions").glob("*.py"):
        importlib.import_module(f"actions.{file.stem}" if file.stem != "__init__" else "actions")
    ours = [cls for cls in _subclasses(Action) if cls.__module__.startswith("actions.")]
    concrete = [cls for cls in ours if not inspect.isabstract(cls)]
    assert concrete
    names = [cls().name() for cls in concrete]
    assert len(set(names)) == len(names)


def _subclasses(cls: type) -> set[type]:
    return {deeper for sub in cls.__subclasses__() for deeper in {sub, *_subclasses(sub)}}


def test_catalogue_is_outside_the_training_data() -> None:
    """Trap 3: catalogue files look like training data to Rasa and must lie elsewhere."""
    settings = load_settings({})
    assert not settings.catalogue_dir.is_relative_to(settings.content_dir / "nlu_data")
    catalogue = files(settings.catalogue_dir, "*.yml")
    assert any(SPEAKS_RASA.search(file.read_text(encoding="utf-8")) for file in catalogue)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_rasa_loads_exactly_our_training_folders(tmp_path: Path) -> None:
    """Traps 3, 4 and 14: only known folders are read, texts are no training data, no path means ``nlu_data/``."""
    from bot.importer import NavigatorImporter
    from tests.runtime.tiny import write_project

    content = write_project(tmp_path)
    (content / "nlu_data" / "stray.yml").write_text("nlu:\n- intent: stray\n  examples: '- x'\n", encoding="utf-8")
    for given in (None, [str(content / "data")], [str(content / "nlu_data")], str(content / "nlu_data")):
        importer = NavigatorImporter(str(content / "config.yml"), str(content / "domain.yml"), given)
        read = [*importer._nlu_files, *importer._story_files]
        loaded = {Path(file).relative_to(content).as_posix() for file in read}
        assert loaded == {"nlu_data/intents/alltag/gruss.yml", "nlu_data/intents/alltag/uebrige.yml",
                          "nlu_data/entities/orte.yml", "nlu_data/dialogue/regeln.yml"}
        assert {"utter_gruss", "utter_ask_place"} <= set(importer.get_domain().responses)
        assert "stray" not in importer.get_nlu_data().intents
        assert importer.get_nlu_data().responses == {}


def test_training_data_of_the_repository_is_in_known_folders() -> None:
    """Trap 3: a training file elsewhere below ``nlu_data/`` would silently be left out."""
    nlu_data = REPOSITORY / "nlu_data"
    found = list(files(nlu_data, "*.yml", "*.yaml"))
    assert found
    top = {"registry.yml", "buttons.yml"}
    known = {"intents", "entities", "dialogue", "responses", *top}
    stray = [file for file in found if file.relative_to(nlu_data).parts[0] not in known or file.suffix != ".yml"]
    assert stray == []


def test_config_names_our_importer() -> None:
    """Traps 4 and 14."""
    config = yaml.safe_load((REPOSITORY / "config.yml").read_text(encoding="utf-8"))
    assert [importer["name"] for importer in config["importers"]] == ["bot.importer.NavigatorImporter"]


def test_rasa_finds_our_tracker_store() -> None:
    """Trap 7: an unknown class would silently become a store in memory."""
    endpoints = yaml.safe_load((REPOSITORY / "endpoints.yml").read_text(encoding="utf-8"))
    module, name = endpoints["tracker_store"]["type"].rsplit(".", 1)
    assert f"class {name}(" in (REPOSITORY / Path(*module.split("."))).with_suffix(".py").read_text(encoding="utf-8")
    assert endpoints["action_endpoint"]["enable_selective_domain"] is True


def test_every_level_of_tests_is_a_package() -> None:
    """Trap 9: without it ``import actions`` finds the tests."""
    folders = {file.parent for file in files(REPOSITORY / "tests", "*.py")}
    assert len(folders) > 3
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_async_tests_really_run() -> None:
    """Trap 9: without the mode they are skipped and the run is green."""
    assert 'asyncio_mode = "auto"' in (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")


def test_nothing_listens_to_the_world() -> None:
    """Trap 10: Rasa and the action server bind every interface unless told otherwise."""
    assert load_settings({}).host == "127.0.0.1"
    everywhere = "0.0." + "0.0"
    ours = [file for file in files(REPOSITORY, *TEXT_FILES)
            if file.parts[len(REPOSITORY.parts)] not in ("docs", "deploy")]
    assert len(ours) > 60
    assert [str(file) for file in ours if everywhere in file.read_text(encoding="utf-8")] == []
    endpoints = yaml.safe_load((REPOSITORY / "endpoints.yml").read_text(encoding="utf-8"))
    assert endpoints["action_endpoint"]["url"].startswith("http://127.0.0.1:")


def test_telemetry_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trap 10."""
    import os

    from bot.runtime.quiet import quiet_rasa

    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    quiet_rasa()
    assert os.environ["RASA_TELEMETRY_ENABLED"] == "false"
    starts_rasa = [file for file in files(REPOSITORY / "bot", "*.py")
                   if re.search(r"Agent\.load\(|import train\b", file.read_text(encoding="utf-8"))]
    assert len(starts_rasa) >= 2
    assert all("quiet_rasa()" in file.read_text(encoding="utf-8") for file in starts_rasa)


def test_lock_files_hold_no_address_of_an_index() -> None:
    """Trap 7: the lock must work wherever packages come from."""
    locks = [file for file in REPOSITORY.iterdir() if "lock" in file.name and file.is_file()]
    assert locks
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert "==" in text
        assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text), lock.name
