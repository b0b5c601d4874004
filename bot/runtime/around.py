"""A runtime around another one: it hands everything on, and what stands around it changes one step."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

from bot.runtime.interface import Runtime
from bot.runtime.messages import BotMessage


class RuntimeAround:
    """Hands everything to another runtime (see ``interface.Runtime``)."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

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
        instead = await self._instead(payload, channel)
        if instead is not None:
            return instead
        start = time.perf_counter()
        reply = await self._runtime.handle(
            conversation_id, text=text, payload=payload, message_id=message_id, channel=channel)
        self._answered(conversation_id, channel, message_id, reply, time.perf_counter() - start)
        return reply

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Return intent and entities of a text (see ``Runtime.parse``)."""
        return await self._runtime.parse(text)

    async def health(self) -> Mapping[str, bool]:
        """Return what must work before people may write (see ``Runtime.health``)."""
        return await self._runtime.health()

    async def close(self) -> None:
        """Let go of everything."""
        await self._runtime.close()

    async def _instead(self, payload: str | None, channel: str) -> list[BotMessage] | None:
        """Return what is said without asking the other runtime; ``None``: it is asked."""
        return None

    def _answered(self, conversation_id: str, channel: str, message_id: str | None, reply: Sequence[BotMessage],
                  seconds: float) -> None:
        """Take note of a reply of the other runtime and how long it took."""
