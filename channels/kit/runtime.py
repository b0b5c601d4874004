"""A bot without a model: it repeats what it hears, but stores and erases conversations as the real one does."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from bot.records.conversations import ConversationConflict, ConversationStore, StoredReply, Turn
from bot.runtime.buttons import Buttons, load_buttons
from bot.runtime.gate import accept
from bot.runtime.messages import BotMessage, Button, complete_answer
from bot.settings import REPOSITORY

ERASE = '/daten_loeschen{"erase_consent": "ja"}'
_ATTEMPTS = 3
_HUMAN = Button("Mit einem Menschen sprechen", "/mensch_sprechen")
_BUTTONS = {
    "/daten_loeschen": (
        Button("Ja, alles löschen", ERASE), Button("Nein, behalten", '/daten_loeschen{"erase_consent": "nein"}')),
}


class EchoRuntime:
    """Answers „Sie sagten: …“ (see ``bot.runtime.interface.Runtime``)."""

    def __init__(self, engine: sa.Engine, buttons: Buttons | None = None) -> None:
        self._store = ConversationStore(engine)
        self._buttons = buttons or load_buttons(REPOSITORY / "nlu_data" / "buttons.yml")

    async def handle(
        self,
        conversation_id: str,
        *,
        text: str | None = None,
        payload: str | None = None,
        message_id: str | None = None,
        channel: str = "web",
    ) -> list[BotMessage]:
        """Repeat one message; a payload is repeated as it is."""
        said = accept(text, payload, self._buttons).text
        for _ in range(_ATTEMPTS):
            try:
                return await asyncio.to_thread(self._turn, conversation_id, said, message_id, channel)
            except ConversationConflict:
                continue
        raise ConversationConflict("Die Unterhaltung ging inzwischen weiter. Bitte erneut senden.")

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Find nothing."""
        return {"intent": {"name": None}, "entities": []}

    async def health(self) -> Mapping[str, bool]:
        """Be well."""
        return {"modell": True}

    async def close(self) -> None:
        """Let go of nothing."""

    def _turn(self, conversation_id: str, said: str, message_id: str | None, channel: str) -> list[BotMessage]:
        found = self._store.find_reply(conversation_id, message_id) if message_id else None
        if found is not None:
            return [BotMessage.from_dict(message) for message in found]
        kind = "handoff" if said == _HUMAN.payload else "info"
        buttons = (*_BUTTONS.get(said, ()), _HUMAN)
        reply = [BotMessage(f"Sie sagten: {said}", buttons, complete_answer({"kind": kind}, {}))]
        if said == ERASE:
            self._store.erase(conversation_id)
            return reply
        window = self._store.load(conversation_id)
        first = window.next_seq if window else 0
        events = [{"event": "user", "timestamp": float(first), "text": said}]
        kept = StoredReply(message_id, [message.as_dict() for message in reply]) if message_id else None
        self._store.append(Turn(conversation_id, first, events, reply=kept, channel=channel))
        return reply
