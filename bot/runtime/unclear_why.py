"""Why staff should look at a turn: the rule, for all runtimes. It knows nothing of Rasa."""

from __future__ import annotations

from collections.abc import Sequence

from bot.records.unclear_turns import Why
from bot.runtime.messages import BotMessage

UNSURE = 0.7
"""Below this confidence somebody looks at the turn even if it was answered. Measured on 500 held-out sentences: 6 %
lie below, and more than a quarter of these is understood wrongly; of all others it is 3 %."""
_OF_CALLBACK = "callback_"


def why_unclear(confidence: float, asked: str, messages: Sequence[BotMessage]) -> Why | None:
    """Return why a turn is to be noted; ``None`` if there is nothing to look at.

    Args:
        confidence: How sure the bot was of what it understood.
        asked: The fact that the bot had just asked for: an answer to a question need not be clear by itself.
        messages: What the bot answered.
    """
    answers = [message.answer for message in messages]
    if any(answer["kind"] == "handoff" or str(answer["asks"] or "").startswith(_OF_CALLBACK) for answer in answers):
        return None  # whoever wants to be called back writes an address
    kinds = {answer["kind"] for answer in answers}
    if "clarify" in kinds:
        return Why.CLARIFY
    if "no_match" in kinds:
        return Why.NO_MATCH
    return Why.UNSURE if confidence < UNSURE and not asked else None
