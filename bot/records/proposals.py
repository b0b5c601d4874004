"""Store of proposals. Who may do what is decided above, in ``bot.curation.proposals``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import sqlalchemy as sa

from bot.database import writing
from bot.errors import NavigatorError
from bot.records.audit import note
from bot.records.callbacks import new_number
from bot.records.content_tables import ProposalCommentRow, ProposalRow
from bot.records.unclear_turns import reopen


class State(str, Enum):
    """How far a proposal is."""

    DRAFT = "entwurf"
    SUBMITTED = "eingereicht"
    RELEASED = "freigegeben"
    REJECTED = "abgelehnt"
    WITHDRAWN = "zurückgenommen"
    OUTDATED = "veraltet"
    """Somebody else changed the same file meanwhile."""


TITLES: Mapping[State, str] = {
    State.DRAFT: "Entwurf",
    State.SUBMITTED: "Eingereicht",
    State.RELEASED: "Freigegeben",
    State.REJECTED: "Abgelehnt",
    State.WITHDRAWN: "Zurückgenommen",
    State.OUTDATED: "Veraltet",
}
"""How staff read the states."""
OPEN = (State.DRAFT, State.SUBMITTED, State.OUTDATED)
"""States in which something can still become of a proposal."""
_CAME_TO_NOTHING = (State.REJECTED.value, State.WITHDRAWN.value)


@dataclass(frozen=True)
class Listed:
    """A proposal as it stands in a list."""

    number: str
    state: State
    kind: str
    title: str
    author: str
    author_title: str
    changed_at: dt.datetime


@dataclass(frozen=True)
class Proposal(Listed):
    """A proposal with everything."""

    reason: str
    edits: list[dict[str, Any]]
    base: dict[str, str | None]
    report: str | None
    reverts: int | None
    release: int | None
    created_at: dt.datetime


@dataclass(frozen=True)
class Comment:
    """What somebody said about a proposal."""

    who: str
    text: str
    at: dt.datetime


_LISTED: tuple[Any, ...] = tuple(getattr(ProposalRow, name) for name in Listed.__dataclass_fields__)
_ALL: tuple[Any, ...] = tuple(getattr(ProposalRow, name) for name in Proposal.__dataclass_fields__)


class ProposalStore:
    """Reads and writes proposals. Synchronous: call it in a thread. Every change stands in the log."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, by: str, **values: Any) -> Proposal:
        """Store a new proposal.

        Args:
            by: Name of the account.
            **values: The columns of the row besides number and times.
        """
        number, now = new_number("V"), _now()
        with writing(self._engine).begin() as connection:
            row = {**values, "number": number, "state": values["state"].value, "created_at": now, "changed_at": now}
            connection.execute(sa.insert(ProposalRow).values(**row))
            note(connection, by, "vorschlag.angelegt", number, after={"titel": values["title"]})
        return self.get(number)

    def get(self, number: str) -> Proposal:
        """Return a proposal.

        Raises:
            NavigatorError: If there is none with this number.
        """
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(*_ALL).where(ProposalRow.number == number)).one_or_none()
        if row is None:
            raise NavigatorError(f"Einen Vorschlag „{number}“ gibt es nicht – sehen Sie in der Liste nach.")
        return Proposal(**{**row._mapping, "state": State(row.state)})

    def listed(self, states: Collection[State], limit: int = 200) -> list[Listed]:
        """Return proposals in these states, the latest first."""
        query = sa.select(*_LISTED).where(ProposalRow.state.in_([state.value for state in states]))
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(ProposalRow.changed_at.desc()).limit(limit)).all()
        return [Listed(**{**row._mapping, "state": State(row.state)}) for row in rows]

    def open_on(self, paths: Collection[str]) -> list[Proposal]:
        """Return the open proposals that touch one of these files."""
        query = sa.select(*_ALL).where(ProposalRow.state.in_([state.value for state in OPEN]))
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(ProposalRow.created_at)).all()
        return [Proposal(**{**row._mapping, "state": State(row.state)}) for row in rows if set(row.base) & set(paths)]

    def change(self, proposal: Proposal, by: str, action: str, **values: Any) -> Proposal:
        """Change a proposal, unless somebody else was faster. If it comes to nothing, its sentences are open again.

        Args:
            proposal: As the caller has read it.
            by: Name of the account.
            action: What is done, for the log, e.g. ``vorschlag.eingereicht``.
            **values: New values of columns.

        Raises:
            NavigatorError: If it is no longer as it was read.
        """
        stored = {**values, "state": values.get("state", proposal.state).value, "changed_at": _now()}
        same = sa.update(ProposalRow).where(
            ProposalRow.number == proposal.number, ProposalRow.state == proposal.state.value,
            ProposalRow.changed_at == proposal.changed_at)
        with writing(self._engine).begin() as connection:
            if connection.execute(same.values(**stored)).rowcount == 0:
                raise NavigatorError(
                    f"Den Vorschlag {proposal.number} hat gerade jemand anderes geändert – laden Sie die Seite neu.")
            if stored["state"] in _CAME_TO_NOTHING:
                reopen(connection, proposal.number)
            before = {"stand": proposal.state.value}
            note(connection, by, action, proposal.number, before=before, after={"stand": stored["state"]})
        return self.get(proposal.number)

    def comment(self, number: str, who: str, text: str) -> None:
        """Add a comment."""
        with writing(self._engine).begin() as connection:
            row = {"proposal": number, "who": who, "text": text, "at": _now()}
            connection.execute(sa.insert(ProposalCommentRow).values(**row))

    def comments(self, number: str) -> Sequence[Comment]:
        """Return what was said, the oldest first."""
        columns = (ProposalCommentRow.who, ProposalCommentRow.text, ProposalCommentRow.at)
        query = sa.select(*columns).where(ProposalCommentRow.proposal == number).order_by(ProposalCommentRow.id)
        with self._engine.connect() as connection:
            return [Comment(**row._mapping) for row in connection.execute(query)]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc)
