"""A runtime that is silent on a channel that staff paused: it says their words and keeps nothing."""

from __future__ import annotations

import asyncio

from bot.runtime.around import RuntimeAround
from bot.runtime.interface import Runtime
from bot.runtime.messages import BotMessage, complete_answer
from knowledge_base.pauses import Paused, Pauses

_ALWAYS = "/daten_loeschen"
"""Whoever wants their data erased is heard on every channel."""


class PausingRuntime(RuntimeAround):
    """Puts the substitute text of a paused channel in front of another runtime."""

    def __init__(self, runtime: Runtime, pauses: Pauses) -> None:
        super().__init__(runtime)
        self._pauses = pauses

    async def _instead(self, payload: str | None, channel: str) -> list[BotMessage] | None:
        text = await asyncio.to_thread(self._pauses.text, Paused.CHANNEL, channel)
        if text is None or (payload or "").startswith(_ALWAYS):
            return None
        return [BotMessage(text, answer=complete_answer({"kind": "info"}, {}))]
