"""The tiny project, trained once per test run, and runtimes on it."""

from __future__ import annotations

import functools
import os
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.database import Base, create_engine_from
from bot.records.conversations import ConversationStore
from bot.runtime.apology import Apology
from bot.settings import Settings, load_settings
from tests.runtime import tiny

APOLOGY = Apology(tiny.PHONE, "tiny-agentur")
ACTION_MODULE = "tests.runtime.tiny"


DATABASE = "TINY_DATABASE_URL"
"""Environment variable: another database than a file in the folder of the test."""


def tiny_settings(content: Path, var: Path) -> Settings:
    """Settings for the tiny project; the model is found below ``content``, everything else goes to ``var``."""
    return load_settings({"NAVIGATOR_CONTENT_DIR": str(content), "NAVIGATOR_VAR_DIR": str(var),
                          "NAVIGATOR_MODEL_DIR": str(content / "models"),
                          "DATABASE_URL": os.environ.get(DATABASE, "")})


@functools.lru_cache(maxsize=1)
def trained_project() -> tuple[Path, Path]:
    """Write and train the project; return its folder and the model."""
    from bot.training import train_if_needed

    content = tiny.write_project(Path(tempfile.mkdtemp(prefix="tiny-")))
    os.environ["RASA_CACHE_DIRECTORY"] = str(content / "cache")
    with warnings.catch_warnings(record=True):  # Rasa finds the project too small
        model = train_if_needed(tiny_settings(content, content / "var"), say=lambda line: None)
    return content, model


@pytest.fixture(scope="session")
def project() -> tuple[Path, Path]:
    """Folder and model of the trained tiny project."""
    return trained_project()


@pytest.fixture
def settings(project: tuple[Path, Path], tmp_path: Path) -> Settings:
    """Settings with a database of their own."""
    return tiny_settings(project[0], tmp_path)


@pytest.fixture
def engine(settings: Settings) -> Iterator[sa.Engine]:
    """An empty database with all tables."""
    opened = create_engine_from(settings)
    Base.metadata.create_all(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def conversations(engine: sa.Engine) -> ConversationStore:
    """The store of conversations."""
    return ConversationStore(engine)


@pytest.fixture
def runtime(project: tuple[Path, Path], settings: Settings, engine: sa.Engine):
    """The embedded runtime on the tiny project."""
    from bot.runtime.embedded import load_runtime

    return load_runtime(settings, APOLOGY, engine, project[1], ACTION_MODULE)
