"""Conversations that ended without a result."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import sqlalchemy as sa

from bot.curation.unfinished import note_unfinished
from bot.records.conversations import ConversationStore, Turn
from bot.records.unclear_turns import Decision, UnclearTurnStore, Why
from tests.records.test_unclear_turns import said

LATER = dt.timedelta(hours=1)


def talk(engine: sa.Engine, *turns: tuple[str, str], who: str = "web:anna") -> None:
    """Store what somebody wrote, each with the kind of the answer."""
    events: list[dict[str, Any]] = []
    for text, kind in turns:
        answer = {"event": "bot", "timestamp": 1.0, "text": "Antwort", "data": {"custom": {"answer": {"kind": kind}}}}
        events += [said(text), answer]
    ConversationStore(engine).append(Turn(who, 0, events))


def noted(engine: sa.Engine, after: dt.timedelta = LATER) -> list[str]:
    note_unfinished(engine, dt.datetime.now(dt.timezone.utc) + after)
    turns = UnclearTurnStore(engine).open_turns()
    assert {turn.why for turn in turns} <= {Why.NO_RESULT}
    return [turn.text for turn in turns]


@pytest.mark.parametrize(("turns", "words"), [
    ([("Ich brauche Geld", "question"), ("für den Betrieb", "question")], ["für den Betrieb"]),
    ([("Ich brauche Geld", "question"), ("/zustimmung", "question")], ["Ich brauche Geld"]),
    ([("Ich brauche Geld", "question"), ("für KI", "programmes")], []),
    ([("Ich brauche Geld", "question"), ("einen Menschen", "handoff")], []),
    ([("Hallo", "smalltalk")], []), ([("/mehr_zeigen", "question")], [])])
def test_who_left_without_a_result(engine: sa.Engine, turns: list[tuple[str, str]], words: list[str]) -> None:
    talk(engine, *turns)
    assert noted(engine) == words


def test_nobody_is_noted_while_writing_nor_long_after(engine: sa.Engine) -> None:
    talk(engine, ("Ich brauche Geld", "question"))
    assert noted(engine, dt.timedelta(minutes=5)) == []
    assert noted(engine, dt.timedelta(days=3)) == []


def test_nobody_is_noted_twice(engine: sa.Engine) -> None:
    talk(engine, ("Ich brauche Geld", "question"))
    assert noted(engine) == noted(engine) == ["Ich brauche Geld"]
    store = UnclearTurnStore(engine)
    store.decide({store.open_texts()[0].id: {}}, Decision.DISCARDED, "anna")
    assert noted(engine) == []
