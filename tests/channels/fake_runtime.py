"""A runtime that repeats what it hears, for tests of the channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.runtime.buttons import Buttons, load_buttons
from bot.runtime.gate import accept
from bot.runtime.messages import BotMessage, Button, complete_answer


class FakeRuntime:
    """Takes messages like a real one; the allow-list knows ``/hilfe`` only."""

    def __init__(self, buttons: Buttons) -> None:
        self.buttons = buttons
        self.heard: list[dict[str, Any]] = []
        self.checks: dict[str, bool] = {"modell": True, "datenbank": True, "wissensbasis": True}
        self.closed = False
        self.error: Exception | None = None

    async def handle(self, conversation_id: str, *, text: str | None = None, payload: str | None = None,
                     message_id: str | None = None, channel: str = "web") -> list[BotMessage]:
        """Repeat the message."""
        if self.error:
            raise self.error
        incoming = accept(text, payload, self.buttons)
        self.heard.append({"conversation_id": conversation_id, "text": incoming.text, "message_id": message_id,
                           "channel": channel, "parse_data": incoming.parse_data})
        answer = complete_answer({"kind": "info"}, {})
        return [BotMessage(f"Sie sagten: {incoming.text}", (Button("Hilfe", "/hilfe"),), answer)]

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Find nothing."""
        return {"intent": {"name": None}, "entities": []}

    async def health(self) -> Mapping[str, bool]:
        """Say what the test wants."""
        return self.checks

    async def close(self) -> None:
        """Remember it."""
        self.closed = True


def write_buttons(directory: Any) -> Buttons:
    """Return the allow-list of the fake."""
    file = directory / "buttons.yml"
    file.write_text("buttons:\n  hilfe: {}\n", encoding="utf-8")
    return load_buttons(file)
