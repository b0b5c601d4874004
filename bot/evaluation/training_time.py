"""How long a training takes for those who wait for it: Rasa's import included, nothing reused."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.errors import NavigatorError
from bot.settings import REPOSITORY

Run = Callable[[Sequence[str], Mapping[str, str]], int]
"""Runs a command with an environment and returns its status."""


def training_seconds(content_dir: Path, run: Run | None = None, clock: Callable[[], float] = time.monotonic) -> float:
    """Train in a process and folder of its own and return the seconds.

    Args:
        content_dir: The folder with catalogue and training data.
        run: Runs a command.
        clock: Tells the seconds.

    Raises:
        NavigatorError: If the training fails.
    """
    run = run or _run
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(content_dir, Path(folder))
        seconds = 0.0
        for words in (("kb", "build"), ("train", "--force")):
            start = clock()
            if run([sys.executable, "-W", "ignore", "-m", "bot", *words], environment) != 0:
                raise NavigatorError(f"„python -m bot {' '.join(words)}“ ist gescheitert – bitte einzeln aufrufen.")
            seconds = clock() - start
        return seconds


def _environment(content_dir: Path, folder: Path) -> dict[str, str]:
    """That of this process, with an empty folder for database, models and Rasa's cache."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "NAVIGATOR_MODEL_DIR")}
    return {
        **kept,
        "NAVIGATOR_CONTENT_DIR": str(content_dir),
        "NAVIGATOR_VAR_DIR": str(folder),
        "RASA_CACHE_DIRECTORY": str(folder / "cache"),
        "PYTHONPATH": str(REPOSITORY),
    }


def _run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    return subprocess.run(command, env=dict(environment), capture_output=True, check=False).returncode
