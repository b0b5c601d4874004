from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bot.errors import NavigatorError
from bot.evaluation.training_time import training_seconds


class Runner:
    """Takes 10 seconds to build and 42 to train."""

    def __init__(self, status: int = 0) -> None:
        self.now, self.status = 0.0, status
        self.environments: list[Mapping[str, str]] = []

    def __call__(self, command: Sequence[str], environment: Mapping[str, str]) -> int:
        self.now += 42 if "train" in command else 10
        self.environments.append(environment)
        return self.status

    def clock(self) -> float:
        return self.now


def test_only_the_training_is_counted(tmp_path: Path) -> None:
    runner = Runner()
    assert training_seconds(tmp_path, runner, runner.clock) == 42


def test_nothing_of_the_running_bot_is_touched_or_reused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////live.db")
    monkeypatch.setenv("NAVIGATOR_MODEL_DIR", "/live/models")
    monkeypatch.setenv("RASA_CACHE_DIRECTORY", "/live/cache")
    runner = Runner()
    training_seconds(tmp_path, runner, runner.clock)
    assert len(runner.environments) == 2
    for environment in runner.environments:
        assert "live" not in "".join(environment.values())
        assert environment["NAVIGATOR_CONTENT_DIR"] == str(tmp_path)


def test_a_failed_training_is_said(tmp_path: Path) -> None:
    runner = Runner(status=1)
    with pytest.raises(NavigatorError, match="gescheitert"):
        training_seconds(tmp_path, runner, runner.clock)
