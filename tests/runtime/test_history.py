"""What was said is read back from stored events."""

from __future__ import annotations

import sqlalchemy as sa

from bot.database import Base
from bot.records.conversations import ConversationStore, Turn
from bot.runtime.history import CHOICE, history, read_history
from bot.runtime.messages import Button

PAYLOAD = '/programm_hoehe{"programme": "zim"}'


def _user(text: str) -> dict:
    return {"event": "user", "timestamp": 1.0, "text": text}


def _bot(text: str | None, **data: object) -> dict:
    return {"event": "bot", "timestamp": 1.0, "text": text, "data": {"elements": None, "custom": None, **data}}


def test_texts_buttons_and_answers_come_back_in_order(engine: sa.Engine) -> None:
    Base.metadata.create_all(engine)
    store = ConversationStore(engine)
    assert history(store, "anna") == []
    answer = {"answer": {"kind": "smalltalk"}}
    offer = _bot("Guten Tag", buttons=[{"title": "Hilfe", "payload": "/hilfe"}], custom=answer)
    store.append(Turn("anna", 0, [_user("Hallo"), {"event": "action", "timestamp": 1.0, "name": "x"}, offer]))
    said = history(store, "anna")
    assert [(each.by_user, each.message.text) for each in said] == [(True, "Hallo"), (False, "Guten Tag")]
    assert said[1].message.buttons == (Button("Hilfe", "/hilfe"),)
    assert said[1].message.answer["kind"] == "smalltalk"


def test_a_chosen_button_is_shown_by_its_latest_title() -> None:
    offers = [_bot("Was?", buttons=[{"title": title, "payload": PAYLOAD}]) for title in ("Alt", "Wie viel?")]
    assert read_history([*offers, _user(PAYLOAD)])[-1].message.text == "Wie viel?"
    assert read_history([_user(PAYLOAD)])[0].message.text == CHOICE


def test_what_says_nothing_is_left_out() -> None:
    assert read_history([_bot(None), _bot("  "), _user("")]) == []
