"""Ratings of answers, on SQLite and PostgreSQL: one per answer, gone with the conversation."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from bot.database import Base
from bot.errors import NavigatorError
from bot.records.conversations import ConversationStore, Turn
from bot.records.feedback import TITLES, Counts, FeedbackStore, Reason


@pytest.fixture
def conversations(engine: sa.Engine) -> ConversationStore:
    Base.metadata.create_all(engine)
    store = ConversationStore(engine)
    for name in ("anna", "berta"):
        store.append(Turn(name, 0, [{"event": "user", "timestamp": 1.0, "text": "Hallo"}]))
    return store


@pytest.fixture
def store(engine: sa.Engine, conversations: ConversationStore) -> FeedbackStore:
    return FeedbackStore(engine)


def test_ratings_are_counted_by_reason(store: FeedbackStore) -> None:
    assert store.counts() == Counts(0, 0, {})
    assert store.rate("anna", "1", True)
    assert store.rate("anna", "2", False, "veraltet")
    assert store.rate("berta", "1", False, "falsch")
    assert store.rate("berta", "2", False, "falsch")
    assert store.rate("berta", "3", False)
    assert store.counts() == Counts(1, 4, {Reason.WRONG: 2, Reason.OUTDATED: 1})
    assert next(iter(store.counts().reasons)) is Reason.WRONG


def test_a_second_rating_replaces_the_first(store: FeedbackStore) -> None:
    store.rate("anna", "1", True)
    store.rate("anna", "1", False, "unverstaendlich")
    assert store.counts() == Counts(0, 1, {Reason.UNCLEAR: 1})
    store.rate("anna", "1", True, "unverstaendlich")
    assert store.counts() == Counts(1, 0, {})


def test_ratings_go_with_their_conversation(store: FeedbackStore, conversations: ConversationStore) -> None:
    store.rate("anna", "1", True)
    store.rate("berta", "1", True)
    assert conversations.erase("anna")
    assert store.counts() == Counts(1, 0, {})


def test_nothing_is_noted_about_an_erased_conversation(
    store: FeedbackStore, conversations: ConversationStore
) -> None:
    conversations.erase("anna")
    assert not store.rate("anna", "1", False, "falsch")
    assert store.counts() == Counts(0, 0, {})


def test_a_reason_is_a_choice(store: FeedbackStore) -> None:
    with pytest.raises(NavigatorError, match="veraltet"):
        store.rate("anna", "1", False, "Rufen Sie mich an: 0170 1234567")
    assert store.counts() == Counts(0, 0, {})


def test_every_reason_has_words() -> None:
    assert set(TITLES) == set(Reason)
