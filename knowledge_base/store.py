"""Read side of the built catalogue: the records of the active build, kept in memory until another build is live."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa

from bot.database import snapshot
from bot.errors import NavigatorError
from bot.log import get_logger
from knowledge_base.content import Catalogue
from knowledge_base.pauses import Paused, Pauses
from knowledge_base.rows import read_catalogue_rows
from knowledge_base.schema.contact import Contact
from knowledge_base.schema.programme import Programme
from knowledge_base.tables import KbBuild

POLL_SECONDS = 1.0
"""How often at most a process asks the database whether another build is live."""

T = TypeVar("T")
_log = get_logger(__name__)


@dataclass
class _Loaded:
    """The catalogue of one build and what was derived from it."""

    number: int
    catalogue: Catalogue
    derived: dict[Callable[[Catalogue], Any], Any] = field(default_factory=dict)


class KnowledgeStore:
    """Hands out the records of the active build. Safe to share between threads.

    Args:
        engine: Database that holds the built catalogue.
        clock: Seconds that only grow; tests pass their own.
    """

    def __init__(self, engine: sa.Engine, clock: Callable[[], float] = time.monotonic) -> None:
        self.engine = engine
        self.pauses = Pauses(engine, clock)
        self._clock = clock
        self._lock = threading.RLock()
        self._loaded: _Loaded | None = None
        self._asked_at: float | None = None

    def build_number(self) -> int:
        """Return the number of the active build, at most ``POLL_SECONDS`` old."""
        return self._current().number

    def catalogue(self) -> Catalogue:
        """Return the catalogue of the active build."""
        return self._current().catalogue

    def programme(self, programme_id: str) -> Programme | None:
        """Return a programme by id; ``None`` also while it is paused, so that nobody is offered it."""
        found = self.catalogue().programmes.get(programme_id)
        return None if self.pauses.text(Paused.PROGRAMME, programme_id) is not None else found

    def contact(self, contact_id: str) -> Contact | None:
        """Return a contact by id."""
        return self.catalogue().contacts.get(contact_id)

    def derived(self, factory: Callable[[Catalogue], T]) -> T:
        """Return ``factory(catalogue)``, computed once per build. ``factory`` is a function or class of a module."""
        with self._lock:
            loaded = self._current()
            if factory not in loaded.derived:
                loaded.derived[factory] = factory(loaded.catalogue)
            result: T = loaded.derived[factory]
            return result

    def _current(self) -> _Loaded:
        with self._lock:
            now = self._clock()
            if self._loaded and self._asked_at is not None and now - self._asked_at < POLL_SECONDS:
                return self._loaded
            self._asked_at = now
            try:
                self._loaded = self._refreshed(self._loaded)
            except sa.exc.DBAPIError as error:
                if self._loaded is None:
                    raise NavigatorError(
                        "Die Wissensbasis ist nicht erreichbar oder noch nicht angelegt – prüfen "
                        "Sie DATABASE_URL und rufen Sie „python -m bot db upgrade“ auf."
                    ) from error
                _log.error("knowledge.poll.failed", exc=error, build=self._loaded.number)
            return self._loaded

    def _refreshed(self, loaded: _Loaded | None) -> _Loaded:
        with snapshot(self.engine) as connection:
            number = active_build(connection)
            if number is None:
                raise NavigatorError("Die Wissensbasis ist noch leer – rufen Sie „python -m bot kb build“ auf.")
            if loaded and loaded.number == number:
                return loaded
            catalogue = read_catalogue_rows(connection)
        _log.info(
            "knowledge.loaded", build=number, programmes=len(catalogue.programmes), contacts=len(catalogue.contacts)
        )
        return _Loaded(number, catalogue)


def active_build(connection: sa.Connection) -> int | None:
    """Return the number of the active build, ``None`` before the first one."""
    number: int | None = connection.scalar(sa.select(sa.func.max(KbBuild.number)).where(KbBuild.active))
    return number


def active_content_hash(connection: sa.Connection) -> str | None:
    """Return the hash of the content that the active build was made of."""
    value: str | None = connection.scalar(
        sa.select(KbBuild.content_hash).where(KbBuild.active).order_by(KbBuild.number.desc()).limit(1)
    )
    return value
