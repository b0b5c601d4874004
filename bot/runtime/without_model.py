"""A runtime that has no model yet: it searches the catalogue until one can be loaded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.runtime.messages import BotMessage
from bot.runtime.searching import SearchingRuntime

if TYPE_CHECKING:
    from bot.runtime.embedded import EmbeddedRuntime


class RuntimeWithoutModel:
    """Searches first; answers with a model from the moment one is chosen that can be loaded.

    Args:
        searching: Answers until then.
        load: Loads a model.
    """

    def __init__(self, searching: SearchingRuntime, load: Callable[[Path], EmbeddedRuntime]) -> None:
        self._searching = searching
        self._load = load
        self._loaded: EmbeddedRuntime | None = None

    @property
    def model(self) -> str:
        """Name of the file of the model that answers; empty as long as there is none."""
        return self._loaded.model if self._loaded else ""

    async def switch_to(self, model: Path) -> None:
        """Answer with this model from the next turn on.

        Raises:
            Exception: If it cannot be loaded; then everything stays as it is.
        """
        if self._loaded:
            await self._loaded.switch_to(model)
        else:
            self._loaded = await asyncio.to_thread(self._load, model)

    def use_texts(self, responses: dict[str, list[dict[str, Any]]]) -> None:
        """Say these fixed texts from now on."""
        self._now.use_texts(responses)

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
        return await self._now.handle(
            conversation_id, text=text, payload=payload, message_id=message_id, channel=channel)

    async def parse(self, text: str) -> Mapping[str, Any]:
        """Return intent and entities of a text (see ``Runtime.parse``)."""
        return await self._now.parse(text)

    async def health(self) -> Mapping[str, bool]:
        """Return what must work (see ``Runtime.health``)."""
        return await self._now.health()

    async def close(self) -> None:
        """Let go of everything."""
        await self._now.close()

    @property
    def _now(self) -> SearchingRuntime | EmbeddedRuntime:
        return self._loaded or self._searching
