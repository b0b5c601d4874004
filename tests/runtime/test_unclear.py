"""Which turns staff are shown."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import BotUttered, UserUttered

from bot.records.unclear_turns import Why
from bot.runtime.messages import BotMessage, complete_answer
from bot.runtime.unclear import unclear_turn

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")


def turn(text: str, kind: str, confidence: float = 0.9, asks: str | None = None, asked: str | None = None,
         ) -> Why | None:
    before = BotUttered("Frage?", {"custom": {"answer": {"kind": "question", "asks": asked}}})
    said = UserUttered(text, {"name": "danke", "confidence": confidence})
    answer = complete_answer({"kind": kind, "asks": asks}, {})
    found = unclear_turn([before, said, BotUttered("Antwort")], [BotMessage("Antwort", answer=answer)])
    return found.why if found else None


@pytest.mark.parametrize(("kind", "confidence", "why"), [
    ("clarify", 0.9, Why.CLARIFY), ("no_match", 0.9, Why.NO_MATCH), ("programmes", 0.2, Why.UNSURE),
    ("programmes", 0.9, None), ("info", 0.9, None)])
def test_what_was_not_understood_or_not_answered(kind: str, confidence: float, why: Why | None) -> None:
    assert turn("gibt dat was", kind, confidence) is why


def test_the_answer_to_a_question_need_not_be_clear_by_itself() -> None:
    assert turn("zwölf", "programmes", 0.2, asked="employees") is None
    assert turn("zwölf", "clarify", 0.2, asked="employees") is Why.CLARIFY


def test_nothing_of_a_call_back() -> None:
    assert turn("0171 3920001", "clarify", asks="callback_address") is None
    assert turn("Anna", "handoff", 0.1) is None


def test_no_button() -> None:
    assert turn("/danke", "clarify") is None


def test_it_never_fails() -> None:
    assert unclear_turn([], []) is None
    assert unclear_turn([UserUttered("hallo")], [BotMessage("x", answer={})]) is None
