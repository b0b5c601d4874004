"""What a person is told about everything that is stored."""

from __future__ import annotations

import json

import sqlalchemy as sa

from bot.records.callbacks import CallbackStore
from bot.records.conversations import ConversationStore, Turn
from bot.records.feedback import FeedbackStore
from bot.runtime.export import NOTHING, stored_data, stored_text

EVENTS = [
    {"event": "user", "timestamp": 1.0, "text": "Ich heiße Anna Muster. Zuschuss?",
     "metadata": {"request_id": "eins"}},
    {"event": "slot", "timestamp": 1.5, "name": "topics", "value": ["ki"]},
    {"event": "slot", "timestamp": 1.6, "name": "place", "value": "aachen"},
    {"event": "slot", "timestamp": 1.7, "name": "place", "value": "hagen"},
    {"event": "bot", "timestamp": 2.0, "text": "Hier ist etwas.", "data": {"custom": {"answer": {"kind": "info"}}}},
]


def test_everything_is_told_and_nothing_of_others(engine: sa.Engine) -> None:
    store, callbacks = ConversationStore(engine), CallbackStore(engine)
    store.append(Turn("web:anna", 0, EVENTS, channel="web"))
    store.append(Turn("web:ben", 0, [{**EVENTS[0], "text": "Etwas anderes"}], channel="web"))
    callbacks.draft("web:anna", way="telefon", address="0171 3920001", best_time="ab 16 Uhr")
    FeedbackStore(engine).rate("web:anna", "eins", False, "falsch")

    data = stored_data(engine, "web:anna")
    assert data and json.loads(json.dumps(data)) == data
    assert [each["text"] for each in data["messages"]] == ["Ich heiße •••. Zuschuss?", "Hier ist etwas."]
    assert (data["callback"]["address"], data["ratings"][0]["reason"]) == ("0171 3920001", "falsch")
    assert (data["understood"], data["messages_for_staff"]) == ({"topics": ["ki"], "place": "hagen"}, 1)

    text = stored_text(engine, "web:anna")
    for part in ("Weg: web", "Themen: ki", "0171 3920001", "ab 16 Uhr", "nicht hilfreich falsch",
                 "Sie: Ich heiße •••"):
        assert part in text
    assert "anderes" not in text


def test_after_erasing_nothing_is_told(engine: sa.Engine) -> None:
    store = ConversationStore(engine)
    store.append(Turn("web:anna", 0, EVENTS, channel="web"))
    store.erase("web:anna")
    assert stored_data(engine, "web:anna") is None
    assert stored_text(engine, "web:anna") == NOTHING
