"""A fixed text that was released is said from the next turn on, without a new start."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from bot.log import get_logger
from bot.runtime.fixed_texts import load_responses

INTERVAL_SECONDS = 2.0
Stamps = Mapping[str, tuple[int, int]]
_log = get_logger(__name__)


class Saying(Protocol):
    """Something that says fixed texts."""

    def use_texts(self, responses: dict[str, list[dict[str, Any]]]) -> None:
        """Say these texts from now on."""


class FreshTexts:
    """Looks now and then whether the files changed.

    Args:
        runtime: What says the texts; it has read them when it was loaded.
        folder: Where the files lie.
    """

    def __init__(self, runtime: Saying, folder: Path) -> None:
        self._runtime = runtime
        self._folder = folder
        self._known = self._stamps()

    async def look(self) -> None:
        """Read the texts anew if a file changed. Faulty files change nothing until they are mended."""
        now = await asyncio.to_thread(self._stamps)
        if now == self._known:
            return
        self._known = now
        self._runtime.use_texts(await asyncio.to_thread(load_responses, self._folder))
        _log.info("texts.read")

    async def follow(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            try:
                await self.look()
            except Exception as error:  # people go on hearing the texts of before
                _log.error("texts.not_read", error)
            await asyncio.sleep(INTERVAL_SECONDS)

    def _stamps(self) -> Stamps:
        files = {str(file): file.stat() for file in self._folder.rglob("*.yml")}
        return {name: (state.st_mtime_ns, state.st_size) for name, state in files.items()}
