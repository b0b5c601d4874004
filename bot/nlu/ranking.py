"""Put another intent first than the classifier did."""

from __future__ import annotations

from rasa.shared.nlu.training_data.message import Message


def overrule(message: Message, intent: str, confidence: float) -> None:
    """Make ``intent`` the first of the ranking, in place.

    The others keep their order, with at most half the confidence: a decision must not look ambiguous to the fallback.
    """
    best = {"name": intent, "confidence": confidence}
    others = [entry for entry in message.get("intent_ranking") or [] if entry["name"] != intent]
    lowered = [{**entry, "confidence": min(entry["confidence"], confidence / 2)} for entry in others]
    message.set("intent", best, add_to_output=True)
    message.set("intent_ranking", [best, *lowered], add_to_output=True)
