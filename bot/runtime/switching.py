"""Follow the choice of the model: load another one beside the conversations and use it from the next turn on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from bot.log import get_logger

INTERVAL_SECONDS = 2.0
_log = get_logger(__name__)


class Switching(Protocol):
    """Something that answers with a model."""

    @property
    def model(self) -> str:
        """Name of the file of the model that answers."""

    async def switch_to(self, model: Path) -> None:
        """Use another model from the next turn on."""


class ModelFollower:
    """Looks now and then which model shall answer.

    Args:
        runtime: What answers.
        chosen: Returns the file name of the chosen model, if somebody chose one.
        folder: Where the models lie.
    """

    def __init__(self, runtime: Switching, chosen: Callable[[], str | None], folder: Path) -> None:
        self._runtime = runtime
        self._chosen = chosen
        self._folder = folder
        self._failed = ""

    async def look(self) -> None:
        """Switch if another model was chosen. One that cannot be loaded is tried once; the old one goes on."""
        name = await asyncio.to_thread(self._chosen)
        if name is None or name in (self._runtime.model, self._failed):
            return
        try:
            await self._runtime.switch_to(self._folder / name)
            self._failed = ""
            _log.info("model.switched", model=name)
        except Exception as error:  # whatever is wrong with it: people get answers from the model they had
            self._failed = name
            _log.error("model.switch_failed", error, model=name)

    async def follow(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            try:
                await self.look()
            except Exception as error:  # the database is away for a moment
                _log.error("model.choice_unknown", error)
            await asyncio.sleep(INTERVAL_SECONDS)
