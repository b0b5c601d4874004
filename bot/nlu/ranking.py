"""Put another intent first than the classifier did."""

from __future__ import annotations

from rasa.shared.nlu.training_data.message import Message

from bot.nlu.gates import Entry, put_first


def overrule(message: Message, best: Entry) -> None:
    """Make an intent the first of the ranking, in place (see ``put_first``)."""
    message.set("intent", best, add_to_output=True)
    message.set("intent_ranking", put_first(message.get("intent_ranking") or [], best), add_to_output=True)
