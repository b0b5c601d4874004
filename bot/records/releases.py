"""Store of releases: noted before a file is written, so that a release that broke off can be finished."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Optional

import sqlalchemy as sa

from bot.database import writing
from bot.records.audit import note
from bot.records.content_tables import ProposalRow, ReleaseFileRow, ReleaseRow
from bot.records.proposals import State

Texts = Mapping[str, Optional[str]]
"""File → text; ``None``: there is no such file."""


class Step(str, Enum):
    """How far a release is."""

    BEGUN = "begonnen"
    DONE = "fertig"
    ABANDONED = "abgebrochen"


@dataclass(frozen=True)
class Release:
    """Changes that became true together."""

    id: int
    title: str
    who: str
    who_title: str
    author_title: str
    emergency: bool
    proposals: list[str]
    at: dt.datetime
    before: dict[str, str | None] = field(default_factory=dict, repr=False)
    after: dict[str, str | None] = field(default_factory=dict, repr=False)


_COLUMNS: tuple[Any, ...] = tuple(
    getattr(ReleaseRow, name) for name in Release.__dataclass_fields__ if name not in ("before", "after"))


class ReleaseStore:
    """Reads and writes releases. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def begin(self, before: Texts, after: Texts, **values: Any) -> Release:
        """Note what is going to be written.

        Args:
            before: The files as they are.
            after: The same files as they shall be.
            **values: Columns of the row besides number, state and time.
        """
        now = dt.datetime.now(dt.timezone.utc)
        with writing(self._engine).begin() as connection:
            inserted = connection.execute(
                sa.insert(ReleaseRow).values(state=Step.BEGUN.value, at=now, **values).returning(ReleaseRow.id))
            number = inserted.scalar_one()
            rows = [{"release": number, "path": path, "before": before[path], "after": after[path]} for path in after]
            connection.execute(sa.insert(ReleaseFileRow), rows)
        return Release(id=number, at=now, before=dict(before), after=dict(after), **values)

    def finish(self, release: Release) -> None:
        """Mark a release as done, and its proposals as released, and note it in the log: all or nothing."""
        with writing(self._engine).begin() as connection:
            connection.execute(sa.update(ReleaseRow).where(ReleaseRow.id == release.id).values(state=Step.DONE.value))
            connection.execute(
                sa.update(ProposalRow).where(ProposalRow.number.in_(release.proposals))
                .values(state=State.RELEASED.value, release=release.id, changed_at=release.at))
            action = "vorschlag.notfall" if release.emergency else "vorschlag.freigegeben"
            about = {"vorschläge": release.proposals, "dateien": sorted(release.after)}
            note(connection, release.who, action, f"Freigabe {release.id}", after=about)

    def abandon(self, release: Release) -> None:
        """Mark a release as broken off; its proposals stay as they are."""
        with writing(self._engine).begin() as connection:
            connection.execute(
                sa.update(ReleaseRow).where(ReleaseRow.id == release.id).values(state=Step.ABANDONED.value))
            note(connection, release.who, "vorschlag.abgebrochen", f"Freigabe {release.id}")

    def unfinished(self) -> list[Release]:
        """Return releases that broke off in the middle, with their texts."""
        return [self.get(release.id) for release in self._find(ReleaseRow.state == Step.BEGUN.value)]

    def get(self, number: int) -> Release:
        """Return a release with its texts.

        Raises:
            LookupError: If there is none with this number.
        """
        found = self._find(ReleaseRow.id == number)
        if not found:
            raise LookupError(number)
        query = sa.select(ReleaseFileRow).where(ReleaseFileRow.release == number).order_by(ReleaseFileRow.path)
        with sa.orm.Session(self._engine) as session:
            for row in session.scalars(query):
                found[0].before[row.path], found[0].after[row.path] = row.before, row.after
        return found[0]

    def latest(self, limit: int = 50) -> Sequence[Release]:
        """Return the last releases without their texts."""
        return self._find(ReleaseRow.state == Step.DONE.value, limit)

    def of_file(self, path: str, limit: int = 50) -> Sequence[Release]:
        """Return the releases that touched a file, the latest first, without texts."""
        touched = sa.select(ReleaseFileRow.release).where(ReleaseFileRow.path == path)
        return self._find(sa.and_(ReleaseRow.state == Step.DONE.value, ReleaseRow.id.in_(touched)), limit)

    def _find(self, which: sa.ColumnElement[bool], limit: int = 50) -> list[Release]:
        query = sa.select(*_COLUMNS).where(which).order_by(ReleaseRow.id.desc()).limit(limit)
        with self._engine.connect() as connection:
            return [Release(**row._mapping) for row in connection.execute(query)]
