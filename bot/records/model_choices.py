"""Which model answers: the one that was activated last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from bot.database import writing
from bot.records.audit import note
from bot.records.content_tables import ModelChoiceRow

_REMEMBERED = 20


@dataclass(frozen=True)
class Choice:
    """A model that was activated."""

    model: str
    """Name of the file."""
    who: str
    at: dt.datetime


class ModelChoices:
    """Reads and writes choices. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def active(self) -> str | None:
        """Return the file of the model that shall answer; ``None`` if nobody chose one: then it is the newest."""
        newest = self.history(1)
        return newest[0].model if newest else None

    def history(self, limit: int = _REMEMBERED) -> list[Choice]:
        """Return the last choices, the newest first."""
        query = sa.select(ModelChoiceRow.model, ModelChoiceRow.who, ModelChoiceRow.at)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(ModelChoiceRow.id.desc()).limit(limit))
            return [Choice(**row._mapping) for row in rows]

    def in_use(self) -> list[str]:
        """Return the chosen model and the one to go back to: neither is ever deleted."""
        names = list(dict.fromkeys(choice.model for choice in self.history()))
        return names[:2]

    def choose(self, model: str, name: str, title: str, before: str | None) -> None:
        """Let another model answer.

        Args:
            model: Name of its file.
            name: Name of the account that decided.
            title: First and last name.
            before: The model that answered until now.
        """
        now = dt.datetime.now(dt.timezone.utc)
        with writing(self._engine).begin() as connection:
            connection.execute(sa.insert(ModelChoiceRow).values(model=model, who=title, at=now))
            note(connection, name, "modell.aktiviert", model, before=before, after=model)
