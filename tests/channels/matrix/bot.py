"""The bot as it runs: post office and Matrix together."""

from __future__ import annotations

import asyncio
from pathlib import Path

import sqlalchemy as sa

from bot.instance import load_instance
from bot.runtime.interface import Runtime
from bot.settings import Settings, load_settings
from channels.matrix.adapter import create
from channels.messenger.clock import Clock
from channels.messenger.office import open_office
from channels.messenger.shift import Shift
from tests.channels.matrix.synapse import Account, Synapse


def settings_of(server: Synapse, account: Account, var_dir: Path, **more: str) -> Settings:
    """Return the settings of a bot with an account on the server."""
    return load_settings({
        "NAVIGATOR_VAR_DIR": str(var_dir), "NAVIGATOR_MATRIX_URL": server.url,
        "NAVIGATOR_MATRIX_USER": account.user_id, "NAVIGATOR_MATRIX_PASSWORD": account.password, **more,
    })  # fmt: skip


class Bot:
    """One process of the bot."""

    def __init__(self, settings: Settings, engine: sa.Engine, runtime: Runtime) -> None:
        self._settings = settings
        self._engine = engine
        self._runtime = runtime
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin."""
        self.adapter = create(self._settings, self._engine)
        instance = load_instance(self._settings)
        office = open_office(self.adapter, self._runtime, self._settings, instance, self._engine)
        self._task = asyncio.create_task(Shift(office, 8, Clock()).run())

    async def kill(self) -> None:
        """End without any farewell."""
        for _ in range(20):
            if self._task is None:
                return
            self._task.cancel()  # in Python 3.10 ``wait_for`` may swallow one
            done, _ = await asyncio.wait({self._task}, timeout=1)
            self._task = None if done else self._task
        raise AssertionError("the bot cannot be ended")
