"""A runtime that has no model yet: it searches the catalogue until one can be loaded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.runtime.around import RuntimeAround
from bot.runtime.searching import SearchingRuntime

if TYPE_CHECKING:
    from bot.runtime.embedded import EmbeddedRuntime


class RuntimeWithoutModel(RuntimeAround):
    """Searches first; answers with a model from the moment one is chosen that can be loaded.

    Args:
        searching: Answers until then.
        load: Loads a model.
    """

    def __init__(self, searching: SearchingRuntime, load: Callable[[Path], EmbeddedRuntime]) -> None:
        super().__init__(searching)
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
            self._runtime = self._loaded = await asyncio.to_thread(self._load, model)

    def use_texts(self, responses: dict[str, list[dict[str, Any]]]) -> None:
        """Say these fixed texts from now on."""
        (self._loaded or self._searching).use_texts(responses)
