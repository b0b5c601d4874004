"""Store of the spot check: answers drawn by chance, and what staff think of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import sqlalchemy as sa

from bot.database import insert_or_ignore, writing
from bot.errors import NavigatorError
from bot.records.spot_check_tables import SpotCheckRow, SpotCheckWeekRow
from bot.records.tables import Conversation
from bot.records.usage import RETENTION_DAYS

WORDS_DAYS = 30
"""So long the words of an answer are kept."""


class Verdict(str, Enum):
    """What somebody thinks of an answer."""

    RIGHT = "richtig"
    PARTLY = "teilweise"
    WRONG = "falsch"


@dataclass(frozen=True)
class Drawn:
    """An answer as it is drawn, without what looks personal."""

    conversation_id: str
    asked: str = field(repr=False)
    question: str = field(repr=False)
    reply: str = field(repr=False)
    records: Sequence[Sequence[str]]
    """Kind and id of the records it cites."""


@dataclass(frozen=True)
class SpotCheck:
    """An answer as it is stored."""

    id: int
    week: dt.date
    asked: str
    question: str
    reply: str
    records: Sequence[Sequence[str]]
    verdict: Verdict | None
    note: str
    judged_by: str | None
    task: str | None


_COLUMNS: tuple[Any, ...] = tuple(getattr(SpotCheckRow, name) for name in SpotCheck.__dataclass_fields__)
_WORDLESS = {"asked": "", "question": "", "reply": "", "note": "", "conversation_id": None}


class SpotCheckStore:
    """Reads and writes spot checks. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def is_drawn(self, week: dt.date) -> bool:
        """Whether the answers of a week were drawn."""
        query = sa.select(SpotCheckWeekRow.week).where(SpotCheckWeekRow.week == week)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def draw(self, week: dt.date, answers: Sequence[Drawn]) -> bool:
        """Keep the answers of a week; whether they were the first ones."""
        now = _now()
        with writing(self._engine).begin() as connection:
            if not insert_or_ignore(connection, SpotCheckWeekRow, {"week": week, "at": now}):
                return False
            for each in answers:
                connection.execute(sa.insert(SpotCheckRow).values(
                    week=week, conversation_id=each.conversation_id, asked=each.asked, question=each.question,
                    reply=each.reply, records=[list(record) for record in each.records], drawn_at=now, note=""))
        return True

    def open_checks(self) -> list[int]:
        """Return the numbers of the answers that nobody judged yet, the oldest first."""
        query = sa.select(SpotCheckRow.id).where(SpotCheckRow.verdict.is_(None)).order_by(SpotCheckRow.id)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def get(self, number: int) -> SpotCheck | None:
        """Return one answer; ``None`` if it was deleted."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(*_COLUMNS).where(SpotCheckRow.id == number)).one_or_none()
        if row is None:
            return None
        return SpotCheck(**{**row._mapping, "verdict": Verdict(row.verdict) if row.verdict else None})

    def judge(self, number: int, verdict: Verdict, note: str, who: str) -> None:
        """Note what somebody thinks of an answer; who thinks otherwise later notes it again.

        Raises:
            NavigatorError: If its words are gone.
        """
        values = {"verdict": verdict.value, "note": note, "judged_by": who, "judged_at": _now()}
        known = SpotCheckRow.id == number, SpotCheckRow.reply != ""
        with writing(self._engine).begin() as connection:
            if not connection.execute(sa.update(SpotCheckRow).where(*known).values(**values)).rowcount:
                raise NavigatorError("Diese Antwort ist inzwischen gelöscht – nehmen Sie die nächste.")

    def set_task(self, number: int, task: str | None) -> None:
        """Note which task came of an answer."""
        with writing(self._engine).begin() as connection:
            connection.execute(sa.update(SpotCheckRow).where(SpotCheckRow.id == number).values(task=task))

    def by_week(self, first: dt.date, last: dt.date) -> dict[dt.date, Counter[Verdict]]:
        """Count the verdicts on the answers of the weeks that begin within some days."""
        query = sa.select(SpotCheckRow.week, SpotCheckRow.verdict, sa.func.count()).where(
            SpotCheckRow.verdict.is_not(None), SpotCheckRow.week.between(first, last),
        ).group_by(SpotCheckRow.week, SpotCheckRow.verdict).order_by(SpotCheckRow.week)
        found: dict[dt.date, Counter[Verdict]] = {}
        with self._engine.connect() as connection:
            for week, verdict, number in connection.execute(query):
                found.setdefault(week, Counter())[Verdict(verdict)] = number
        return found

    def forget_erased(self) -> None:
        """Delete the words of conversations that were erased while they were drawn."""
        there = sa.select(Conversation.id).where(Conversation.id == SpotCheckRow.conversation_id).exists()
        with writing(self._engine).begin() as connection:
            forget_words(connection, sa.and_(SpotCheckRow.conversation_id.is_not(None), ~there))

    def purge(self, before: dt.datetime) -> int:
        """Delete the words of what was drawn earlier, and very old verdicts; return how many answers it was."""
        old = SpotCheckRow.drawn_at < before
        ended = before.date() - dt.timedelta(days=RETENTION_DAYS)
        with writing(self._engine).begin() as connection:
            number = forget_words(connection, sa.and_(old, SpotCheckRow.reply != ""))
            connection.execute(sa.delete(SpotCheckRow).where(SpotCheckRow.week < ended))
            connection.execute(sa.delete(SpotCheckWeekRow).where(SpotCheckWeekRow.week < ended))
            return number


def erase_checks(connection: sa.Connection, conversations: sa.ScalarSelect[Any]) -> None:
    """Delete the words of conversations that are being erased."""
    forget_words(connection, SpotCheckRow.conversation_id.in_(conversations))


def forget_words(connection: sa.Connection, which: sa.ColumnElement[bool]) -> int:
    """Keep only the verdict of some answers, and nothing of those that have none; return how many it was."""
    unjudged = sa.delete(SpotCheckRow).where(which, SpotCheckRow.verdict.is_(None))
    judged = sa.update(SpotCheckRow).where(which).values(**_WORDLESS)
    return connection.execute(unjudged).rowcount + connection.execute(judged).rowcount


def _now() -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc)
