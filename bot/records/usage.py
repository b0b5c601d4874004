"""Daily counters of what people look for and how well they are answered.

Every counter is about one thing only (a topic, or a Kreis, or an hour): what belongs together in one conversation is
not stored, so that nobody can be found in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.database import writing
from bot.records.usage_tables import UsageCountRow

RETENTION_DAYS = 2 * 365
"""So long counters are kept."""
BOUNDS_MS = (5, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000)
"""Upper ends of the classes of durations, in milliseconds."""
SLOWER = "mehr"
"""The class behind the last one."""


class Measure(str, Enum):
    """What is counted."""

    CHANNEL = "kanal"
    """Messages of people, by the way they came: their sum is the number of all messages."""
    TALK = "gespraech"
    """Conversations, by channel."""
    HOUR = "stunde"
    """Messages, by the hour of the day in Germany."""
    KIND = "art"
    """Replies, by the kind that says most about them (``answer.kind`` of the contract)."""
    TOPIC = "thema"
    """Conversations in which a topic came up."""
    AREA = "gebiet"
    """Conversations in which a Kreis or a region came up."""
    AUDIENCE = "zielgruppe"
    """Conversations, by who asks."""
    GOAL = "ziel"
    """Conversations that were shown a programme and a contact, by the number of messages it took."""
    LATENCY = "dauer"
    """Replies, by how long they took: at most so many milliseconds."""
    RATING = "bewertung"
    """Ratings of answers."""


class Key(NamedTuple):
    """What one counter is about."""

    day: dt.date
    measure: Measure
    value: str


class UsageStore:
    """Reads and writes the counters. Synchronous: call it in a thread."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def add(self, counts: Mapping[Key, int]) -> None:
        """Add to counters; several processes may do it at once."""
        with writing(self._engine).begin() as connection:
            count(connection, counts)

    def totals(self, first: dt.date, last: dt.date) -> dict[Measure, dict[str, int]]:
        """Return the sums of some days, the last one included."""
        row = UsageCountRow
        query = sa.select(row.measure, row.value, sa.func.sum(row.number)).where(
            row.day.between(first, last)).group_by(row.measure, row.value).order_by(row.measure, row.value)
        found: dict[Measure, dict[str, int]] = {measure: {} for measure in Measure}
        with self._engine.connect() as connection:
            for measure, value, number in connection.execute(query):
                if number > 0:
                    found[Measure(measure)][value] = int(number)
        return found

    def by_day(self, measure: Measure, first: dt.date, last: dt.date) -> dict[dt.date, int]:
        """Return the sum of one measure for every day on which something was counted."""
        row = UsageCountRow
        query = sa.select(row.day, sa.func.sum(row.number)).where(
            row.measure == measure.value, row.day.between(first, last)).group_by(row.day).order_by(row.day)
        with self._engine.connect() as connection:
            return {day: int(number) for day, number in connection.execute(query)}

    def purge(self, before: dt.datetime) -> int:
        """Delete what was counted earlier; return how many counters that were."""
        with writing(self._engine).begin() as connection:
            return connection.execute(sa.delete(UsageCountRow).where(UsageCountRow.day < before.date())).rowcount


def count(connection: sa.Connection, counts: Mapping[Key, int]) -> None:
    """Add to counters in an open transaction, in one order so that two processes never block each other."""
    if not counts:
        return
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    adding = insert(UsageCountRow)
    adding = adding.on_conflict_do_update(
        index_elements=["day", "measure", "value"],
        set_={"number": UsageCountRow.number + adding.excluded.number})
    connection.execute(adding, [
        {"day": key.day, "measure": key.measure.value, "value": key.value[:80], "number": counts[key]}
        for key in sorted(counts)])
