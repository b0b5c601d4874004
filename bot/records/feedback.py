"""Store of ratings: whether an answer helped, and why not."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot.database import writing
from bot.errors import NavigatorError
from bot.records.tables import Conversation, Feedback
from bot.records.unclear_turns import note_rating
from bot.records.usage import Key, Measure, count

HELPED, FAILED = "hilfreich", "nicht"
"""What is counted of a rating; a reason is counted besides, e.g. ``nicht.falsch``."""
_BERLIN = ZoneInfo("Europe/Berlin")


class Reason(str, Enum):
    """Why an answer did not help. A choice instead of free text, so that nobody can write anything personal."""

    WRONG = "falsch"
    OUTDATED = "veraltet"
    BESIDE_THE_POINT = "andere_frage"
    UNCLEAR = "unverstaendlich"
    INCOMPLETE = "unvollstaendig"


TITLES: Mapping[Reason, str] = {
    Reason.WRONG: "Das stimmt nicht",
    Reason.OUTDATED: "Das ist veraltet",
    Reason.BESIDE_THE_POINT: "Das war nicht meine Frage",
    Reason.UNCLEAR: "Das verstehe ich nicht",
    Reason.INCOMPLETE: "Mir fehlt etwas",
}
"""What people read."""


@dataclass(frozen=True)
class Counts:
    """How the answers were rated."""

    helpful: int
    not_helpful: int
    reasons: Mapping[Reason, int]
    """Reasons that were given, the most frequent first."""


class FeedbackStore:
    """Reads and writes ratings. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def rate(self, conversation_id: str, request_id: str, helpful: bool, reason: str | None = None) -> bool:
        """Note whether the answer to a request helped; a second rating of the same answer replaces the first.

        Args:
            conversation_id: Whose answer it was.
            request_id: Id of the request that was answered.
            helpful: Whether it helped.
            reason: Value of a ``Reason``; dropped for an answer that helped.

        Returns:
            Whether there is such a conversation. Nothing is noted about one that was erased.

        Raises:
            NavigatorError: If there is no such reason.
        """
        known = _reason(reason)
        which = {"conversation_id": conversation_id, "request_id": request_id}
        now, why = dt.datetime.now(dt.timezone.utc), known.value if known and not helpful else None
        rating = {"helpful": helpful, "reason": why, "changed_at": now}
        with writing(self._engine).begin() as connection:
            # The lock on the conversation keeps two ratings of one answer apart, and an erasure from both.
            conversation = sa.select(Conversation.id).where(Conversation.id == conversation_id).with_for_update()
            if connection.execute(conversation).one_or_none() is None:
                return False
            before = connection.execute(sa.select(Feedback.helpful, Feedback.reason, Feedback.changed_at).filter_by(
                **which)).one_or_none()
            if before is None:
                connection.execute(sa.insert(Feedback).values(**which, **rating))
            else:
                connection.execute(sa.update(Feedback).filter_by(**which).values(**rating))
            changes = Counter(_counted(helpful, why, now))
            if before is not None:
                changes.subtract(_counted(*before))
            count(connection, changes)
            if not helpful:
                note_rating(connection, conversation_id, request_id, known.value if known else None)
        return True

    def counts(self) -> Counts:
        """Count the ratings of all conversations that are still stored."""
        query = sa.select(Feedback.helpful, Feedback.reason, sa.func.count()).group_by(
            Feedback.helpful, Feedback.reason)
        with self._engine.connect() as connection:
            rows = [tuple(row) for row in connection.execute(query)]
        reasons = sorted(((number, Reason(why)) for helpful, why, number in rows if not helpful and why),
                         key=lambda pair: (-pair[0], pair[1].value))
        return Counts(
            helpful=sum(number for helpful, _, number in rows if helpful),
            not_helpful=sum(number for helpful, _, number in rows if not helpful),
            reasons={why: number for number, why in reasons},
        )


def _counted(helpful: bool, reason: str | None, at: dt.datetime) -> Iterator[Key]:
    """Yield the counters a rating belongs to; they outlast it (``bot/records/usage.py``)."""
    known = at if at.tzinfo else at.replace(tzinfo=dt.timezone.utc)
    for value in (HELPED if helpful else FAILED, *([f"{FAILED}.{reason}"] if reason else [])):
        yield Key(known.astimezone(_BERLIN).date(), Measure.RATING, value)


def _reason(value: str | None) -> Reason | None:
    try:
        return Reason(value) if value is not None else None
    except ValueError:
        known = ", ".join(each.value for each in Reason)
        raise NavigatorError(f"Diesen Grund gibt es nicht. Möglich sind: {known}.") from None
