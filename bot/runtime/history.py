"""What was said in a conversation, read back from its stored events, for showing it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.records.conversations import ConversationStore
from bot.runtime.messages import BotMessage, read_messages

CHOICE = "Ihre Auswahl"
"""Shown for a button whose title is not known any more."""


@dataclass(frozen=True)
class Said:
    """One thing that was said."""

    by_user: bool
    message: BotMessage
    """Of a person only the text; of a chosen button it is the title."""
    payload: str | None = None
    """Of a chosen button what it sent."""


def history(store: ConversationStore, conversation_id: str) -> list[Said]:
    """Return everything that was said, in order; nothing if there is no such conversation.

    Addresses were struck out when the conversation was stored. Synchronous: call it in a thread.
    """
    window = store.load_all(conversation_id)
    return read_history(window.events) if window else []


def read_history(events: Iterable[dict[str, Any]]) -> list[Said]:
    """Turn stored events into what was said."""
    said: list[Said] = []
    for event in events:
        text = event.get("text") or ""
        if event["event"] == "user" and text:
            payload = text if text.startswith("/") else None
            said.append(Said(True, BotMessage(button_title(said, payload) if payload else text), payload))
        elif event["event"] == "bot":
            item = {"text": text, **(event.get("data") or {})}
            said += [Said(False, message) for message in read_messages([item], {})]
    return said


def button_title(said: Iterable[Said], payload: str) -> str:
    """Return the title under which a payload was offered last."""
    titles = [button.title for each in said for button in each.message.buttons if button.payload == payload]
    return titles[-1] if titles else CHOICE
