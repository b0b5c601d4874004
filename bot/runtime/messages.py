"""What the bot says: messages that are always whole, and the ``answer`` object that says what a message is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge_base.facts import BY_NAME

CASE_SLOTS = ("topics", "audience", "place", "purposes", "employees_range")
"""Slots that describe the case of the person."""
FACTS_SLOT = "facts"
"""Slot with the further facts of ``knowledge_base.facts`` by name; ``None`` = asked and not known."""


@dataclass(frozen=True)
class Button:
    """One proposed next step."""

    title: str
    """What the person reads."""
    payload: str
    """What the channel sends back when it is chosen: ``/intent{"entity": "value"}``."""


@dataclass(frozen=True)
class BotMessage:
    """One message of a reply."""

    text: str
    """German text, never empty."""
    buttons: tuple[Button, ...] = ()
    """Proposed next steps, in order."""
    answer: Mapping[str, Any] = field(default_factory=dict)
    """What the message is (see ``bot/contract/answer.schema.json``)."""

    def as_dict(self) -> dict[str, Any]:
        """Return the message as it travels over the wire and is stored."""
        buttons = [{"title": button.title, "payload": button.payload} for button in self.buttons]
        return {"text": self.text, "buttons": buttons, "answer": dict(self.answer)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> BotMessage:
        """Return the message that ``as_dict`` wrote."""
        buttons = tuple(Button(button["title"], button["payload"]) for button in data["buttons"])
        return cls(data["text"], buttons, dict(data["answer"]))


def understood(slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known about the case. The one place that fills ``answer.understood``.

    Args:
        slots: All slots at the end of the turn. Slots that say nothing about the case are left out, and so is what
            is unknown.
    """
    known = {**(slots.get(FACTS_SLOT) or {}), **{name: slots.get(name) for name in CASE_SLOTS}}
    names = [*CASE_SLOTS, *(name for name in BY_NAME if name not in CASE_SLOTS)]
    return {name: known[name] for name in names if known.get(name) not in (None, "", [], ())}


def complete_answer(answer: Mapping[str, Any] | None, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the ``answer`` object with every key of the contract.

    Args:
        answer: What the action or the response file declared; may be partial or missing.
        facts: The result of ``understood``.
    """
    empty: dict[str, Any] = {"kind": "info", "programmes": [], "contacts": [], "asks": None, "aspect": None,
                             "sources": [], "more": 0}
    return {**empty, **(answer or {}), "understood": dict(facts)}


def erases(custom: Mapping[str, Any] | None) -> bool:
    """Whether a message says that the conversation was erased; who stores the turn erases it instead."""
    return bool((custom or {}).get("erase"))


def read_messages(items: Sequence[Mapping[str, Any]], facts: Mapping[str, Any]) -> list[BotMessage]:
    """Turn what Rasa sent into messages.

    Args:
        items: ``{"text", "buttons", "custom": {"answer"}}``, each key optional. An item that carries only ``custom``
            belongs to the message before it.
        facts: The result of ``understood``.

    Returns:
        The messages that say something, in order; may be empty.
    """
    whole: list[dict[str, Any]] = []
    for item in items:
        has_text = bool((item.get("text") or "").strip())
        if has_text:
            whole.append(dict(item))
        elif item.get("custom") and whole and not whole[-1].get("custom"):
            whole[-1]["custom"] = item["custom"]
    return [_read_message(item, facts) for item in whole]


def _read_message(item: Mapping[str, Any], facts: Mapping[str, Any]) -> BotMessage:
    buttons = tuple(Button(button["title"], button["payload"]) for button in item.get("buttons") or ())
    answer = (item.get("custom") or {}).get("answer")
    return BotMessage(item["text"].strip(), buttons, complete_answer(answer, facts))
