"""One training at a time, in a process of its own, which goes on when the workbench starts anew.

A locked file says that it runs: the process holds the lock as long as it lives, whatever becomes of the workbench.
Beside it lies what the process says about itself.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot.errors import NavigatorError
from bot.settings import REPOSITORY, Settings

STAGES = ("Vorbereiten", "Trainieren", "Prüfsätze und Gespräche: neues Modell",
          "Prüfsätze und Gespräche: Modell in Betrieb", "Probefälle", "Fertig")
WORKER = "bot.curation.train_candidate"
LONGEST_NOTE = 300


@dataclass(frozen=True)
class Progress:
    """What a training says about itself."""

    who: str = ""
    """First and last name of who started it."""
    note: str = ""
    started: str = ""
    """Moment in ISO format."""
    pid: int = 0
    stage: int = 0
    """Place in ``STAGES``."""
    model: str = ""
    """File of the new model, once there is one."""
    problem: str = ""
    """German sentence, if it failed."""
    running: bool = False

    @property
    def is_broken_off(self) -> bool:
        """Whether it ended before its time without saying why."""
        return bool(self.started) and not self.running and not self.problem and self.stage < len(STAGES) - 1


class TrainingJob:
    """Starts, watches and stops the training. Synchronous: call it in a thread."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.var_dir / "training"
        self._process: subprocess.Popen[bytes] | None = None

    def progress(self) -> Progress:
        """Return how far the last training is."""
        if self._process is not None:
            self._process.poll()
        running = self._is_locked()  # asked first: a training that ends just now has written everything
        return replace(self._read(), running=running)

    def start(self, who: str, note: str) -> None:
        """Start a training.

        Raises:
            NavigatorError: If one is running.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._lock_file.open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise NavigatorError("Es läuft schon ein Training – warten Sie, bis es fertig ist.") from None
            started = dt.datetime.now(dt.timezone.utc).isoformat()
            self._write(Progress(who=who, note=note.strip()[:LONGEST_NOTE], started=started))
            with (self._folder / "ausgabe.log").open("wb") as output:
                self._process = subprocess.Popen(
                    [sys.executable, "-W", "ignore", "-m", WORKER], cwd=REPOSITORY, env=self._environment(),
                    stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
                    pass_fds=[lock.fileno()])  # the process inherits the lock and holds it until it ends

    def wait(self, seconds: float) -> Progress:
        """Wait a moment for the training that was started here, and return how far it is."""
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        return self.progress()

    def stop(self) -> None:
        """Stop the training that runs, if there is one."""
        progress = self.progress()
        if progress.running and progress.pid:
            with suppress(ProcessLookupError):
                os.killpg(progress.pid, signal.SIGTERM)

    def tell(self, **changes: object) -> None:
        """Say how far it is; for the process itself."""
        self._write(replace(self._read(), **changes))  # type: ignore[arg-type]

    @property
    def _lock_file(self) -> Path:
        return self._folder / "laeuft"

    def _is_locked(self) -> bool:
        try:
            with self._lock_file.open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def _read(self) -> Progress:
        try:
            return Progress(**json.loads((self._folder / "stand.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return Progress()

    def _write(self, progress: Progress) -> None:
        draft = self._folder / "stand.neu"
        draft.write_text(json.dumps(asdict(progress), ensure_ascii=False), encoding="utf-8")
        draft.replace(self._folder / "stand.json")

    def _environment(self) -> dict[str, str]:
        settings = self._settings
        return {
            **os.environ, "NAVIGATOR_VAR_DIR": str(settings.var_dir), "DATABASE_URL": settings.database_url,
            "NAVIGATOR_CONTENT_DIR": str(settings.content_dir), "NAVIGATOR_MODEL_DIR": str(settings.model_dir),
            "NAVIGATOR_INSTANCE": str(settings.instance_file), "PYTHONPATH": str(REPOSITORY),
        }
