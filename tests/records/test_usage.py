"""Daily counters, on SQLite and PostgreSQL: they add up, end with their time, and outlast a conversation."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from bot.database import Base
from bot.records.conversations import ConversationStore, Turn
from bot.records.feedback import FeedbackStore
from bot.records.usage import Key, Measure, UsageStore

DAY = dt.date(2026, 11, 20)


@pytest.fixture
def store(engine: sa.Engine) -> UsageStore:
    Base.metadata.create_all(engine)
    return UsageStore(engine)


def test_counters_add_up(store: UsageStore) -> None:
    ki, web = Key(DAY, Measure.TOPIC, "ki"), Key(DAY, Measure.CHANNEL, "web")
    store.add({ki: 2, web: 5})
    store.add({web: 1, ki._replace(day=DAY + dt.timedelta(days=1)): 4})
    store.add({})
    assert store.totals(DAY, DAY)[Measure.TOPIC] == {"ki": 2}
    both = store.totals(DAY, DAY + dt.timedelta(days=1))
    assert (both[Measure.TOPIC], both[Measure.CHANNEL], both[Measure.KIND]) == ({"ki": 6}, {"web": 6}, {})
    assert store.by_day(Measure.TOPIC, DAY, DAY + dt.timedelta(days=9)) == {DAY: 2, DAY + dt.timedelta(days=1): 4}


def test_old_counters_end(store: UsageStore) -> None:
    store.add({Key(DAY, Measure.TOPIC, "ki"): 1, Key(DAY - dt.timedelta(days=1), Measure.TOPIC, "ki"): 1})
    assert store.purge(dt.datetime(2026, 11, 20, 3, tzinfo=dt.timezone.utc)) == 1
    assert store.by_day(Measure.TOPIC, dt.date(2020, 1, 1), dt.date(2030, 1, 1)) == {DAY: 1}


def test_a_rating_counts_as_it_was_given_last_and_outlasts_the_conversation(
    store: UsageStore, engine: sa.Engine
) -> None:
    conversations, feedback = ConversationStore(engine), FeedbackStore(engine)
    conversations.append(Turn("anna", 0, [{"event": "user", "timestamp": 1.0, "text": "Hallo"}]))
    feedback.rate("anna", "1", True)
    feedback.rate("anna", "1", False, "falsch")
    feedback.rate("anna", "2", True)
    conversations.erase("anna")
    found = store.totals(dt.date(2020, 1, 1), dt.date(2100, 1, 1))[Measure.RATING]
    assert found == {"hilfreich": 1, "nicht": 1, "nicht.falsch": 1}
