"""Serve applications for the browser: in this process, or the real bot in a process of its own."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from aiohttp import web

from bot.database import open_engine
from bot.instance import load_instance
from bot.settings import REPOSITORY, load_settings
from channels.web.app import create_app
from tests.browser.scripted_runtime import ScriptedRuntime

START_SECONDS = 900.0
"""Enough to import Rasa on a busy machine, and to train if nobody has yet."""


@dataclass(frozen=True)
class Site:
    """A served application."""

    url: str
    """Address without a slash at the end."""
    app: web.Application
    engine: sa.Engine
    """Its database."""


@asynccontextmanager
async def serving_app(app: web.Application) -> AsyncIterator[str]:
    """Serve an application on a free port and yield its address."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def scripted_site(database: Path, *embed_origins: str) -> AsyncIterator[Site]:
    """Serve the application with a script instead of the bot.

    Args:
        database: SQLite file with a built catalogue.
        embed_origins: Sites that may show the chat.
    """
    engine = open_engine(f"sqlite:///{database}")
    settings = load_settings({})
    instance = load_instance(settings).model_copy(update={"embed_origins": embed_origins})
    app = create_app(ScriptedRuntime(engine), settings, instance, engine)
    async with serving_app(app) as url:
        yield Site(url, app, engine)
    engine.dispose()


class RealBot:
    """The bot as it is shipped, in a process of its own. It keeps address and data when it starts again."""

    def __init__(self, var_dir: Path, **environment: str) -> None:
        """Choose a free port; nothing is started yet.

        Args:
            var_dir: Where database and logs go; models are taken from ``NAVIGATOR_MODEL_DIR`` or the repository.
            environment: Further settings of the bot.
        """
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.database_url = f"sqlite:///{var_dir / 'navigator.db'}"
        models = os.environ.get("NAVIGATOR_MODEL_DIR", str(REPOSITORY / "var" / "models"))
        inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self._environment = {
            **inherited, "NAVIGATOR_VAR_DIR": str(var_dir), "NAVIGATOR_MODEL_DIR": models,
            "NAVIGATOR_HOST": "127.0.0.1", "NAVIGATOR_PORT": str(self.port), "RASA_TELEMETRY_ENABLED": "false",
            "NAVIGATOR_WORKBENCH_PORT": "0", **environment,
        }
        self._process: Process | None = None
        self._reader: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start and wait until it takes messages.

        Raises:
            RuntimeError: With its last lines, if it ends instead.
        """
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-W", "ignore", "-m", "bot", "run", cwd=REPOSITORY, env=self._environment, stdout=PIPE,
            stderr=STDOUT, limit=2**20)
        try:
            await asyncio.wait_for(self._wait_until_it_runs(self._process), START_SECONDS)
        except BaseException:
            await self.kill()
            raise
        self._reader = asyncio.create_task(_drain(self._process))

    async def kill(self) -> None:
        """End it at once, as a power failure would."""
        if self._process is None:
            return
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        if self._reader is not None:
            await self._reader
        self._process = self._reader = None

    async def _wait_until_it_runs(self, process: Process) -> None:
        assert process.stdout is not None
        lines: list[str] = []
        async for line in process.stdout:
            lines.append(line.decode(errors="replace"))
            if "läuft: http" in lines[-1]:
                return
        raise RuntimeError("the bot did not start:\n" + "".join(lines[-20:]))


async def _drain(process: Process) -> None:
    """Read what the process writes, so that it never waits for a reader."""
    assert process.stdout is not None
    async for _ in process.stdout:
        pass
