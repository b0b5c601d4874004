"""Which turns staff should look at: those that were not understood, or not answered with anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.shared.core.events import BotUttered, Event, UserUttered

from bot.log import get_logger, request_id
from bot.records.unclear_turns import Unclear, is_written
from bot.runtime.messages import BotMessage
from bot.runtime.unclear_why import why_unclear

_log = get_logger(__name__)


def unclear_turn(events: Sequence[Event], messages: Sequence[BotMessage]) -> Unclear | None:
    """Return what is to be noted of a turn; ``None`` if there is nothing to look at. It never fails a turn.

    Args:
        events: The events of the conversation, this turn included.
        messages: What the bot answered.
    """
    try:
        at = next(number for number in range(len(events) - 1, -1, -1) if isinstance(events[number], UserUttered))
        said = events[at]
        assert isinstance(said, UserUttered)
        why = why_unclear(float((said.intent or {}).get("confidence") or 0.0), _asked(events[:at]), messages)
        event = said.as_dict()
        return Unclear(event, why, request_id.get()) if why and is_written(event) else None
    except Exception as error:  # nobody goes without an answer because of a note for staff
        _log.error("unclear_turn.not_seen", error)
        return None


def _asked(before: Sequence[Event]) -> str:
    """The fact that the bot had just asked for."""
    for event in reversed(before):
        if isinstance(event, BotUttered):
            answer: dict[str, Any] = (event.data.get("custom") or {}).get("answer") or {}
            return str(answer.get("asks") or "")
    return ""
