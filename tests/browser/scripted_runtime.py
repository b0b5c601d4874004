"""A runtime with a script: what is said decides what is answered. It stores conversations like the real one."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml

from bot.records.conversations import ConversationStore, StoredReply, Turn
from bot.runtime.buttons import load_buttons
from bot.runtime.gate import accept
from bot.runtime.messages import BotMessage, Button, complete_answer
from bot.settings import REPOSITORY
from knowledge_base.store import KnowledgeStore

SCRIPT = Path(__file__).with_name("script.yml")
SLOW_SECONDS = 1.0
PROGRAMME, LOTTERY, ENDED, CONTACT = (
    "bildungsscheck-2-0", "mid-digitalisierung", "go-digital", "regionalagentur-maerkische-region")
"""Records of the catalogue that the tests look at."""
HUMAN = Button("Mit einem Menschen sprechen", "/mensch_sprechen")
_NAME = re.compile(r"\{name of ([a-z0-9-]+)\}")


class ScriptedRuntime:
    """Answers from ``script.yml``; „langsam“ takes a second, „kaputt“ raises, everything else is repeated."""

    def __init__(self, engine: sa.Engine) -> None:
        self._store = ConversationStore(engine)
        self._knowledge = KnowledgeStore(engine)
        self._buttons = load_buttons(REPOSITORY / "nlu_data" / "buttons.yml")
        self._script: dict[str, Any] = yaml.safe_load(SCRIPT.read_text(encoding="utf-8"))
        self._locks: dict[str, asyncio.Lock] = {}

    async def handle(self, conversation_id: str, *, text: str | None = None, payload: str | None = None,
                     message_id: str | None = None, channel: str = "web") -> list[BotMessage]:
        """Answer by the script and store the turn."""
        heard = accept(text, payload, self._buttons).text
        async with self._locks.setdefault(conversation_id, asyncio.Lock()):
            known = message_id and self._store.find_reply(conversation_id, message_id)
            if known:
                return [BotMessage.from_dict(each) for each in known]
            said = await self._say(heard)
            self._keep(conversation_id, heard, said, message_id, channel)
            return said

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Find nothing."""
        return {"intent": {"name": None}, "entities": []}

    async def health(self) -> Mapping[str, bool]:
        """Say that all is well."""
        return {"modell": True, "datenbank": True, "wissensbasis": True}

    async def close(self) -> None:
        """Nothing to let go of."""

    async def _say(self, heard: str) -> list[BotMessage]:
        word = self._script["payloads"].get(heard, heard.split()[0].lower())
        if word == "langsam":
            await asyncio.sleep(SLOW_SECONDS)
        if word == "kaputt":
            raise RuntimeError("as the script says")
        scripted = self._script["replies"].get(word)
        if scripted is None:
            return [BotMessage(f"Sie sagten: {heard}", (HUMAN,), complete_answer({"kind": "info"}, {}))]
        return [self._message(each) for each in scripted]

    def _message(self, scripted: Mapping[str, Any]) -> BotMessage:
        catalogue = self._knowledge.catalogue()
        records = {**catalogue.programmes, **catalogue.contacts}
        text = _NAME.sub(lambda match: records[match[1]].name, scripted["text"])
        buttons = tuple(Button(each["title"], each["payload"]) for each in scripted.get("buttons", ()))
        return BotMessage(text, buttons, complete_answer(scripted["answer"], {}))

    def _keep(self, conversation_id: str, heard: str, said: list[BotMessage], message_id: str | None,
              channel: str) -> None:
        window = self._store.load_all(conversation_id)
        now = time.time()
        events: list[dict[str, Any]] = [{"event": "user", "text": heard, "timestamp": now}]
        messages = [each.as_dict() for each in said]
        for each in messages:
            data = {"buttons": each["buttons"], "custom": {"answer": each["answer"]}}
            events.append({"event": "bot", "text": each["text"], "data": data, "timestamp": now})
        reply = StoredReply(message_id, messages) if message_id else None
        first = window.next_seq if window else 0
        self._store.append(Turn(conversation_id, first, events, reply=reply, channel=channel))
