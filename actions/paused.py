"""What is said when staff paused what a message asks for. The ways to a human are never paused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from actions.answer import Button, Reply
from actions.registry import registry
from knowledge_base.pauses import Paused

if TYPE_CHECKING:
    from actions.base import Turn

NEVER_PAUSED = frozenset({
    "action_hand_over", "action_call_back", "action_help_in_crisis", "action_erase_conversation", "action_start_over",
    "action_take_facts", "action_take_unknown", "action_take_yes_no", "action_next_step",
})
"""Answers that always work: a human, help, one's own data, and what only goes on with a conversation."""
_ABOUT_ONE = frozenset({"action_explain_programme", "action_check_eligibility"})
"""Answers about the programme in focus, if the message names none."""
_SURE = 0.8


def can_be_paused(intent: str) -> bool:
    """Whether staff may pause this intent."""
    return _answer_of(intent) not in NEVER_PAUSED


def paused_reply(turn: Turn) -> Reply | None:
    """Return the words of staff, if the intent or the programme of this message is paused."""
    intent, pauses = turn.message.intent or "", turn.services.store.pauses
    if not can_be_paused(intent):
        return None
    programme = _programme(turn)
    text = pauses.text(Paused.INTENT, intent) or pauses.text(Paused.PROGRAMME, programme)
    if text is None:
        return None
    memory = replace(turn.before, programme=None, check=None, asked=None, clarified=0)
    return Reply("info", text, [Button("Andere Förderung suchen", "/foerderung_allgemein")], memory=memory)


def _programme(turn: Turn) -> str | None:
    """The programme the message names, or the one in focus if it asks about that."""
    named = turn.message.first("programme", sure=_SURE)
    if named or _answer_of(turn.message.intent or "") not in _ABOUT_ONE:
        return str(named) if named else None
    shown = turn.memory.shown
    return turn.memory.programme or (shown[0] if shown else None)


def _answer_of(intent: str) -> str:
    return str(registry().get(intent, {}).get("answer", ""))
