"""Somebody asks that what they wrote be erased, and names the number of their call-back."""

from __future__ import annotations

import re
from dataclasses import dataclass

import sqlalchemy as sa

from bot.errors import NavigatorError
from bot.records.audit import AuditLog
from bot.records.callbacks import CallbackStore
from bot.records.conversations import ConversationStore

_NUMBER = re.compile(r"R-[A-Z]{6}")
ACTION = "gespraech.geloescht"


@dataclass(frozen=True)
class Found:
    """What would be erased. What was written is not shown: nobody needs to read it for that."""

    number: str
    conversation_id: str
    messages: int
    """How many messages the person wrote; 0 if the conversation has been forgotten already."""


def find(engine: sa.Engine, number: str) -> Found:
    """Look up a number.

    Raises:
        NavigatorError: If it is no number of a call-back, or there is nothing left.
    """
    plain = number.strip().upper()
    if not _NUMBER.fullmatch(plain):
        raise NavigatorError("Das ist keine Rückrufnummer – sie sieht aus wie R-KXQTMB.")
    conversation_id = CallbackStore(engine).conversation_of(plain)
    if conversation_id is None:
        raise NavigatorError(f"Zu {plain} ist nichts gespeichert – prüfen Sie die Nummer.")
    window = ConversationStore(engine).load_all(conversation_id)
    messages = sum(event.get("event") == "user" for event in window.events) if window else 0
    return Found(plain, conversation_id, messages)


def erase(engine: sa.Engine, number: str, by: str) -> None:
    """Erase the conversation and the call-back with this number, and note who did it.

    Raises:
        NavigatorError: If there is nothing to erase.
    """
    found = find(engine, number)
    ConversationStore(engine).erase(found.conversation_id)
    CallbackStore(engine).withdraw(found.conversation_id)
    AuditLog(engine).add(by, ACTION, found.number)
