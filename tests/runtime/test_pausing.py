"""A paused channel says the words of staff and runs no bot; the others go on."""

from __future__ import annotations

from typing import Any

from bot.runtime.messages import BotMessage
from bot.runtime.pausing import PausingRuntime
from knowledge_base.pauses import Paused


class _Bot:
    async def handle(self, conversation_id: str, **message: Any) -> list[BotMessage]:
        return [BotMessage(f"Antwort an {conversation_id}")]


class _Pauses:
    def text(self, kind: Paused, subject: str) -> str | None:
        return "Heute nicht." if (kind, subject) == (Paused.CHANNEL, "telegram") else None


async def test_only_the_paused_channel_is_silent() -> None:
    runtime = PausingRuntime(_Bot(), _Pauses())  # type: ignore[arg-type]
    said = await runtime.handle("a", text="Hallo", channel="telegram")
    assert [each.text for each in said] == ["Heute nicht."]
    assert said[0].answer["kind"] == "info"
    assert (await runtime.handle("a", text="Hallo", channel="web"))[0].text == "Antwort an a"


async def test_erasing_works_on_a_paused_channel() -> None:
    runtime = PausingRuntime(_Bot(), _Pauses())  # type: ignore[arg-type]
    said = await runtime.handle("a", payload="/daten_loeschen", channel="telegram")
    assert said[0].text == "Antwort an a"
