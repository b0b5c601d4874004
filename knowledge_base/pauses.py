"""What staff took out of service for a while, and what is said instead; every process reads it once a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

import sqlalchemy as sa

from bot.errors import NavigatorError
from bot.log import get_logger
from knowledge_base.tables import PauseRow

POLL_SECONDS = 1.0
"""How often at most a process asks the database what is paused; there are a handful of rows at most."""
_log = get_logger(__name__)


class Paused(str, Enum):
    """What can be paused."""

    PROGRAMME = "programm"
    INTENT = "absicht"
    CHANNEL = "kanal"


Texts = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class _Read:
    texts: Texts
    at: float


class Pauses:
    """Answers from memory whether something is paused. Safe to share between threads.

    Args:
        engine: The database.
        clock: Seconds that only grow; tests pass their own.
    """

    def __init__(self, engine: sa.Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._clock = clock
        self._lock = threading.Lock()
        self._read: _Read | None = None

    def text(self, kind: Paused, subject: str | None) -> str | None:
        """Return what is said instead; ``None`` if it is not paused."""
        return self._current().get((kind.value, subject or ""))

    def of(self, kind: Paused) -> frozenset[str]:
        """Return everything of one kind that is paused."""
        return frozenset(subject for each, subject in self._current() if each == kind.value)

    def _current(self) -> Texts:
        with self._lock:
            now = self._clock()
            if self._read is None or now - self._read.at >= POLL_SECONDS:
                self._read = _Read(self._fetched(self._read), now)
            return self._read.texts

    def _fetched(self, before: _Read | None) -> Texts:
        """What the database says; what was known before if it does not answer."""
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(sa.select(PauseRow.kind, PauseRow.subject, PauseRow.text)).all()
        except sa.exc.DBAPIError as error:
            if before is None:
                raise NavigatorError(
                    "Was pausiert ist, lässt sich nicht lesen – prüfen Sie DATABASE_URL und rufen Sie "
                    "„python -m bot db upgrade“ auf."
                ) from error
            _log.error("pauses.poll.failed", exc=error)
            return before.texts
        return {(row.kind, row.subject): row.text for row in rows}
