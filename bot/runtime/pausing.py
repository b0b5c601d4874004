"""A runtime that is silent on a channel that staff paused: it says their words and keeps nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.runtime.interface import Runtime
from bot.runtime.messages import BotMessage, complete_answer
from knowledge_base.pauses import Paused, Pauses

_ALWAYS = "/daten_loeschen"
"""Whoever wants their data erased is heard on every channel."""


class PausingRuntime:
    """Puts the substitute text of a paused channel in front of another runtime (see ``interface.Runtime``)."""

    def __init__(self, runtime: Runtime, pauses: Pauses) -> None:
        self._runtime = runtime
        self._pauses = pauses

    async def handle(
        self,
        conversation_id: str,
        *,
        text: str | None = None,
        payload: str | None = None,
        message_id: str | None = None,
        channel: str = "web",
    ) -> list[BotMessage]:
        """Answer one message (see ``Runtime.handle``)."""
        instead = await asyncio.to_thread(self._pauses.text, Paused.CHANNEL, channel)
        if instead is not None and not (payload or "").startswith(_ALWAYS):
            return [BotMessage(instead, answer=complete_answer({"kind": "info"}, {}))]
        return await self._runtime.handle(
            conversation_id, text=text, payload=payload, message_id=message_id, channel=channel)

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Return intent and entities of a text (see ``Runtime.parse``)."""
        return await self._runtime.parse(text)

    async def health(self) -> Mapping[str, bool]:
        """Return what must work before people may write (see ``Runtime.health``)."""
        return await self._runtime.health()

    async def close(self) -> None:
        """Let go of everything."""
        await self._runtime.close()
